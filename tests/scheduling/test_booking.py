"""Free times and bookings: within the hours, never twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed, TransitionNotAllowed
from arrimage.scheduling.actions import NewAppointment, book_appointments, set_appointment_status
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.scheduling.queries import Slot, appointments_visible_to, free_slots
from arrimage.territory.working_days import add_working_days
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.ServicePointFactory()


@pytest.fixture
def agent(office):
    return make.actor(Role.INTEGRATION_AGENT, service_point=office)


@pytest.fixture
def day() -> date:
    return add_working_days(clock.today(), 3)


def booking(slot: Slot, *persons) -> NewAppointment:
    return NewAppointment(slot.service_point, slot.agent, slot.starts_at, slot.ends_at, persons)


def test_times_lie_within_the_hours_and_leave_lunch_free(agent, office, day) -> None:
    hours = [timezone.localtime(slot.starts_at).strftime("%H:%M") for slot in free_slots(office, day, day)]
    assert hours == ["08:30", "09:30", "10:30", "13:00", "14:00", "15:00"]


def test_no_time_on_a_closed_day_nor_in_the_past(agent, office) -> None:
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7)
    assert list(free_slots(office, saturday, saturday + timedelta(days=1))) == []
    past = add_working_days(clock.today(), -2)
    assert list(free_slots(office, past, past)) == []


def test_a_time_taken_is_offered_no_more_until_it_is_cancelled(agent, office, day) -> None:
    slot = next(free_slots(office, day, day))
    [appointment] = book_appointments(agent, [booking(slot)])
    assert slot.starts_at not in [free.starts_at for free in free_slots(office, day, day)]
    set_appointment_status(agent, [appointment], AppointmentStatus.CANCELLED)
    assert slot.starts_at in [free.starts_at for free in free_slots(office, day, day)]


def test_two_at_once_is_refused_and_nothing_of_the_second_is_kept(agent, office, day) -> None:
    first, *_others, last = free_slots(office, day, day)
    person = make.PersonFactory()
    book_appointments(agent, [booking(first)])
    with pytest.raises(Conflict):
        book_appointments(agent, [booking(last, person), booking(first, person)])
    assert Appointment.objects.count() == 1
    assert not Attendance.objects.filter(person=person).exists()


def test_an_ended_appointment_takes_no_other_end(agent, office, day) -> None:
    [appointment] = book_appointments(agent, [booking(next(free_slots(office, day, day)))])
    set_appointment_status(agent, [appointment], AppointmentStatus.CANCELLED)
    with pytest.raises(TransitionNotAllowed):
        set_appointment_status(agent, [appointment], AppointmentStatus.KEPT)


def test_another_region_neither_books_nor_sees(agent, office, day) -> None:
    elsewhere = make.actor(Role.INTEGRATION_AGENT, "13")
    slot = next(free_slots(office, day, day))
    with pytest.raises(NotAllowed):
        book_appointments(elsewhere, [booking(slot)])
    [appointment] = book_appointments(agent, [booking(slot)])
    assert appointment in appointments_visible_to(agent)
    assert appointment not in appointments_visible_to(elsewhere)
