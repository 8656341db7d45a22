"""Attempts are counted for all processes alike, whatever the answer; a lockout says how long it lasts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from arrimage.accounts.middleware import OneTransaction
from tests import factories as make
from tests.accounts.signing_in import code, give_codes, is_signed_in, try_password

LOCKED = "Trop d’essais manqués"


def other_process() -> DatabaseCache:
    """Return the cache as another process has it."""
    return caches.create_connection("default")


def lock_out(user, tries: int = 5) -> None:
    for _ in range(tries):
        assert LOCKED not in try_password(Client(), user, "faux").content.decode()


@pytest.mark.django_db
def test_the_cache_is_the_database_s_and_every_process_sees_it() -> None:
    assert isinstance(caches["default"], DatabaseCache)
    cache.set("essai", [1, 2], 60)
    assert other_process().get("essai") == [1, 2]
    assert other_process().add("essai", 3) is False


@pytest.mark.django_db
def test_its_keys_tell_nothing() -> None:
    user = make.UserFactory(email="anne@demo.example")
    lock_out(user, 1)
    with connection.cursor() as cursor:
        cursor.execute("select cache_key from accounts_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert keys
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_account_and_the_page_says_how_long() -> None:
    user = make.UserFactory()
    lock_out(user)
    page = try_password(Client(), user).content.decode()
    assert LOCKED in page
    assert "15 minutes" in page
    assert try_password(Client(), make.UserFactory()).status_code == 302, "the others are not locked"


@pytest.mark.django_db
def test_an_address_without_an_account_is_locked_alike() -> None:
    lock_out("personne@x.example")
    assert LOCKED in try_password(Client(), "personne@x.example").content.decode()


@pytest.mark.django_db
def test_the_right_password_does_not_count() -> None:
    user = make.UserFactory()
    for _ in range(8):
        assert try_password(Client(), user).status_code == 302


@pytest.mark.django_db
def test_a_link_ends_a_lockout(django_capture_on_commit_callbacks) -> None:
    from django.core import mail

    user = make.UserFactory()
    lock_out(user)
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": user.email})
    address = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    chosen = "une longue phrase de passe"
    client.post(client.get(address)["Location"], {"password1": chosen, "password2": chosen})
    assert try_password(Client(), user, chosen).status_code == 302


@pytest.mark.django_db
def test_codes_of_a_second_factor_are_counted_too() -> None:
    user, client = make.UserFactory(), Client()
    give_codes(user)
    try_password(client, user)
    for _ in range(5):
        assert LOCKED not in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    again = Client()
    try_password(again, user)
    assert LOCKED in again.post(reverse("mfa_authenticate"), {"code": code()}).content.decode()
    assert not is_signed_in(again)


@pytest.mark.django_db
def test_letters_of_forgotten_passwords_are_counted() -> None:
    user = make.UserFactory()
    answers = [Client().post(reverse("account_reset_password"), {"email": user.email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    page = Client().post(reverse("account_reset_password"), {"email": user.email}).content.decode()
    assert "Attendez une minute" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("status", "kept"), [(200, True), (403, True), (429, True), (500, False)])
def test_what_is_counted_stays_counted_unless_the_server_itself_failed(status, kept) -> None:
    """On a 5xx the transaction is undone, its counts too: nobody learned from it whether a password was right."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    def view(request) -> HttpResponse:
        cache.set("compte", 1, 60)
        return HttpResponse(status=status)

    OneTransaction(view)(RequestFactory().get("/"))
    assert (other_process().get("compte") == 1) is kept


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries_than_one() -> None:
    """Ten browsers at the same moment, each in its own thread and connection, as ten processes would."""
    user = make.UserFactory()
    together = threading.Barrier(10)

    def attempt(_number: int) -> str:
        try:
            together.wait(30)
            return try_password(Client(), user, "faux").content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        pages = list(pool.map(attempt, range(10)))
    assert sum(LOCKED not in page for page in pages) == 5
