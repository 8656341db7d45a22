"""What an administrator does for somebody's account: invite, invite again, end sessions, take a lost second factor."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.foundation import clock
from tests.accounts.signing_in import give_codes, is_signed_in, try_password
from tests.factories import RoleGrantFactory, UserFactory
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return staff(Role.ADMINISTRATOR, None)


def at(name: str, user: User) -> str:
    return reverse(f"staff:{name}", args=[user.uid])


def test_a_new_account_is_invited_and_the_list_says_so(admin, django_capture_on_commit_callbacks):
    said = {
        "email": "nouvelle@x.example",
        "name": "Nour Elle",
        "language": "fr",
        "starts_on": clock.today().isoformat(),
    }
    with django_capture_on_commit_callbacks(execute=True):
        page = admin.post(reverse("staff:account_new"), said, follow=True)
    assert "Une invitation à choisir son mot de passe part à nouvelle@x.example" in words(page)
    [letter] = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert "Bienvenue, Nour Elle" in words(Client().get(link))
    listed = reverse("staff:accounts")
    assert "n’a pas encore choisi son mot de passe" in words(admin.get(listed))
    assert "Nour Elle" in words(admin.get(listed + "?invitation=yes"))
    chosen = "une longue phrase de passe"
    Client().post(link, {"password1": chosen, "password2": chosen})
    assert "Invitée" not in words(admin.get(listed))
    assert "Nour Elle" not in words(admin.get(listed + "?invitation=yes"))


def test_an_invitation_is_sent_again_until_a_password_is_chosen(admin, django_capture_on_commit_callbacks):
    user = UserFactory(password=None)
    assert "Pas encore invitée" in words(admin.get(at("account", user)))
    for label in ("Envoyer l’invitation", "Renvoyer l’invitation"):
        assert label in words(admin.get(at("account", user)))
        with django_capture_on_commit_callbacks(execute=True):
            admin.post(at("account_invite", user))
    assert len(mail.outbox) == 2
    user.set_password("une longue phrase de passe")
    user.save()
    refused = admin.post(at("account_invite", user), follow=True)
    assert "a déjà choisi son mot de passe" in words(refused)
    assert "Renvoyer l’invitation" not in words(refused)


def test_sessions_are_ended(admin):
    user, browser = RoleGrantFactory().user, Client()
    try_password(browser, user)
    assert "Fermer ses séances" in words(admin.get(at("account", user)))
    assert "1 séance est fermée" in words(admin.post(at("account_sessions_end", user), follow=True))
    assert not is_signed_in(browser)


def test_a_lost_second_factor_is_taken_away(admin):
    user = UserFactory()
    give_codes(user)
    assert "Retirer la double authentification" in words(admin.get(at("account", user)))
    admin.post(at("account_second_factor", user))
    assert try_password(Client(), user)["Location"] == reverse("home")


def test_not_by_anybody_else():
    user = UserFactory(password=None)
    for role, code in ((Role.REGIONAL_DIRECTOR, "06"), (Role.TEAM_LEAD, "06"), (Role.PRIVACY_OFFICER, None)):
        for name in ("account_invite", "account_sessions_end", "account_second_factor"):
            assert staff(role, code).post(at(name, user)).status_code == 403
    assert mail.outbox == []


def test_not_out_of_reach():
    local = staff(Role.ADMINISTRATOR, "13")
    user = RoleGrantFactory().user  # of Montréal
    assert local.get(at("account", user)).status_code == 404
    for name in ("account_invite", "account_sessions_end", "account_second_factor", "account_state"):
        assert local.post(at(name, user)).status_code == 404
