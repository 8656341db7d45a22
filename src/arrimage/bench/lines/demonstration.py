"""Line 13: loading the demonstration, in a database of its own beside the measures'."""

import os
import subprocess
import sys
from time import perf_counter

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from arrimage.bench.results import Goal, Row
from arrimage.bench.timing import Timing

MOST_SECONDS = 180
NOTES = (
    "`arrimage demo --no-serve` into a new database, migrations included. What the goal adds is not in it: the "
    "installation of the packages and the first page.",
)


def measure(owner_url: str) -> list[Row]:
    """Load the demonstration once."""
    known = conninfo_to_dict(owner_url)
    name = f"{known['dbname']}_demo"
    identifier = sql.Identifier(name)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(identifier))
        try:
            started = perf_counter()
            subprocess.run(
                [sys.executable, "-m", "arrimage.cli", "demo", "--no-serve"],
                check=True,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "DATABASE_URL": make_conninfo(owner_url, dbname=name)},
            )
            seconds = perf_counter() - started
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(identifier))
    return [
        Row(
            line=13,
            work="load the demonstration",
            timing=Timing([seconds]),
            goals=(Goal("≤ 3 min (loading only)", seconds <= MOST_SECONDS),),
            notes=NOTES,
        )
    ]
