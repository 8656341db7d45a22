"""Nobody and nothing is taken twice, whatever takes their time; the database says it, and gives the time back."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from arrimage.accounts.context import acting_as
from arrimage.foundation.errors import Conflict
from arrimage.scheduling.busy import clashes_said, taken_times
from arrimage.scheduling.enums import AppointmentStatus, EnrolmentStatus, InterpretationStatus, SessionStatus
from arrimage.scheduling.models import BusyTime
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment():
    return make.AppointmentFactory(room=make.RoomFactory())


def meeting_at(appointment, **fields):
    """Return a meeting of a session of the same region whose last half hour is the appointment's first."""
    session = make.GroupSessionFactory(service_point=appointment.service_point)
    return make.MeetingFactory(
        session=session,
        starts_at=appointment.starts_at - timedelta(minutes=30),
        ends_at=appointment.starts_at + timedelta(minutes=30),
        **fields,
    )


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_an_agent_is_taken_once_by_appointments_and_sessions_together(appointment) -> None:
    with refused("busy_agent_never_twice"), transaction.atomic():
        meeting_at(appointment, agent=appointment.agent)
    meeting_at(appointment, agent=make.UserFactory(agent=True))


def test_a_room_is_taken_once(appointment) -> None:
    with refused("busy_room_never_twice"), transaction.atomic():
        meeting_at(appointment, room=appointment.room)


def test_a_person_is_taken_once_wherever_the_other_time_is(appointment) -> None:
    person = appointment.persons.get()
    elsewhere = make.AppointmentFactory(region_of=make.region("13"), persons=[])
    with refused("busy_person_never_twice"), transaction.atomic():
        elsewhere.persons.add(person)
    with refused("busy_person_never_twice"), transaction.atomic():
        make.EnrolmentFactory(session=meeting_at(appointment).session, person=person)


def test_waiting_for_a_place_takes_no_time_and_being_seated_does(appointment) -> None:
    waiting = make.EnrolmentFactory(
        session=meeting_at(appointment).session, person=appointment.persons.get(), waiting=True
    )
    waiting.status = EnrolmentStatus.ENROLLED
    with refused("busy_person_never_twice"), transaction.atomic():
        waiting.save()


def test_a_meeting_added_later_takes_those_enrolled(appointment) -> None:
    session = make.GroupSessionFactory()
    make.EnrolmentFactory(session=session, person=appointment.persons.get())
    with refused("busy_person_never_twice"), transaction.atomic():
        make.MeetingFactory(session=session, starts_at=appointment.starts_at, ends_at=appointment.ends_at)


def test_an_interpreter_is_taken_by_what_is_asked_and_freed_by_a_refusal(appointment) -> None:
    booking = make.InterpretationFactory(appointment=appointment)
    meeting = meeting_at(appointment)
    other = {"appointment": None, "meeting": meeting, "region": meeting.session.region}
    with refused("busy_interpreter_never_twice"), transaction.atomic():
        make.InterpretationFactory(interpreter=booking.interpreter, **other)
    booking.status = InterpretationStatus.DECLINED
    booking.save()
    make.InterpretationFactory(interpreter=booking.interpreter, **other)


@pytest.mark.parametrize("end", ["moved", "cancelled", "deleted"])
def test_the_time_is_given_back(appointment, end) -> None:
    before = copy(appointment)
    if end == "moved":
        appointment.starts_at += timedelta(days=1)
        appointment.ends_at += timedelta(days=1)
        appointment.save()
    elif end == "cancelled":
        appointment.status = AppointmentStatus.CANCELLED
        appointment.save()
    else:
        appointment.attendances.all().delete()
    meeting = meeting_at(before, agent=appointment.agent if end != "deleted" else None)
    busy = BusyTime.objects.filter(appointment=appointment)
    assert busy.count() == {"moved": 3, "cancelled": 0, "deleted": 2}[end]
    assert BusyTime.objects.filter(meeting=meeting).count() == (end != "deleted")


def test_one_time_may_follow_another_at_once(appointment) -> None:
    make.AppointmentFactory(
        service_point=appointment.service_point,
        agent=appointment.agent,
        room=appointment.room,
        persons=list(appointment.persons.all()),
        starts_at=appointment.ends_at,
        ends_at=appointment.ends_at + timedelta(hours=1),
    )


def test_a_cancelled_session_gives_everybody_back_their_time() -> None:
    meeting = make.MeetingFactory(agent=make.UserFactory(agent=True), room=make.RoomFactory())
    make.EnrolmentFactory(session=meeting.session)
    assert BusyTime.objects.filter(meeting=meeting).count() == 3
    meeting.session.status = SessionStatus.CANCELLED
    meeting.session.save()
    assert not BusyTime.objects.filter(meeting=meeting).exists()


def test_never_more_seated_than_places() -> None:
    session = make.GroupSessionFactory(places=2)
    for _ in range(2):
        make.EnrolmentFactory(session=session)
    waiting = make.EnrolmentFactory(session=session, waiting=True)
    waiting.status = EnrolmentStatus.ENROLLED
    with refused("no place is left"), transaction.atomic():
        waiting.save()
    session.places = 1
    with refused("no place is left"), transaction.atomic():
        session.save()
    session.places = 3
    session.save()
    waiting.save()


def test_the_refusal_is_said_in_words(appointment) -> None:
    session = make.GroupSessionFactory(places=1)
    make.EnrolmentFactory(session=session)
    with pytest.raises(Conflict, match="Il ne reste plus de place"), clashes_said():
        make.EnrolmentFactory(session=session)
    with pytest.raises(Conflict, match="La salle est déjà prise"), clashes_said():
        meeting_at(appointment, room=appointment.room)
    with pytest.raises(IntegrityError), clashes_said():
        make.RoomFactory(service_point=appointment.room.service_point, name=appointment.room.name)


def test_the_web_writes_no_busy_time(appointment) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("delete from scheduling_busytime")


def test_a_person_who_books_learns_hours_and_sees_no_row(appointment) -> None:
    oneself = make.oneself(make.PersonFactory())
    before, after = appointment.starts_at - timedelta(days=1), appointment.ends_at + timedelta(days=1)
    with acting_as(oneself):
        taken = taken_times("agent", appointment.region_id, before, after)
        assert not BusyTime.objects.exists()
    assert taken == {appointment.agent_id: [(appointment.starts_at, appointment.ends_at)]}
