"""Whatever was written, no time is proposed that is taken, closed, a holiday, an absence or out of the hours."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import BusyTime
from arrimage.scheduling.queries import free_slots
from arrimage.territory.working_days import closed_days
from tests import factories as make

pytestmark = pytest.mark.django_db

FIRST = date(clock.today().year + 1, 12, 14)  # the holidays of the end of the year are within
DAYS = 21
HALF_HOURS = st.integers(14, 38)  # 7:00 to 19:00
DAY = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def stretches(draw) -> list[list[int]]:
    """Hours of a day: none, one stretch or two, in order and apart."""
    ends = sorted(draw(st.sets(HALF_HOURS, min_size=4, max_size=4)))
    pairs = [[ends[0] * 30, ends[1] * 30], [ends[2] * 30, ends[3] * 30]]
    return pairs[: draw(st.integers(0, 2))]


WEEK = st.lists(stretches(), min_size=7, max_size=7)
PERIOD = st.tuples(DAY, DAY).map(sorted)
TAKEN = st.tuples(st.integers(0, 1), DAY, st.integers(16, 34), st.integers(1, 4), st.booleans())
TEMPLATE = st.tuples(st.sets(st.integers(1, 7), min_size=1), st.integers(14, 30), st.sampled_from([30, 60]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    all_year=st.none() | WEEK,
    season=st.none() | st.tuples(PERIOD, WEEK),
    closures=st.lists(PERIOD, max_size=2),
    absences=st.lists(PERIOD, max_size=1),
    taken=st.lists(TAKEN, max_size=12, unique_by=lambda each: each[:2]),
    template=st.none() | TEMPLATE,
    minutes=st.sampled_from([None, 30, 45, 60]),
)
def test_nothing_proposed_is_taken_or_closed(all_year, season, closures, absences, taken, template, minutes) -> None:
    with transaction.atomic():
        office = make.ServicePointFactory()
        agents = [make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office).user for _ in range(2)]
        if all_year:
            make.TimetableFactory(service_point=office, week=all_year)
        if season:
            (first_on, last_on), week = season
            make.TimetableFactory(service_point=office, first_on=first_on, last_on=last_on, week=week)
        for first_on, last_on in closures:
            make.ClosureFactory(service_point=office, first_on=first_on, last_on=last_on)
        for starts_on, ends_on in absences:
            make.AbsenceFactory(agent=agents[0], region=office.region, starts_on=starts_on, ends_on=ends_on)
        for who, day, start, length, cancelled in taken:
            starts_at = clock.at(day, *divmod(start * 30, 60))
            make.AppointmentFactory(
                service_point=office,
                agent=agents[who],
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=30 * length),
                kind=AppointmentKind.FIRST,
                status=AppointmentStatus.CANCELLED if cancelled else AppointmentStatus.BOOKED,
                persons=[],
            )
        if template:
            weekdays, start, lasts = template
            make.SlotTemplateFactory(
                service_point=office,
                weekdays=sorted(weekdays),
                starts_at=(clock.at(FIRST, *divmod(start * 30, 60))).time(),
                ends_at=(clock.at(FIRST, *divmod(start * 30 + 120, 60))).time(),
                minutes=lasts,
            )
        slots = list(free_slots(office, FIRST, FIRST + timedelta(days=DAYS - 1), minutes=minutes))
        busy = list(BusyTime.objects.filter(agent__in=agents).values_list("agent", "starts_at", "ends_at"))
        transaction.set_rollback(True)

    for slot in slots:
        day = timezone.localtime(slot.starts_at).date()
        assert FIRST <= day < FIRST + timedelta(days=DAYS)
        assert not any(a == slot.agent.pk and s < slot.ends_at and slot.starts_at < e for a, s, e in busy)
        assert not any(first_on <= day <= last_on for first_on, last_on in closures)
        assert day not in closed_days(day.year)
        assert not (slot.agent == agents[0] and any(first_on <= day <= last_on for first_on, last_on in absences))
        assert all_year or season or day.weekday() < 5
        hours = season[1] if season and season[0][0] <= day <= season[0][1] else all_year
        if hours:
            opens, closes = (_minutes(moment) for moment in (slot.starts_at, slot.ends_at))
            assert any(start <= opens and closes <= end for start, end in hours[day.weekday()])
    assert slots == sorted(slots, key=lambda slot: slot.starts_at)


def _minutes(moment) -> int:
    local = timezone.localtime(moment)
    return local.hour * 60 + local.minute
