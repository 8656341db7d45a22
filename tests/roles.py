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


def become_web_role(*, for_transaction: bool) -> None:
    """Speak as the web's role: until the current transaction ends, or until `become_owner`."""
    set_role(f'"{settings.WEB_ROLE}"', local=for_transaction)


def become_owner() -> None:
    set_role("none", local=False)


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


def other_threads_are_the_web(sender: Any, connection: Any, **_: Any) -> None:
    """Give the connections of other threads (the live server's, a concurrent test's) the web's role."""
    if threading.current_thread() is not threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute(f'set role "{settings.WEB_ROLE}"')


def watch_other_threads() -> None:
    connection_created.connect(other_threads_are_the_web, dispatch_uid="tests.roles")
