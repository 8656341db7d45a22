"""`arrimage serve`: the site, by Granian, connected as the web's role."""

import argparse
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import psycopg

from arrimage.config import database, production
from arrimage.config.secrets import secret_key
from arrimage.foundation.errors import InvalidInput

ROLE = None  # each server process sets Django up for itself
THREADS = 4
PAUSE = 5  # seconds before a worker that fell is started again


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="ADRESSE", default="127.0.0.1", help="adresse d’écoute (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (%(default)s)")
    parser.add_argument("--workers", metavar="N", type=int, default=2, help="processus du serveur (%(default)s)")
    parser.add_argument(
        "--no-worker", action="store_true", help="sans les travaux : « arrimage worker » les fait ailleurs"
    )


def run(arguments: argparse.Namespace) -> int:
    serve(arguments.host, arguments.port, workers=arguments.workers, jobs=not arguments.no_worker)
    return 0


def serve(host: str, port: int, *, workers: int = 2, jobs: bool = True) -> None:
    """Serve the site, and do its jobs, until Ctrl-C or SIGTERM; the embedded database stops after both.

    Raises `InvalidInput` when the port is taken, `DatabaseNotAvailable` when the web's role cannot connect.
    """
    if database.is_production():
        production.refuse_unsafe()
    require_free_port(host, port)
    secret = secret_key(database.data_folder(), production=database.is_production())
    address = database.web_address(secret)
    require_connection(address)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "arrimage.config.settings",
        "ARRIMAGE_DATABASE_ROLE": "web",
        "ARRIMAGE_DATABASE_POOL": str(THREADS),
        # The server's processes are told where the database is: they neither start it nor hold it.
        "ARRIMAGE_WEB_DATABASE_URL": address.url(),
        "ARRIMAGE_SECRET_KEY": secret,
    }
    if not database.is_production():
        os.environ.setdefault("ARRIMAGE_ADDRESS", f"http://{shown(host)}:{port}")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # A forked process would inherit the settings, connections and role of this one.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "arrimage.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: print(f"Arrimage : http://{shown(host)}:{port}/ (Ctrl-C pour arrêter)", flush=True))
    with worker_beside() if jobs else nullcontext():
        server.serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running beside what is inside: started again when it falls, stopped (gently) at the end."""
    ending = threading.Event()
    environment = {key: value for key, value in os.environ.items() if key != "ARRIMAGE_DATABASE_POOL"}
    words = [sys.executable, "-m", "arrimage.cli", "worker", "--with-parent"]

    def keep() -> None:
        while not ending.is_set():
            # Its input closes when this process ends, whatever the way: it then stops by itself.
            with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE) as process:
                while process.poll() is None and not ending.wait(0.5):
                    pass
            if not ending.wait(PAUSE):
                print(f"Le processus des travaux s’est arrêté ({process.returncode}) ; il repart.", file=sys.stderr)

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def require_free_port(host: str, port: int) -> None:
    """Raise `InvalidInput` unless `port` can be listened on."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise InvalidInput(
            f"Impossible d’écouter sur {shown(host)}:{port} ({os.strerror(error.errno or 0)}) ; "
            "choisissez un autre port avec --port.",
            field="port",
        ) from error


def require_connection(address: database.Address) -> None:
    """Raise `DatabaseNotAvailable` unless `address` answers."""
    try:
        with psycopg.connect(address.url(), connect_timeout=10):
            pass
    except psycopg.OperationalError as error:
        raise database.DatabaseNotAvailable(
            f"Le rôle du web ne peut pas se connecter à la base : {str(error).strip()}\n"
            "Lancez « arrimage migrate », puis « arrimage doctor »."
        ) from error


def shown(host: str) -> str:
    """Return the host as one types it in a browser."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
