"""Referrals under way when places begin to follow them: the migration that counts them, on a table that has some."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from arrimage.casework.models import Referral
from arrimage.directory.models import PlaceHold, Service, ServicePlaces
from arrimage.foundation import clock
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
migration = import_module("arrimage.casework.migrations.0013_places")


def count() -> None:
    with as_owner(), connection.cursor() as cursor:
        for statement in migration.COUNT:
            cursor.execute(statement)


def referred(service: Service, *states: str) -> list[Referral]:
    """Return a referral of each state, each sent a day after the one before; nothing counts the places yet."""
    first = clock.today() - timedelta(days=len(states))
    return [
        f.ReferralFactory(service=service, sent_on=first + timedelta(days=day), **{state: True})
        for day, state in enumerate(states)
    ]


def states(referrals: list[Referral]) -> list[str | None]:
    known = dict(PlaceHold.objects.values_list("holder", "status"))
    return [known.get(referral.uid) for referral in referrals]


def test_the_accepted_have_theirs_then_the_others_in_the_order_of_sending() -> None:
    service = f.ServiceFactory()
    live = referred(service, "sent", "accepted", "sent", "sent", "started", "sent")
    ended = referred(service, "declined", "expired")
    places = f.ServicePlacesFactory(service_at_location__service=service, capacity=5, taken=3)
    count()
    places.refresh_from_db()
    # Three were said taken, of which two are those accepted from here.
    assert (places.capacity, places.taken, places.taken_by_referrals, places.held, places.free) == (5, 1, 2, 2, 0)
    assert states(live) == ["held", "taken", "held", "waiting", "taken", "waiting"]
    assert states(ended) == [None, None]
    waiting = PlaceHold.objects.filter(status="waiting").order_by("pk").values_list("holder", flat=True)
    assert list(waiting) == [live[3].uid, live[5].uid]


def test_more_accepted_than_places_raise_their_number() -> None:
    service = f.ServiceFactory()
    live = referred(service, "accepted", "started", "sent")
    places = f.ServicePlacesFactory(service_at_location__service=service, capacity=1)
    count()
    places.refresh_from_db()
    assert (places.capacity, places.taken, places.taken_by_referrals, places.held) == (2, 0, 2, 0)
    assert states(live) == ["taken", "taken", "waiting"]


def test_each_service_for_itself_and_none_that_counts_no_places() -> None:
    uncounted = referred(f.ServiceFactory(), "accepted", "sent")
    counted = []
    for _ in range(6):
        service = f.ServiceFactory()
        counted.append(referred(service, "sent", "accepted", "sent"))
        f.ServicePlacesFactory(service_at_location__service=service, capacity=2)
    count()
    assert states(uncounted) == [None, None]
    assert [states(live) for live in counted] == [["held", "taken", "waiting"]] * 6
    assert [(each.taken_by_referrals, each.held) for each in ServicePlaces.objects.all()] == [(1, 1)] * 6


def test_what_is_counted_follows_from_then_on() -> None:
    service = f.ServiceFactory()
    held, waiting = referred(service, "sent", "sent")
    f.ServicePlacesFactory(service_at_location__service=service, capacity=1)
    count()
    Referral.objects.filter(pk=held.pk).update(status="cancelled")
    assert states([held, waiting]) == ["given_back", "held"]
