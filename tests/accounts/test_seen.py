"""A session is noted as alive from time to time, not at each page."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrimage.accounts import seen
from tests import factories as make
from tests.accounts.said import listening

pytestmark = pytest.mark.django_db


def test_once_in_five_minutes(monkeypatch) -> None:
    client, user = Client(), make.UserFactory()
    client.force_login(user)
    client.get(reverse("choose_role"))
    session = UserSession.objects.get(user=user)
    with listening() as said:
        client.get(reverse("choose_role"))
    assert not [sql for sql in said.queries if "usersession" in sql or sql.startswith("UPDATE")]
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(seen.timezone, "now", lambda: later)
    before = Session.objects.get(session_key=session.session_key).expire_date
    client.get(reverse("choose_role"), headers={"User-Agent": "Autre"})
    again = UserSession.objects.get(user=user)
    assert again.user_agent == "Autre"
    assert Session.objects.get(session_key=session.session_key).expire_date > before


def test_nobody_is_not_noted() -> None:
    Client().get(reverse("account_login"))
    assert not UserSession.objects.exists()
