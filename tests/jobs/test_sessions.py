"""The clock forgets the sessions that ended, and no other."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from arrimage.accounts.jobs import JOBS

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_erased() -> None:
    for key, hours in (("ended" * 6, -1), ("living" * 6, 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(hours=hours))

    JOBS["accounts.forget_sessions"].run({"system": "clock"}, {})

    assert list(Session.objects.values_list("session_key", flat=True)) == ["living" * 6]
