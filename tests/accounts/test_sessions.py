"""Sessions: reached by their key alone, and what says who is signed in."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from arrimage.accounts.sessions import RequestSessionStore, SessionStore
from arrimage.accounts.sign_in import claim_account, claim_address
from tests import factories as make
from tests.accounts.said import listening
from tests.accounts.signing_in import give_codes, try_password


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [f"arrimage.{name}"])
        return cursor.fetchone()[0] or ""


def stored(**data) -> str:
    store = SessionStore()
    store.update(data)
    store.create()
    store.save()
    return store.session_key


@pytest.mark.django_db
def test_each_access_says_the_key_first() -> None:
    key = stored(here="yes")
    other = stored(here="no")
    for access in (
        lambda: SessionStore(key).load(),
        lambda: SessionStore().exists(key),
        lambda: SessionStore(key).save(),
        lambda: SessionStore().delete(key),
    ):
        SessionStore().exists(other)
        with listening() as said:
            access()
        assert said.first("set_config", key) < said.first('"django_session"')
        assert setting("session") == key


@pytest.mark.django_db
def test_the_session_of_the_request_says_who_is_signed_in() -> None:
    user = make.UserFactory()
    assert RequestSessionStore(stored(**{SESSION_KEY: str(user.pk)}))[SESSION_KEY] == str(user.pk)
    assert setting("user") == str(user.pk)
    RequestSessionStore(stored(here="nobody")).get("here")
    assert setting("user") == ""


@pytest.mark.django_db
def test_looking_at_another_session_does_not_change_who_is_signed_in() -> None:
    user, other = make.UserFactory(), make.UserFactory()
    key = stored(**{SESSION_KEY: str(other.pk)})
    RequestSessionStore(stored(**{SESSION_KEY: str(user.pk)})).get("here")
    SessionStore(key).load()
    SessionStore(key).delete()
    assert setting("user") == str(user.pk)


@pytest.mark.django_db
def test_signing_in_says_who_before_anything_is_written_of_the_account() -> None:
    user = make.UserFactory()
    with listening() as said:
        try_password(Client(), user)
    told = said.first("set_config", "arrimage.user", f"'{user.pk}'")
    assert told < said.first('UPDATE "accounts_user"', "last_login")
    assert told < said.first('INSERT INTO "usersessions_usersession"')


@pytest.mark.django_db
def test_a_sign_in_that_awaits_its_second_factor_says_whose() -> None:
    user, client = make.UserFactory(), Client()
    give_codes(user)
    assert try_password(client, user)["Location"] == reverse("mfa_authenticate")
    with listening() as said:
        assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert said.first("set_config", "arrimage.user", f"'{user.pk}'") < said.first('FROM "accounts_user"')


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_said_and_nothing_fails() -> None:
    assert not connection.in_atomic_block
    key = stored(here="yes")
    claim_address("a@x.example")
    claim_account(1)
    assert SessionStore(key).load() == {"here": "yes"}
    with transaction.atomic():
        assert setting("session") == ""
