"""Invitations: a link that lives some days and serves once; nobody's password travels by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from arrimage.accounts import invitations
from arrimage.accounts.actions import NewAccount, create_accounts
from arrimage.accounts.enums import Role
from arrimage.accounts.invitations import InvitationNotValid, choose_password, invite, invited, token_of
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from tests import factories as make
from tests.accounts.said import listening
from tests.accounts.signing_in import try_password

pytestmark = pytest.mark.django_db
CHOSEN = "une longue phrase de passe"


@pytest.fixture
def administrator():
    return make.actor(Role.ADMINISTRATOR, None)


@pytest.fixture
def user(administrator, django_capture_on_commit_callbacks) -> User:
    [user] = create_accounts(administrator, [NewAccount("nouvelle@x.example", "Nour Elle")])
    with django_capture_on_commit_callbacks(execute=True):
        send(administrator, user)
    return user


def send(administrator, user) -> None:
    invite(administrator, [user], link=lambda token: f"https://testserver{reverse('invitation', args=[token])}")
    user.refresh_from_db()


def link() -> str:
    return next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("https://"))


def choose(address: str, password: str = CHOSEN):
    return Client().post(address, {"password1": password, "password2": password})


def test_the_letter_holds_a_link_and_no_password(user, administrator) -> None:
    letter = mail.outbox[0]
    assert letter.to == ["nouvelle@x.example"]
    assert administrator.name in letter.body
    assert "7 jours" in letter.body
    assert "Nour Elle" in Client().get(link()).content.decode()


def test_the_link_gives_the_first_password_once(user) -> None:
    assert choose(link())["Location"] == reverse("account_login")
    assert try_password(Client(), user, CHOSEN).status_code == 302
    again = choose(link(), "une autre phrase de passe")
    assert again.status_code == 410
    assert "Ce lien ne vaut plus" in again.content.decode()
    assert try_password(Client(), user, CHOSEN).status_code == 302


def test_opening_the_link_changes_nothing(user) -> None:
    for _ in range(3):
        assert Client().get(link()).status_code == 200
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_a_weak_password_is_refused_and_the_link_still_serves(user) -> None:
    assert choose(link(), "court").status_code == 200
    assert choose(link())["Location"] == reverse("account_login")


def test_a_newer_invitation_ends_the_former(user, administrator, django_capture_on_commit_callbacks) -> None:
    former = link()
    with django_capture_on_commit_callbacks(execute=True):
        send(administrator, user)
    assert Client().get(former).status_code == 410
    assert Client().get(link()).status_code == 200


def test_the_link_lives_as_many_days_as_the_setting_says(user, settings, monkeypatch) -> None:
    token = token_of(user)
    for days, alive in ((6.9, True), (7.1, False)):
        later = clock.now() + timedelta(days=days)
        monkeypatch.setattr(invitations.clock, "now", lambda later=later: later)
        if alive:
            assert invited(token) == user
        else:
            with pytest.raises(InvitationNotValid):
                invited(token)
        monkeypatch.undo()
    settings.INVITATION_DAYS = 0
    with pytest.raises(InvitationNotValid):
        choose_password(token, CHOSEN)


def test_a_forged_link_and_a_closed_account_are_refused(user) -> None:
    token = token_of(user)
    other = make.UserFactory()
    from django.core import signing

    forged = signing.dumps([other.pk, user.invited_at.isoformat()], key="another key", salt=invitations.SALT)
    for wrong in (forged, token[:-1] + ("A" if token[-1] != "A" else "B"), "x", signing.dumps([user.pk, 1])):
        assert Client().get(reverse("invitation", args=[wrong])).status_code == 410
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert choose(link()).status_code == 410


def test_the_account_is_said_before_it_is_looked_up(user) -> None:
    with listening() as said:
        Client().get(link())
    assert said.first("set_config", "arrimage.user", f"'{user.pk}'") < said.first('FROM "accounts_user"')


def test_who_may_invite_and_whom(user, administrator) -> None:
    with pytest.raises(NotAllowed):
        send(make.actor(Role.TEAM_LEAD), user)
    with pytest.raises(Conflict, match="déjà choisi"):
        send(administrator, make.UserFactory())
    user.is_active = False
    user.save()
    with pytest.raises(Conflict, match="fermé"):
        send(administrator, user)


def test_the_letter_speaks_the_person_s_language(administrator, django_capture_on_commit_callbacks) -> None:
    [user] = create_accounts(administrator, [NewAccount("new@x.example", "New", language="en")])
    with django_capture_on_commit_callbacks(execute=True):
        send(administrator, user)
    assert mail.outbox[-1].to == ["new@x.example"]
