"""Every page of the account opens, in our frame and in French, without script or style inside it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.signing_in import code, give_codes, try_password

pytestmark = pytest.mark.django_db
TELLTALES = (  # words of the pages that are not ours
    "Two-Factor",
    "Authenticator App",
    "Authenticator code",
    "Sign In",
    "Security Key",
    "Recovery",
    "Passwordless",
    "Password:",
)


def check(page, title: str) -> str:
    text = page.content.decode()
    assert page.status_code == 200, page.headers
    assert title in text
    assert [word for word in TELLTALES if word in re.sub(r"<script.*?</script>", "", text, flags=re.S)] == []
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", text)
    assert " style=" not in text
    return text


def test_the_pages_of_the_sign_in() -> None:
    user, client = make.UserFactory(), Client()
    give_codes(user)
    check(client.get(reverse("account_login")), "Utiliser ma clé d’accès")
    try_password(client, user)
    check(client.get(reverse("mfa_authenticate")), "Encore une preuve que c’est vous")


def test_the_pages_of_safety() -> None:
    user, client = make.UserFactory(), Client()
    try_password(client, user)
    check(client.get(reverse("mfa_index")), "Sécurité de mon compte")
    check(client.get(reverse("mfa_add_webauthn")), "Ajouter une clé d’accès")
    check(client.get(reverse("mfa_activate_totp")), "Utiliser une application de codes")
    check(client.post(reverse("mfa_activate_totp"), {"code": "000000"}), "Ce code ne convient pas")
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    check(client.get(reverse("mfa_view_recovery_codes")), "Gardez vos codes de secours")
    assert "chacun" in client.get(reverse("mfa_download_recovery_codes")).content.decode().lower()
    check(client.get(reverse("mfa_generate_recovery_codes")), "Faire de nouveaux codes de secours")
    check(client.get(reverse("mfa_deactivate_totp")), "Retirer l’application de codes")
    check(client.get(reverse("mfa_index")), "codes de secours")
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302


def test_the_pages_that_ask_again_who_it_is(settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    user, client = make.UserFactory(), Client()
    try_password(client, user)
    give_codes(user)
    check(client.get(reverse("account_reauthenticate")), "Confirmer par un code")
    check(client.get(reverse("mfa_reauthenticate")), "Confirmer par mon mot de passe")


def test_confirming_leads_back_to_what_was_asked(settings) -> None:
    user, client = make.UserFactory(), Client()
    client.force_login(user)  # an old session: nothing says how it began
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    again = client.post(asked["Location"], {"password": make.PASSWORD, "next": reverse("mfa_activate_totp")})
    assert again["Location"] == reverse("mfa_activate_totp")
    assert client.get(again["Location"]).status_code == 200


def test_the_menu_leads_to_them() -> None:
    grant, client = make.RoleGrantFactory(), Client()
    client.force_login(grant.user)
    assert reverse("mfa_index") in client.get(reverse("staff:home")).content.decode()
