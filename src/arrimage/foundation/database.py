"""What the database needs besides tables: extensions, the web's role and its rights, the context of a transaction."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")


def prepare(using: str, **_: Any) -> None:
    """Create the extensions and the web's role before the first table; connected as the owner."""
    with connections[using].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"create extension if not exists {name}")
        role = sql.Identifier(settings.WEB_ROLE).as_string(cursor.connection)
        # Roles belong to the cluster: another process may create the same one at the same moment.
        cursor.execute(
            f"""
            do $$ begin
                if not exists (select from pg_roles where rolname = {sql.Literal(settings.WEB_ROLE).as_string()}) then
                    create role {role} login nosuperuser nocreatedb nocreaterole nobypassrls;
                end if;
            exception when duplicate_object or unique_violation then null;
            end $$
            """
        )


def grant_web_role(using: str, **_: Any) -> None:
    """Let the web's role read and write rows, and nothing else: it owns no table, alters none, empties none."""
    with connections[using].cursor() as cursor:
        role = sql.Identifier(settings.WEB_ROLE).as_string(cursor.connection)
        cursor.execute(f"grant usage on schema public to {role}")
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {role}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {role}")


def begin_migration(using: str, **_: Any) -> None:
    """Say, for this connection, in whose name migrations and reference data write: their own."""
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('arrimage.name', 'migration', false)")


def end_migration(app_config: AppConfig, using: str, **_: Any) -> None:
    """Say nothing any more, once the last application has laid its reference data."""
    if app_config is [each for each in apps.get_app_configs() if each.models_module is not None][-1]:
        with connections[using].cursor() as cursor:
            cursor.execute("select set_config('arrimage.name', '', false)")


def set_web_role_password(password: str, *, using: str = "default") -> None:
    """Give the web's role its password, where it signs in over a network instead of a private socket."""
    with connections[using].cursor() as cursor:
        statement = sql.SQL("alter role {} password {}").format(
            sql.Identifier(settings.WEB_ROLE), sql.Literal(password)
        )
        cursor.execute(statement.as_string(cursor.connection))


def set_context(**values: object) -> None:
    """Tell the database, until this transaction ends, for whom it works: `arrimage.<name>` settings.

    Outside a transaction the setting would vanish at once, so that is refused.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError("set_context() needs a transaction")
    if not values:
        return
    given = [
        part for name, value in values.items() for part in (f"arrimage.{name}", "" if value is None else str(value))
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(['set_config(%s, %s, true)'] * len(values))}", given)
