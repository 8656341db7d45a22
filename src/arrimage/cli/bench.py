"""`arrimage bench`: the measures of `docs/measures.md`, on generated data in a database of their own."""

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

import arrimage
from arrimage.config import database

ROLE = None  # makes its own database as the owner, then measures as the web's role

ROOT = Path(arrimage.__file__).parents[2]
PREFIX = "arrimage_bench_"
UNWANTED = (
    "ARRIMAGE_WEB_DATABASE_URL", "ARRIMAGE_DATABASE_POOL", "ARRIMAGE_DEMO", "ARRIMAGE_DEBUG", "ARRIMAGE_HOSTS",
    "ARRIMAGE_ORIGINS", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from arrimage.bench.sizes import SIZES

    parser.add_argument("--size", choices=list(SIZES), default="small", help="taille du registre (%(default)s)")
    parser.add_argument(
        "--lines",
        type=lambda text: frozenset(map(int, text.split(","))),
        metavar="1,2…",
        help="ces lignes seulement ; le rapport n’est alors écrit qu’avec --output",
    )
    parser.add_argument(
        "--output",
        metavar="FICHIER",
        type=Path,
        help="rapport à écrire (docs/measures.md, ou docs/measures-TAILLE.md)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure and write the report; 1 when a line could not be measured, whether or not goals are reached."""
    from arrimage.bench.sizes import SIZES, TODAY, file_name
    from arrimage.cli import prepare_django, refuse

    if database.is_production():
        refuse("ARRIMAGE_ENV=production : les mesures sont refusées.")
    output: Path = arguments.output or ROOT / "docs" / file_name(arguments.size)
    if not output.parent.is_dir():
        refuse(f"Le dossier « {output.parent} » n’existe pas : le rapport n’y serait pas écrit.")
    for name in UNWANTED:
        os.environ.pop(name, None)
    name = f"{PREFIX}{os.getpid()}"
    os.environ |= {
        "ARRIMAGE_DATA": str((arguments.data or ROOT / "build" / "bench").resolve()),
        "ARRIMAGE_TODAY": TODAY.isoformat(),
        "ARRIMAGE_SECRET_KEY": secrets.token_urlsafe(48),
        "ARRIMAGE_WEB_ROLE": f"{name}_web",  # roles belong to the server: an installation's own is left alone
    }
    with own_database(name) as owner:
        os.environ["DATABASE_URL"] = owner.url()
        print("Base de mesure…", flush=True)
        subprocess.run([sys.executable, "-m", "arrimage.cli", "migrate", "--quiet"], check=True)
        prepare_django("web")
        from django.db import connections

        from arrimage.bench.owner import Owner
        from arrimage.bench.running import EVERY_LINE, measure

        with closing(Owner(owner.url(), owner.django())) as speaking:
            try:
                lines = arguments.lines or EVERY_LINE
                report = measure(SIZES[arguments.size], speaking, lambda line: print(line, flush=True), lines)
            finally:
                connections.close_all()
    for line in report.in_words():
        print(line)
    if arguments.output or not arguments.lines:
        output.write_text(report.markdown(), encoding="utf-8")
        print(f"Rapport : {output}")
    return 1 if report.failures else 0


@contextmanager
def own_database(name: str) -> Iterator[database.Address]:
    """Create a database on the server in use, give its owner's address, and drop it with its web role at the end."""
    embedded = database.is_embedded()
    server = database.owner_address()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        if embedded:
            _drop_abandoned(connection)
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise database.DatabaseNotAvailable(
                "Le rôle de DATABASE_URL doit pouvoir créer une base et un rôle (CREATEDB, CREATEROLE)."
            ) from error
    try:
        yield server.replace(dbname=name)
    finally:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(f"{name}_web")))


def _drop_abandoned(connection: psycopg.Connection) -> None:
    """Drop what runs that were killed left in our own server."""
    found = connection.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX]).fetchall()
    for (name,) in found:
        pid = name.removeprefix(PREFIX)
        if pid.isdecimal() and not _is_running(int(pid)):
            _drop(connection, name)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, but running
    return True
