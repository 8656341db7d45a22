"""A connection that says for whom it works gives nothing: truly connected as the web's role, fresh and used before."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from arrimage.foundation.row_security import Guarded, tables
from tests import roles
from tests.permissions.world import World, build

GUARDED = sorted(name for name, said in tables().items() if isinstance(said, Guarded))
# By the policies, or by a rule of the table that nobody's eyes can satisfy.
REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation, psycopg.errors.RaiseException)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.fixture
def stranger(world: World) -> Iterator[psycopg.Connection]:
    """A connection of the web's role that no request has used."""
    parameters = connection.get_connection_params()
    known = {key: parameters[key] for key in ("host", "port", "dbname") if parameters.get(key)}
    with psycopg.connect(**known, user=settings.WEB_ROLE, password=roles.web_password(), autocommit=True) as found:
        yield found


def count(stranger: psycopg.Connection, table: str) -> int:
    try:
        [found] = stranger.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return 0
    return found


def test_a_fresh_connection_reads_and_writes_nothing(stranger: psycopg.Connection) -> None:
    filled = 0
    for table in GUARDED:
        with roles.as_owner(), connection.cursor() as cursor:
            cursor.execute(f'select to_jsonb(t)::text from "{table}" t limit 1')
            row = cursor.fetchone()
        assert count(stranger, table) == 0, table
        name = sql.Identifier(table)
        for command in (sql.SQL("delete from {}"), sql.SQL("update {} set {} = {}")):
            if command.as_string().startswith("update"):
                column = sql.Identifier(first_written_column(table))
                command = command.format(name, column, column)
            else:
                command = command.format(name)
            try:
                assert stranger.execute(command).rowcount == 0, table
            except psycopg.errors.InsufficientPrivilege:
                pass
        if row is None:
            continue
        filled += 1
        insert = sql.SQL("insert into {0} select (jsonb_populate_record(null::{0}, %s::jsonb)).*").format(name)
        with pytest.raises(REFUSED):
            stranger.execute(insert, [row[0]])
    assert filled > 20, "the world must fill the tables, or this says nothing"


def test_what_a_request_said_ends_with_its_transaction(stranger: psycopg.Connection, world: World) -> None:
    lead = world.things["grant_team_lead"]
    said = {"actor": lead.user_id, "name": "Cheffe", "role": "team_lead", "region": lead.region_id}
    for end in ("commit", "rollback"):
        stranger.execute("begin")
        for name, value in said.items():
            stranger.execute("select set_config(%s, %s, true)", [f"arrimage.{name}", str(value)])
        assert count(stranger, "casework_file") > 0
        stranger.execute(end)
        assert all(count(stranger, table) == 0 for table in GUARDED)


def first_written_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attidentity = '' "
            "and not attisdropped order by attnum limit 1",
            [table],
        )
        return cursor.fetchone()[0]
