"""Links that open something by themselves: forged, borrowed, used twice, too old."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from arrimage.accounts import invitations
from arrimage.accounts.models import User
from arrimage.foundation import clock
from tests import factories as make

pytestmark = pytest.mark.django_db

NEW = "une phrase bien assez longue 42"
CHOSEN = {"password1": NEW, "password2": NEW}


def invited() -> User:
    user = make.RoleGrantFactory().user
    user.set_unusable_password()
    user.invited_at = clock.now()
    user.save()
    return user


def follow(token: str) -> Any:
    return Client().post(reverse("invitation", kwargs={"token": token}), CHOSEN)


def opened(user: User) -> bool:
    user.refresh_from_db()
    return user.has_usable_password() and user.check_password(NEW)


def forgeries(user: User) -> Iterator[str]:
    """Yield what somebody could make of a link they hold, or of what they know."""
    good = invitations.token_of(user)
    payload, stamp, signature = good.split(":")
    other = invitations.token_of(invited())
    content = [user.pk, user.invited_at.isoformat()]
    yield f"{payload}:{stamp}:{signature[:-2]}AA"
    yield f"{payload}:{stamp}:"
    yield f"{payload}:{other.split(':')[1]}:{other.split(':')[2]}"
    yield f"{other.split(':')[0]}:{stamp}:{signature}"
    yield signing.dumps(content, salt="another")
    yield signing.dumps(content, key="a" * 60, salt=invitations.SALT)
    yield signing.dumps([user.pk, "2020-01-01T00:00:00+00:00"], salt=invitations.SALT)
    yield "a"
    yield ":::"
    yield payload
    yield "é" * 40


def test_the_link_itself_works() -> None:
    user = invited()
    assert follow(invitations.token_of(user)).status_code == 302
    assert opened(user)


def test_a_forged_invitation_opens_nothing() -> None:
    user = invited()
    for token in forgeries(user):
        response = follow(token)
        assert response.status_code in (404, 410), (token, response.status_code)
        assert user.name not in response.content.decode()
        assert user.email not in response.content.decode()
        assert not opened(user)


def test_an_invitation_is_used_once() -> None:
    user = invited()
    token = invitations.token_of(user)
    assert follow(token).status_code == 302
    User.objects.filter(pk=user.pk).update(password="md5$x$y")
    assert follow(token).status_code == 410
    assert not opened(user)


def test_opening_a_link_without_choosing_uses_nothing_up_and_changes_nothing() -> None:
    user = invited()
    address = reverse("invitation", kwargs={"token": invitations.token_of(user)})
    for method in ("get", "head"):
        assert getattr(Client(), method)(address).status_code == 200
    assert not opened(user)
    assert Client().post(address, CHOSEN).status_code == 302


@pytest.mark.parametrize("what", ["replaced", "closed", "old"])
def test_a_link_that_ended_opens_nothing(what: str) -> None:
    user = invited()
    token = invitations.token_of(user)
    if what == "replaced":
        User.objects.filter(pk=user.pk).update(invited_at=clock.now() + timedelta(seconds=1))
    elif what == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.invited_at = clock.now() - timedelta(days=settings.INVITATION_DAYS, seconds=1)
        user.save()
        token = invitations.token_of(user)
    assert follow(token).status_code == 410
    assert not opened(user)


def test_an_invitation_is_sent_to_no_other_site_and_kept_by_no_cache() -> None:
    response = Client().get(reverse("invitation", kwargs={"token": invitations.token_of(invited())}))
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


# --- A forgotten password -------------------------------------------------------------------------------------------
def reset(user: User, key: str, client: Client | None = None) -> Any:
    """Follow the link to its form and send a new password."""
    client = client or Client()
    first = client.get(
        reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    )
    return client.post(first["Location"], CHOSEN) if first.status_code == 302 else first


def with_password() -> User:
    return make.RoleGrantFactory().user


def test_the_link_of_a_forgotten_password_works_once() -> None:
    user = with_password()
    key = default_token_generator.make_token(user)
    assert reset(user, key).status_code == 302
    assert opened(user)
    User.objects.filter(pk=user.pk).update(password="md5$x$y")
    reset(user, key)
    assert not opened(user)


def test_a_forged_or_borrowed_link_changes_no_password() -> None:
    user, other = with_password(), with_password()
    mine = default_token_generator.make_token(other)
    stamp, digest = default_token_generator.make_token(user).split("-", 1)
    for key in (mine, f"{stamp}-{digest[:-1]}x", f"{stamp}-", f"1-{digest}", "a-b", "set-password", "-"):
        if key != "-":
            reset(user, key)
        assert not opened(user)
    # The form remembered by the session for one's own account does not serve for another's.
    client = Client()
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(other), "key": mine})
    form = client.get(address)["Location"]
    own, others = user_pk_to_url_str(other), user_pk_to_url_str(user)
    client.post(form.replace(f"/{own}-", f"/{others}-"), CHOSEN)
    assert not opened(user)


def test_a_link_too_old_changes_no_password() -> None:
    user = with_password()
    past = default_token_generator._now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    with patch.object(default_token_generator, "_now", return_value=past):
        key = default_token_generator.make_token(user)
    reset(user, key)
    assert not opened(user)
