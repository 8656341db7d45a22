"""What PostgreSQL itself says of the tables: none unclassified, none unguarded, and a web's role that owns nothing."""

import pytest
from django.conf import settings
from django.db import connection

from arrimage.foundation.partitions import SCHEMA
from arrimage.foundation.row_security import SYSTEM, Closed, Guarded, Open, tables

pytestmark = pytest.mark.django_db


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_every_table_is_guarded_open_or_closed() -> None:
    found = {
        name
        for (name,) in rows(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
    }
    assert found - tables().keys() == set(), "nobody said who sees these tables"
    assert tables().keys() - found == set(), "these tables do not exist"


def test_guarded_tables_have_their_policies_and_no_others() -> None:
    secured = {
        name
        for (name,) in rows(
            "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
        )
    }
    assert secured == {name for name, said in tables().items() if isinstance(said, Guarded)}
    written = set(rows("select tablename, policyname from pg_policies where schemaname = 'public'"))
    assert written == {
        (name, policy.name) for name, said in tables().items() if isinstance(said, Guarded) for policy in said.policies
    }


def test_the_cheapest_condition_is_tried_first() -> None:
    """PostgreSQL tries the policies of a table from the last name to the first."""
    for table, said in tables().items():
        if isinstance(said, Guarded) and SYSTEM in said.policies:
            assert max(policy.name for policy in said.policies) == SYSTEM.name, table


def test_policies_are_for_the_web_s_role_alone() -> None:
    assert rows("select distinct roles::text from pg_policies") == [(f"{{{settings.WEB_ROLE}}}",)]


def test_the_web_s_role_owns_nothing_and_bypasses_nothing() -> None:
    role = settings.WEB_ROLE
    assert rows("select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = %s", role) == [
        (False, False, False, False)
    ]
    assert rows("select relname from pg_class where relowner = %s::regrole", role) == []
    assert rows(
        "select has_schema_privilege(%s, %s, 'usage'), has_schema_privilege(%s, 'public', 'create')", role, SCHEMA, role
    ) == [(False, False)]
    memberships = rows("select count(*) from pg_auth_members where member = %s::regrole", role)
    assert memberships == [(0,)]


def test_closed_tables_give_the_web_s_role_no_right() -> None:
    for name, said in tables().items():
        if isinstance(said, Closed):
            for command in ("select", "insert", "update", "delete", "truncate"):
                assert rows("select has_table_privilege(%s, %s, %s)", settings.WEB_ROLE, name, command) == [(False,)], (
                    name
                )


def test_only_the_commands_said_are_granted() -> None:
    for name, said in tables().items():
        if not isinstance(said, Closed):
            granted = {
                command
                for command in ("select", "insert", "update", "delete")
                if rows("select has_table_privilege(%s, %s, %s)", settings.WEB_ROLE, name, command) == [(True,)]
            }
            counted = isinstance(said, Open) and said.counted
            assert granted == (said.only - {"update"} if counted else said.only), name


def test_columns_the_database_counts_are_not_updated_by_the_web_s_role() -> None:
    for name, said in tables().items():
        if isinstance(said, Open) and said.counted:
            updatable = rows(
                "select attname, has_column_privilege(%s, attrelid, attnum, 'update') from pg_attribute"
                " where attrelid = %s::regclass and attnum > 0 and not attisdropped",
                settings.WEB_ROLE,
                name,
            )
            assert {column for column, may in updatable if not may} == said.counted, name


def test_what_is_open_says_why() -> None:
    for name, said in tables().items():
        if isinstance(said, Open | Closed):
            assert len(said.why) > 8, name


def test_every_table_that_keeps_a_history_has_its_triggers() -> None:
    kept = {
        name
        for (name,) in rows(
            "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid "
            "where t.tgname like 'history%%' group by 1 having count(*) = 3"
        )
    }
    expected = {
        name
        for name, said in tables().items()
        if (isinstance(said, Guarded) and not said.no_history) or (isinstance(said, Open) and said.history)
    }
    assert kept == expected


def test_functions_that_step_over_the_policies_have_a_fixed_search_path() -> None:
    loose = rows(
        "select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace "
        "and not coalesce(array_to_string(proconfig, ','), '') like '%%search_path=%%'"
    )
    assert loose == []
