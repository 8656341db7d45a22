"""Passkeys: added from the account's page, they open a session by themselves and count as a second factor."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.passkey import Passkey
from tests.accounts.said import listening
from tests.accounts.signing_in import is_signed_in, try_password

pytestmark = pytest.mark.django_db
ASKED = {"headers": {"Accept": "application/json"}}


def options(page, name: str = "creation_options"):
    """Return what the page gives its program to ask the device."""
    return json.loads(json.dumps(page.context["js_data"][name], default=_encoded))


def _encoded(value):
    return dict(value)


def with_passkey() -> tuple:
    user, client, key = make.UserFactory(), Client(), Passkey()
    try_password(client, user)
    page = client.get(reverse("mfa_add_webauthn"))
    assert page.status_code == 200, page.headers
    said = {"name": "Téléphone", "passwordless": "on", "credential": key.register(options(page))}
    response = client.post(reverse("mfa_add_webauthn"), said)
    assert response.status_code == 302, response.context["form"].errors
    return user, client, key


def asked(client: Client):
    return client.get(reverse("mfa_login_webauthn"), **ASKED).json()["request_options"]


def test_a_passkey_opens_a_session_by_itself() -> None:
    user, _client, key = with_passkey()
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().name == "Téléphone"
    browser = Client()
    response = browser.post(reverse("mfa_login_webauthn"), {"credential": key.authenticate(asked(browser))})
    assert response["Location"] == reverse("home")
    assert is_signed_in(browser)


def test_the_account_a_passkey_names_is_said_before_it_is_looked_up() -> None:
    user, _client, key = with_passkey()
    browser = Client()
    answer = key.authenticate(asked(browser))
    with listening() as said:
        browser.post(reverse("mfa_login_webauthn"), {"credential": answer})
    assert said.first("set_config", "arrimage.user", f"'{user.pk}'") < said.first('FROM "accounts_user"')


def test_a_passkey_is_the_second_factor_of_a_password() -> None:
    user, _client, key = with_passkey()
    browser = Client()
    assert try_password(browser, user)["Location"] == reverse("mfa_authenticate")
    page = browser.get(reverse("mfa_authenticate"))
    answer = key.authenticate(options(page, "request_options"))
    assert browser.post(reverse("mfa_authenticate"), {"credential": answer}).status_code == 302
    assert is_signed_in(browser)


def test_a_key_opens_no_account_but_its_own() -> None:
    _user, _client, key = with_passkey()
    other = make.UserFactory()
    browser = Client()
    from allauth.account.utils import user_pk_to_url_str

    forged = key.authenticate(asked(browser), handle=user_pk_to_url_str(other).encode())
    assert browser.post(reverse("mfa_login_webauthn"), {"credential": forged})["Location"] == reverse("account_login")
    assert not is_signed_in(browser)


@pytest.mark.parametrize("nonsense", ["{}", "[]", "12", '"x"', "pas du JSON", '{"response": {"userHandle": 3}}'])
def test_nonsense_is_refused_in_words(nonsense) -> None:
    browser = Client()
    asked(browser)
    response = browser.post(reverse("mfa_login_webauthn"), {"credential": nonsense})
    assert response["Location"] == reverse("account_login")


def test_an_answer_serves_once() -> None:
    _user, _client, key = with_passkey()
    browser = Client()
    answer = key.authenticate(asked(browser))
    browser.post(reverse("mfa_login_webauthn"), {"credential": answer})
    again = Client()
    asked(again)
    again.post(reverse("mfa_login_webauthn"), {"credential": answer})
    assert not is_signed_in(again)


def test_a_key_is_renamed_and_taken_away() -> None:
    user, client, _key = with_passkey()
    stored = Authenticator.objects.get(user=user, type="webauthn")
    home = reverse("mfa_index")
    response = client.post(reverse("mfa_edit_webauthn", args=[stored.pk]), {"name": "Bureau", "next": home})
    assert response["Location"] == home
    assert "Bureau" in client.get(home).content.decode()
    other, others_client, _ = with_passkey()
    assert others_client.post(reverse("mfa_remove_webauthn", args=[stored.pk]), {"next": home}).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[stored.pk]), {"next": home})["Location"] == home
    assert not Authenticator.objects.filter(user=user).exists()
    assert Authenticator.objects.filter(user=other).exists()
