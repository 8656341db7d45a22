"""As whom a test speaks to the database.

The tests' connection is the owner's. A test runs as the web's role, as the application does: what the web may not do
fails here too. `as_owner` steps out of it, for what only the owner does.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client
from psycopg.rows import dict_row

from arrimage.accounts.context import NOBODY, Context
from arrimage.accounts.rights import system_actor

TESTS = Context(system_actor("tests"))  # who arranges and inspects a test's records: reaches all of them
SAID = ("session", "user", "sign_in", *NOBODY)


def become_web_role(*, for_transaction: bool) -> None:
    """Speak as the web's role: until the current transaction ends, or until `become_owner`."""
    set_role(f'"{settings.WEB_ROLE}"', local=for_transaction)


def act_as_tests() -> None:
    """Let what the test itself writes and reads be the tests' own; actions and requests say their own actor."""
    say(TESTS.settings())
    connection.arrimage_context = TESTS


def act_as_nobody() -> None:
    """Say nothing to the database, as a request not yet begun."""
    say({})
    connection.arrimage_context = None


def say(values: dict[str, Any]) -> None:
    """Set what the transaction (or the connection, outside one) says of itself; uncounted by tests of queries."""
    connection.ensure_connection()
    texts = {name: "" if (value := values.get(name)) is None else str(value) for name in SAID}
    given = [part for name, text in texts.items() for part in (f"arrimage.{name}", text)]
    call = f"set_config(%s, %s, {'true' if connection.in_atomic_block else 'false'})"
    with connection.connection.cursor() as cursor:
        cursor.execute(f"select {', '.join([call] * len(texts))}", given)


def said() -> dict[str, str]:
    """Return what the transaction says of itself."""
    calls = ", ".join(f"current_setting('arrimage.{name}', true) as \"{name}\"" for name in SAID)
    with connection.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"select {calls}").fetchone()


def requests_say_nothing_first(monkeypatch: Any) -> None:
    """Let each request of a test's client begin as a real one: the database knows nobody yet."""
    send = Client.request

    def request(self: Client, **parts: Any) -> Any:
        if connection.connection is None or connection.needs_rollback:
            return send(self, **parts)
        before, around = said(), getattr(connection, "arrimage_context", None)
        act_as_nobody()
        try:
            return send(self, **parts)
        finally:
            if not connection.needs_rollback:
                say(before)
            connection.arrimage_context = around

    monkeypatch.setattr(Client, "request", request)


def web_password() -> str | None:
    """Return the password of the web's role, where the server asks for one."""
    from arrimage.config.database import is_embedded, web_role_password

    return None if is_embedded() else web_role_password(settings.SECRET_KEY)


def become_owner() -> None:
    set_role("none", local=False)


def end_other_sessions() -> None:
    """End every other connection to the tests' database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@contextmanager
def as_owner() -> Iterator[None]:
    """Speak as the owner of the database inside the block."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user = session_user")
        already = cursor.fetchone()[0]
    local = connection.in_atomic_block
    set_role("none", local=local)
    try:
        yield
    finally:
        if not already and not connection.needs_rollback:
            set_role(f'"{settings.WEB_ROLE}"', local=local)


def set_role(role: str, *, local: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set {'local ' if local else ''}role {role}")


def let_owner_become_web_role() -> None:
    """Make the owner a member of the web's role, which a superuser needs not be."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int >= 160000")
        may = "set" if cursor.fetchone()[0] else "member"
        cursor.execute("select pg_has_role(current_user, %s, %s)", [settings.WEB_ROLE, may])
        if not cursor.fetchone()[0]:
            cursor.execute(f'grant "{settings.WEB_ROLE}" to current_user')


def let_tables_be_emptied() -> None:
    """Take away the triggers that refuse it: tests that commit empty every table after them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, quote_ident(tgname) from pg_trigger "
            "where not tgisinternal and tgtype & 32 > 0"
        )
        for table, trigger in cursor.fetchall():  # quoted by PostgreSQL
            cursor.execute(f"alter table {table} disable trigger {trigger}")


def other_threads_are_the_web(sender: Any, connection: Any, **_: Any) -> None:
    """Give the connections of other threads (the live server's, a concurrent test's) the web's role."""
    if threading.current_thread() is not threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute(f'set role "{settings.WEB_ROLE}"')


def watch_other_threads() -> None:
    connection_created.connect(other_threads_are_the_web, dispatch_uid="tests.roles")
