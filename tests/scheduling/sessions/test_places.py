"""Places in group sessions go in the order people asked, never to more than there are."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.scheduling.enums import EnrolmentStatus, SessionStatus
from arrimage.scheduling.group_sessions import (
    NewMeeting,
    cancel_enrolment,
    cancel_session,
    change_places,
    enrol,
    plan_session,
)
from arrimage.scheduling.models import Enrolment, GroupSession, SessionProgramme
from arrimage.scheduling.session_queries import places_left
from tests import factories as f

pytestmark = pytest.mark.django_db
E = EnrolmentStatus


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def session(places: int = 2, **values: object) -> GroupSession:
    made = f.GroupSessionFactory(places=places, **values)
    f.MeetingFactory(session=made)
    return made


def states(of: GroupSession) -> list[str]:
    return list(of.enrolments.order_by("asked_at", "pk").values_list("status", flat=True))


def test_those_who_ask_once_it_is_full_are_in_line(agent) -> None:
    full = session(places=2)
    for _ in range(4):
        enrol(agent, full, [f.PersonFactory()])
    assert states(full) == [E.ENROLLED, E.ENROLLED, E.WAITING, E.WAITING]
    assert places_left([full]) == {full.pk: 0}


def test_asked_again_nobody_is_enrolled_twice(agent) -> None:
    made, person = session(), f.PersonFactory()
    assert enrol(agent, made, [person]) == enrol(agent, made, [person])
    assert states(made) == [E.ENROLLED]


def test_a_place_given_back_goes_to_the_first_of_the_line(agent) -> None:
    made = session(places=1)
    first, second, third = (enrol(agent, made, [f.PersonFactory()])[0] for _ in range(3))
    assert cancel_enrolment(agent, first) == [second]
    assert cancel_enrolment(agent, first) == [], "said again, nothing changes"
    third.refresh_from_db()
    assert third.status == E.WAITING


def test_who_is_expected_elsewhere_keeps_their_rank_and_the_next_is_seated(agent) -> None:
    made = session(places=1)
    meeting = made.meetings.get()
    first, second, third = (enrol(agent, made, [f.PersonFactory()])[0] for _ in range(3))
    f.AppointmentFactory(persons=[second.person], starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    assert cancel_enrolment(agent, first) == [third]
    second.refresh_from_db()
    assert second.status == E.WAITING


def test_nobody_passes_before_a_line_that_could_not_take_the_place(agent) -> None:
    made = session(places=1)
    meeting = made.meetings.get()
    first, second = (enrol(agent, made, [f.PersonFactory()])[0] for _ in range(2))
    f.AppointmentFactory(persons=[second.person], starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    cancel_enrolment(agent, first)
    assert enrol(agent, made, [f.PersonFactory()])[0].status == E.WAITING


def test_somebody_expected_elsewhere_is_not_enrolled(agent) -> None:
    made, person = session(), f.PersonFactory()
    meeting = made.meetings.get()
    f.AppointmentFactory(persons=[person], starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    with pytest.raises(Conflict, match="à cette heure"):
        enrol(agent, made, [person])
    assert states(made) == []


def test_more_places_seat_the_line_and_never_fewer_than_are_seated(agent) -> None:
    made = session(places=1)
    _first, second, _third = (enrol(agent, made, [f.PersonFactory()])[0] for _ in range(3))
    assert change_places(agent, made, 2) == [second]
    with pytest.raises(InvalidInput):
        change_places(agent, made, 1)


def test_a_cancelled_session_rebooks_its_people_in_their_order(agent) -> None:
    gone = session(places=2)
    other = session(places=3, programme=gone.programme)
    enrol(agent, other, [f.PersonFactory()])
    people = [f.PersonFactory() for _ in range(4)]
    for person in people:
        enrol(agent, gone, [person])
    done = cancel_session(agent, gone, into=other)
    assert (done.seated, done.waiting, done.left) == (people[:2], people[2:], [])
    gone.refresh_from_db()
    assert gone.status == SessionStatus.CANCELLED
    assert set(states(gone)) == {E.CANCELLED}


def test_a_session_cancelled_without_another_says_who_is_left(agent) -> None:
    made = session()
    person = f.PersonFactory()
    enrol(agent, made, [person])
    assert cancel_session(agent, made).left == [person]
    with pytest.raises(Conflict):
        enrol(agent, made, [person])


def test_another_programme_takes_nobody(agent) -> None:
    made = session()
    other = session(programme=f.SessionProgrammeFactory())
    with pytest.raises(InvalidInput):
        cancel_session(agent, made, into=other)
    made.refresh_from_db()
    assert made.status == SessionStatus.PLANNED


def test_a_newcomer_enrols_themselves_alone_and_before_it_begins() -> None:
    made, person = session(), f.PersonFactory()
    oneself = f.oneself(person)
    assert enrol(oneself, made, [person])[0].status == E.ENROLLED
    with pytest.raises(NotAllowed):
        enrol(oneself, made, [f.PersonFactory()])
    begun = f.GroupSessionFactory()
    hour = clock.now() - timedelta(minutes=5)
    f.MeetingFactory(session=begun, starts_at=hour, ends_at=hour + timedelta(hours=3))
    with pytest.raises(Conflict, match="commencée"):
        enrol(oneself, begun, [person])


def test_another_region_plans_and_enrols_nothing_here() -> None:
    made = session()
    with pytest.raises(NotAllowed):
        enrol(f.actor(Role.INTEGRATION_AGENT, "13"), made, [f.PersonFactory()])
    assert Enrolment.objects.count() == 0


def test_a_session_is_planned_whole_or_not_at_all(agent) -> None:
    point = f.ServicePointFactory()
    room = f.RoomFactory(service_point=point, places=8)
    start = clock.at(clock.today() + timedelta(days=7), 9)
    days = [NewMeeting(start + timedelta(days=n), start + timedelta(days=n, hours=3), room=room) for n in range(3)]
    programme = SessionProgramme.objects.get(code="objectif-integration")
    made = plan_session(agent, programme, point, days, places=8)
    assert made.meetings.count() == 3
    with pytest.raises(Conflict, match="salle"):
        plan_session(agent, programme, point, days[2:], places=8)
    with pytest.raises(InvalidInput):
        plan_session(agent, programme, point, [NewMeeting(start, start + timedelta(hours=1), room=room)], places=9)
    assert GroupSession.objects.count() == 1
