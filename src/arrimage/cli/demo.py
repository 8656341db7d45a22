"""`arrimage demo`: everything set up, Montréal loaded, the site served."""

import argparse
import os
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

ROLE = None  # migrates as the owner in a process of its own, then loads and serves as the web's role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port du site (8000)")
    parser.add_argument("--no-serve", action="store_true", help="charger seulement, sans servir le site")
    parser.add_argument("--fresh", action="store_true", help="effacer la démonstration et la recharger")
    parser.add_argument(
        "--today",
        metavar="JOUR",
        type=date.fromisoformat,
        help="jour de la démonstration (AAAA-MM-JJ ; sinon, l’horloge)",
    )


def run(arguments: argparse.Namespace) -> int:
    from arrimage.cli import prepare_django, refuse
    from arrimage.config import database

    if database.is_production():
        refuse("ARRIMAGE_ENV=production : la démonstration est refusée.")
    os.environ["ARRIMAGE_DEMO"] = "1"
    if arguments.today:
        os.environ["ARRIMAGE_TODAY"] = arguments.today.isoformat()
    started = time.monotonic()
    prepare_django("web")
    if arguments.fresh:
        empty_database()
    say("Mise à jour de la base…")
    subprocess.run([sys.executable, "-m", "arrimage.cli", "migrate"], check=True, stdout=subprocess.DEVNULL)
    load_once(started)
    if arguments.no_serve:
        return 0
    print_sign_ins(arguments.port)
    from arrimage.cli import serve

    serve.serve("127.0.0.1", arguments.port)
    return 0


def load_once(started: float) -> None:
    """Load the demonstration unless this database holds it already."""
    from arrimage.cli import refuse
    from arrimage.demo import loading
    from arrimage.foundation import clock
    from arrimage.foundation.writing import write_long_date

    if clock.today() < loading.EARLIEST:
        refuse(f"Le jour de la démonstration doit être le {write_long_date(loading.EARLIEST)} ou après.")
    if loading.is_loaded():
        say("La démonstration est déjà chargée (--fresh pour la recharger).")
        return
    loading.load(lambda step, total, label: say(f"[{step:2}/{total}] {label}"))
    let_the_planner_know()
    say(f"Démonstration chargée en {time.monotonic() - started:.0f} s.")


def let_the_planner_know() -> None:
    """Do at once what autovacuum does within minutes: until then the director's first page took half a minute."""
    with owner() as connection:
        connection.execute("vacuum (analyze)")


def empty_database() -> None:
    """Empty the demonstration's database. Refuses one that holds accounts other than the demonstration's."""
    from arrimage.cli import refuse
    from arrimage.demo.tables.staff import DOMAIN

    with owner() as connection:
        if connection.execute("select to_regclass('accounts_user')").fetchone() != (None,):
            others = connection.execute(
                "select count(*) from accounts_user where email not like %s", [f"%@{DOMAIN}"]
            ).fetchone()
            if others and others[0]:
                refuse("Cette base contient d’autres comptes que ceux de la démonstration : elle n’est pas effacée.")
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def owner() -> "Connection[tuple[Any, ...]]":
    """Return a connection of the database's owner, each statement a transaction of its own."""
    import psycopg
    from django.conf import settings

    from arrimage.config import database

    return psycopg.connect(database.address("owner", settings.SECRET_KEY).url(), autocommit=True)


def print_sign_ins(port: int) -> None:
    from arrimage.demo.accounts import SIGN_INS, password
    from arrimage.demo.tables.staff import DOMAIN

    say("")
    say(f"Arrimage : http://127.0.0.1:{port}/")
    say(f"Mot de passe de tous les accès : {password()}")
    for name, what in SIGN_INS.items():
        say(f"  {f'{name}@{DOMAIN}':28} {what}")
    say("")


def say(line: str) -> None:
    print(line, flush=True)
