"""The first appointment within five working days: what is needed, what is too late."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.first_appointments import appointments_needed, with_late_appointment
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.people.enums import Relation
from arrimage.scheduling.capacity import WEEK, monday_of
from arrimage.scheduling.enums import AppointmentStatus
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.actor(Role.TEAM_LEAD)


@pytest.fixture
def office():
    return make.ServicePointFactory()


def met(file, day, **fields):
    return make.AppointmentFactory(
        service_point=file.service_point,
        starts_at=clock.at(day, 10),
        ends_at=clock.at(day, 11),
        persons=[file.person],
        **fields,
    )


def test_an_appointment_after_the_last_day_is_too_late(lead, office) -> None:
    late, in_time, cancelled = make.FileFactory.create_batch(3, service_point=office)
    due = late.first_appointment_due
    too_late = met(late, due + timedelta(days=1))
    met(in_time, due)
    met(in_time, due + timedelta(days=7))
    met(cancelled, due + timedelta(days=1), status=AppointmentStatus.CANCELLED)
    [found] = with_late_appointment(lead)
    assert (found, found.appointment_uid, found.meets_at) == (late, too_late.uid, too_late.starts_at)


def test_a_child_of_the_household_is_not_listed_too(lead, office) -> None:
    file = make.FileFactory(service_point=office)
    met(file, file.first_appointment_due + timedelta(days=1))
    make.MemberFactory(person=file.person, relation=Relation.CHILD)
    assert not with_late_appointment(lead).exists()


def test_another_region_s_are_not_listed(office) -> None:
    file = make.FileFactory(service_point=office)
    met(file, file.first_appointment_due + timedelta(days=1))
    assert not with_late_appointment(make.actor(Role.TEAM_LEAD, "13")).exists()


def test_what_is_needed_by_point_and_week(lead, office) -> None:
    monday = monday_of(clock.today())
    due = monday + WEEK
    make.FileFactory.create_batch(2, service_point=office, first_appointment_due=due)
    make.FileFactory(service_point=office, first_appointment_due=monday - timedelta(days=3))
    spouse, given = make.FileFactory.create_batch(2, service_point=office, first_appointment_due=due)
    make.MemberFactory(person=spouse.person, relation=Relation.SPOUSE)
    met(given, due)
    make.FileFactory(region=make.region("13"), first_appointment_due=due)
    needed = appointments_needed(lead, monday, monday + 2 * WEEK)
    assert needed == {(office.pk, due): 2, (office.pk, monday): 1}


def test_an_agent_reads_no_needs() -> None:
    with pytest.raises(NotAllowed):
        appointments_needed(make.actor(Role.INTEGRATION_AGENT), clock.today(), clock.today())


def test_who_waits_is_still_said_in_what_is_to_do(lead, office) -> None:
    near = make.FileFactory(service_point=office, first_appointment_due=clock.today())
    make.FileFactory(service_point=office, first_appointment_due=clock.today() + timedelta(days=20))
    assert list(waiting(lead, Reason.FIRST_APPOINTMENT)) == [near]
