"""Booking once, moving, giving back: by an agent and by the person herself."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from arrimage.scheduling.actions import (
    NewAppointment,
    book_appointment,
    cancel_appointment,
    move_appointment,
)
from arrimage.scheduling.enums import AppointmentStatus, CancelReason, Mode
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import free_slots
from arrimage.scheduling.tries import TRIES, tried_again
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


@pytest.fixture
def slots(agent, office, day):
    return list(free_slots(office, day, day))


@pytest.fixture
def person():
    return make.PersonFactory()


@pytest.fixture
def herself(person):
    return make.oneself(person)


def at(slot, *persons, **more) -> NewAppointment:
    return NewAppointment(slot.service_point, slot.agent, slot.starts_at, slot.ends_at, persons, **more)


def test_asked_twice_it_is_booked_once(agent, slots, person) -> None:
    new = at(slots[0], person)
    assert book_appointment(agent, new) == book_appointment(agent, new)
    assert Appointment.objects.count() == 1


def test_the_key_of_a_request_gives_nobody_the_time_of_another(agent, slots, person) -> None:
    new = at(slots[0], person)
    book_appointment(agent, new)
    with pytest.raises(Conflict):
        book_appointment(agent, replace(new, persons=(make.PersonFactory(),)))


def test_how_people_meet_and_what_they_need_is_kept(agent, slots, person) -> None:
    call = at(
        slots[0], person, mode=Mode.VIDEO, call_address="https://appel.example/a", language="en",
        needs_step_free=True, accommodation="Langue des signes québécoise",
    )  # fmt: skip
    found = Appointment.objects.get(pk=book_appointment(agent, call).pk)
    assert (found.mode, found.call_address, found.language) == ("video", "https://appel.example/a", "en")
    assert (found.needs_step_free, found.accommodation) == (True, "Langue des signes québécoise")
    with pytest.raises(InvalidInput):
        book_appointment(agent, at(slots[1], make.PersonFactory(), call_address="https://appel.example/b"))


def test_a_free_room_that_suits_is_proposed(agent, office, slots, person) -> None:
    make.RoomFactory(service_point=office, name="A", places=2, is_step_free=False)
    step_free = make.RoomFactory(service_point=office, name="B", places=6)
    other = make.actor(Role.INTEGRATION_AGENT, service_point=office)
    assert book_appointment(agent, at(slots[0], person, needs_step_free=True)).room == step_free
    beside = replace(at(slots[0], make.PersonFactory(), needs_step_free=True), agent=make_user(other))
    assert book_appointment(other, beside).room is None


def make_user(actor):
    from arrimage.accounts.models import User

    return User.objects.get(pk=actor.user_id)


def test_moved_it_is_the_same_record_and_its_history_keeps_the_time_before(agent, slots, person) -> None:
    booked = book_appointment(agent, at(slots[0], person))
    moved = move_appointment(agent, booked, slots[2], version=1)
    assert (moved.pk, moved.starts_at) == (booked.pk, slots[2].starts_at)
    assert "starts_at" in changes_of(moved).first().changed
    assert slots[0].starts_at in [
        slot.starts_at for slot in free_slots(slots[0].service_point, *[day_of(slots[0])] * 2)
    ]


def day_of(slot) -> date:
    return slot.starts_at.date()


def test_moved_where_somebody_is_it_stays_where_it_was(agent, slots, person) -> None:
    booked = book_appointment(agent, at(slots[0], person))
    book_appointment(agent, at(slots[1], make.PersonFactory()))
    with pytest.raises(Conflict):
        move_appointment(agent, booked, slots[1])
    booked.refresh_from_db()
    assert booked.starts_at == slots[0].starts_at


def test_what_another_changed_meanwhile_is_not_written_over(agent, slots, person) -> None:
    booked = book_appointment(agent, at(slots[0], person))
    move_appointment(agent, booked, slots[1], version=1)
    with pytest.raises(Conflict, match="changé"):
        move_appointment(agent, booked, slots[2], version=1)
    with pytest.raises(Conflict, match="changé"):
        cancel_appointment(agent, booked, CancelReason.OFFICE, version=1)


def test_she_books_moves_and_gives_back_her_own(herself, agent, slots, person) -> None:
    mine = book_appointment(herself, at(slots[0], person))
    with pytest.raises(Conflict, match="déjà un rendez-vous"):
        book_appointment(herself, at(slots[1], person))
    move_appointment(herself, mine, slots[1])
    cancelled = cancel_appointment(herself, mine, CancelReason.OFFICE)
    assert (cancelled.status, cancelled.cancel_reason) == (AppointmentStatus.CANCELLED, CancelReason.PERSON)
    assert cancel_appointment(herself, mine, CancelReason.PERSON).pk == mine.pk


def test_she_touches_nobody_else_s(herself, agent, slots) -> None:
    other = make.PersonFactory()
    with pytest.raises(NotAllowed):
        book_appointment(herself, at(slots[0], other))
    theirs = book_appointment(agent, at(slots[0], other))
    with pytest.raises(NotAllowed):
        move_appointment(herself, theirs, slots[1])
    with pytest.raises(NotAllowed):
        cancel_appointment(herself, theirs, CancelReason.PERSON)


def test_what_is_past_or_told_is_moved_no_more(agent, office, slots) -> None:
    past = make.AppointmentFactory(service_point=office, on=add_working_days(clock.today(), -2))
    with pytest.raises(Conflict):
        move_appointment(agent, past, slots[0])
    with pytest.raises(Conflict):
        move_appointment(agent, make.AppointmentFactory(service_point=office, cancelled=True), slots[0])


@pytest.mark.parametrize(("deadlocks", "done"), [(TRIES - 1, True), (TRIES, False)])
def test_a_deadlock_is_tried_again_a_few_times(deadlocks, done) -> None:
    left = iter(range(deadlocks))

    @tried_again
    def work() -> str:
        if next(left, None) is not None:
            raise OperationalError from DeadlockDetected()
        return "done"

    if done:
        assert work() == "done"
    else:
        with pytest.raises(Conflict):
            work()
