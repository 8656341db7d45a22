"""The tests' own embedded PostgreSQL, kept between runs in `build/test-data`."""

import os

import psycopg
from psycopg import sql

from arrimage.config import database

NOT_NEEDED = ("fsync", "full_page_writes", "autovacuum")  # they protect data, or speed over days; tests have neither


def prepare_embedded_server() -> None:
    """Make the embedded server fast, once for good, and drop what interrupted runs left; leave other servers alone."""
    if not database.is_embedded():
        return
    with psycopg.connect(database.owner_address().url(), autocommit=True) as server:
        if server.execute("show fsync").fetchone() == ("on",):
            for setting in NOT_NEEDED:
                server.execute(f"alter system set {setting} = off")
            server.execute("select pg_reload_conf()")
        names = server.execute("select datname from pg_database where datname like 'test\\_arrimage\\_%'").fetchall()
        for (name,) in names:
            run = name.split("_")[2]
            if run.isdecimal() and not is_running(int(run)):
                server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, but running
    return True
