"""What has an end: places on the waiting list once settled, addresses of calendars once taken back."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.retention.actions import approve_run, prepare_run
from arrimage.privacy.retention.kinds import kind_of
from arrimage.privacy.retention.purging import execute
from arrimage.scheduling.enums import WaitingStatus
from arrimage.scheduling.models import CalendarFeed, WaitingEntry
from tests import factories as make
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = clock.now() - timedelta(days=6 * 366)
TODAY = clock.today()


def carry_out(region) -> None:
    run = prepare_run(make.actor(Role.PRIVACY_OFFICER, None), region)
    approve_run(make.actor(Role.REGIONAL_DIRECTOR, region.code), run)
    with as_owner():
        execute(run, executed_by="compte système « essai »")


def test_a_settled_place_goes_with_the_time_of_appointments() -> None:
    point = make.ServicePointFactory()
    fields = {"region": point.region, "points": [point], "updated_at": LONG_AGO}
    gone = [make.WaitingEntryFactory(status=status, **fields) for status in (WaitingStatus.PLACED, WaitingStatus.LEFT)]
    kept = [
        make.WaitingEntryFactory(**fields),
        make.WaitingEntryFactory(status=WaitingStatus.LEFT, **fields | {"updated_at": clock.now()}),
    ]
    carry_out(point.region)
    assert set(WaitingEntry.objects.values_list("pk", flat=True)) == {entry.pk for entry in kept}
    assert not WaitingEntry.service_points.through.objects.filter(waitingentry__in=[each.pk for each in gone]).exists()


def test_only_an_address_taken_back_is_due() -> None:
    taken_back = make.CalendarFeedFactory(revoked_at=LONG_AGO)
    make.CalendarFeedFactory()
    make.CalendarFeedFactory(revoked_at=clock.now())
    kind = kind_of("calendar_feed")
    due = kind.due(TODAY - timedelta(days=kind.months * 31))
    assert list(due.values_list("pk", flat=True)) == [taken_back.pk]
    assert CalendarFeed.objects.count() == 3
