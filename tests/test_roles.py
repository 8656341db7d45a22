"""Tests speak to the database as the application does: as a role that owns nothing."""

import threading

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tests.roles import as_owner


def current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_in_a_transaction() -> None:
    assert current_role() == settings.WEB_ROLE


@pytest.mark.django_db(transaction=True)
def test_with_commits_and_other_threads() -> None:
    roles = []

    def ask() -> None:
        roles.append(current_role())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert [*roles, current_role()] == [settings.WEB_ROLE, settings.WEB_ROLE]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (id int)",
        "alter table accounts_user add column mine int",
        "truncate accounts_user cascade",
        "insert into django_migrations (app, name, applied) values ('x', 'x', now())",
        "create role mine",
    ],
)
def test_the_web_may_change_rows_and_nothing_else(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_stepping_out() -> None:
    with as_owner():
        assert current_role() != settings.WEB_ROLE
    assert current_role() == settings.WEB_ROLE
