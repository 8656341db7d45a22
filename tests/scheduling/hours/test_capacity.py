"""What a lead reads of the weeks to come."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.scheduling.capacity import WEEK, monday_of, weeks_of
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.territory.working_days import closed_days
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.actor(Role.TEAM_LEAD)


@pytest.fixture
def office():
    return make.ServicePointFactory()


@pytest.fixture
def agents(office):
    return [make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office).user for _each in range(2)]


@pytest.fixture
def monday():
    """The next whole week without a holiday."""
    monday = monday_of(clock.today()) + WEEK
    while any(monday + timedelta(days=n) in closed_days((monday + timedelta(days=n)).year) for n in range(7)):
        monday += WEEK
    return monday


def booked(office, agent, day, hour, **fields):
    starts_at = clock.at(day, hour)
    ends_at = starts_at + timedelta(hours=1)
    return make.AppointmentFactory(
        service_point=office, agent=agent, starts_at=starts_at, ends_at=ends_at, persons=[], **fields
    )


def test_a_week_of_the_usual_hours(lead, office, agents, monday) -> None:
    [week] = weeks_of(lead, [office], monday, 1)
    assert (week.open_days, week.agents, week.offered, week.taken, week.free) == (5, Decimal("2.0"), 60, 0, 60)


def test_what_is_given_and_what_it_leaves(lead, office, agents, monday) -> None:
    booked(office, agents[0], monday, 13)
    booked(office, agents[1], monday, 14, kind=AppointmentKind.FOLLOW_UP)
    booked(office, agents[1], monday, 15, status=AppointmentStatus.CANCELLED)
    [week] = weeks_of(lead, [office], monday, 1)
    assert (week.taken, week.free, week.follow_ups, week.offered) == (1, 58, 1, 59)


def test_absences_closures_and_templates_count(lead, office, agents, monday) -> None:
    make.AbsenceFactory(agent=agents[0], region=office.region, starts_on=monday, ends_on=monday)
    make.ClosureFactory(service_point=office, first_on=monday + timedelta(days=1))
    make.SlotTemplateFactory(service_point=office, airport_hours=48)
    [week] = weeks_of(lead, [office], monday, 1)
    assert (week.open_days, week.agents, week.free) == (4, Decimal("1.8"), 8)


def test_templates_that_overlap_are_not_counted_twice(lead, office, agents, monday) -> None:
    make.SlotTemplateFactory(service_point=office, weekdays=[1], places=2)
    make.SlotTemplateFactory(service_point=office, weekdays=[1], minutes=30)
    [week] = weeks_of(lead, [office], monday, 1)
    assert week.free == 4


def test_an_agent_reads_no_capacity(office, monday) -> None:
    with pytest.raises(NotAllowed):
        weeks_of(make.actor(Role.INTEGRATION_AGENT), [office], monday, 1)


def test_as_many_queries_for_many_points_and_weeks(lead, office, agents, monday, django_assert_num_queries) -> None:
    make.SlotTemplateFactory(service_point=office)
    with CaptureQueriesContext(connection) as one:
        weeks_of(lead, [office], monday, 1)
    points = [office, *make.ServicePointFactory.create_batch(3)]
    with django_assert_num_queries(len(one)):
        weeks_of(lead, points, monday, 6)
