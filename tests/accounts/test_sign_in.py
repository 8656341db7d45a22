"""Signing in: every look-up of an account is announced to the database; what is said to whom."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.said import listening
from tests.accounts.signing_in import is_signed_in, try_password

pytestmark = pytest.mark.django_db
LOOK_UP = ('FROM "accounts_user"', '"accounts_user"."email" =')


def test_a_password_opens_a_session_whatever_the_case_of_the_address() -> None:
    user, client = make.UserFactory(email="anne@demo.example"), Client()
    assert try_password(client, "Anne@DEMO.example").status_code == 302
    assert is_signed_in(client)
    assert try_password(Client(), user, "un autre mot de passe").status_code == 200


def test_the_address_is_said_before_it_is_looked_up() -> None:
    user = make.UserFactory(email="anne@demo.example")
    with listening() as said:
        try_password(Client(), "Anne@Demo.example")
    assert said.first("set_config", "arrimage.sign_in", "'anne@demo.example'") < said.first(*LOOK_UP)
    with listening() as said:
        Client().post(reverse("account_reset_password"), {"email": "ANNE@demo.example"})
    assert said.first("set_config", "arrimage.sign_in", f"'{user.email}'") < said.first(*LOOK_UP)


def test_a_forgotten_password_is_chosen_again_by_a_link(django_capture_on_commit_callbacks) -> None:
    user, client = make.UserFactory(), Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": user.email})
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([user.email], "Arrimage : choisir un nouveau mot de passe")
    address = next(line for line in letter.body.splitlines() if line.startswith("http"))
    with listening() as said:
        form = client.get(address)["Location"]
    assert said.first("set_config", "arrimage.user", f"'{user.pk}'") < said.first('FROM "accounts_user"')
    chosen = "une longue phrase de passe"
    assert client.post(form, {"password1": chosen, "password2": chosen}).status_code == 302
    assert try_password(Client(), user).status_code == 200
    assert try_password(Client(), user, chosen).status_code == 302
    assert "Ce lien ne vaut plus" in Client().get(address).content.decode()


def test_the_same_is_answered_whether_or_not_an_address_has_an_account(django_capture_on_commit_callbacks) -> None:
    user = make.UserFactory()
    answers = []
    for email in (user.email, "personne@ailleurs.example"):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(Client().post(reverse("account_reset_password"), {"email": email}))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    refused = [try_password(Client(), email, "faux") for email in (user.email, "personne@ailleurs.example")]
    assert all("Cette adresse ou ce mot de passe ne conviennent pas" in page.content.decode() for page in refused)


def test_a_closed_account_is_told_so_only_with_its_password() -> None:
    user = make.UserFactory(is_active=False)
    assert try_password(Client(), user)["Location"] == reverse("account_inactive")
    assert "fermé" not in try_password(Client(), user, "faux").content.decode()


def test_the_demonstration_opens_no_door_in_production(settings) -> None:
    user = make.UserFactory(email="agente@demo.example")
    settings.PRODUCTION = True
    client = Client()
    assert try_password(client, user).status_code == 200
    assert not is_signed_in(client)


def test_nobody_signs_up() -> None:
    assert Client().get(reverse("account_signup")).status_code in (302, 403)
    assert Client().post(reverse("account_signup"), {"email": "x@x.example"}).status_code == 403
