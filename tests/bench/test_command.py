"""`arrimage bench`: where it refuses to run, and the database it makes for itself."""

import os

import psycopg
import pytest

from arrimage import cli
from arrimage.cli.bench import PREFIX, own_database
from arrimage.config import database


def test_refused_in_production(monkeypatch, capsys):
    monkeypatch.setenv("ARRIMAGE_ENV", "production")
    with pytest.raises(SystemExit) as end:
        cli.main(["bench"])
    assert end.value.code == 1
    assert "refusées" in capsys.readouterr().err


def test_refused_before_the_work_when_the_report_has_nowhere_to_go(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["bench", "--output", str(tmp_path / "nulle-part" / "measures.md")])
    assert end.value.code == 1
    assert "nulle-part" in capsys.readouterr().err


def test_its_database_is_empty_its_own_and_gone_afterwards():
    name = f"{PREFIX}{os.getpid()}"
    with own_database(name) as owner:
        assert dict(owner.parameters)["dbname"] == name
        with psycopg.connect(owner.url()) as connection:
            assert connection.execute("select count(*) from pg_stat_user_tables").fetchone() == (0,)
            connection.execute(f'create role "{name}_web" login')
    with psycopg.connect(database.owner_address().url()) as connection:
        assert not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchall()
        assert not connection.execute("select 1 from pg_roles where rolname = %s", [f"{name}_web"]).fetchall()


def test_what_a_killed_run_left_is_dropped(monkeypatch):
    monkeypatch.setattr(database, "is_embedded", lambda: True)
    left = f"{PREFIX}4194305"  # above the largest process number Linux gives
    with psycopg.connect(database.owner_address().url(), autocommit=True) as connection:
        connection.execute(f'create database "{left}"')
        with own_database(f"{PREFIX}{os.getpid()}"):
            assert not connection.execute("select 1 from pg_database where datname = %s", [left]).fetchall()
