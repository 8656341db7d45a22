"""Times given back go to whoever waits, by the order of decision 0033."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import system_actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.scheduling.actions import (
    NewAppointment,
    NewWaiting,
    accept_offer,
    book_appointment,
    cancel_appointment,
    end_unanswered_offers,
    move_appointment,
    refuse_offer,
    take_off_the_list,
    wait_for_a_time,
)
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus, CancelReason, WaitingStatus
from arrimage.scheduling.models import Appointment, WaitingEntry
from arrimage.scheduling.queries import free_slots
from arrimage.scheduling.waiting_rules import HELD_FOR
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
    return add_working_days(clock.today(), 5)


@pytest.fixture
def booked(agent, office, day):
    return make.AppointmentFactory(
        service_point=office,
        agent=User.objects.get(pk=agent.user_id),
        starts_at=next(free_slots(office, day, day)).starts_at,
    )


def waits(office, **fields) -> WaitingEntry:
    return make.WaitingEntryFactory(region=office.region, points=[office], **fields)


def offered_to() -> list:
    return list(
        Appointment.objects.filter(status=AppointmentStatus.OFFERED).values_list("attendances__person", flat=True)
    )


def pass_the_time(monkeypatch, how_long: timedelta) -> None:
    later = clock.now() + how_long
    monkeypatch.setattr(clock, "now", lambda: later)


def test_the_nearest_limit_comes_first_then_the_longest_wait(agent, office, booked, day) -> None:
    now = clock.now()
    patient = waits(office, waits_since=now - timedelta(days=30))
    later = waits(office, due_on=day + timedelta(days=3), waits_since=now - timedelta(days=9))
    urgent = waits(office, due_on=day, waits_since=now)
    cancel_appointment(agent, booked, CancelReason.PERSON)
    for entry in (urgent, later, patient):
        assert offered_to() == [entry.person_id]
        refuse_offer(agent, Appointment.objects.get(status=AppointmentStatus.OFFERED))
    assert offered_to() == []


@pytest.mark.parametrize(
    "fields",
    [{"kind": AppointmentKind.FOLLOW_UP}, {"earliest": 1}, {"latest": -1}, {"points": "elsewhere"}],
)
def test_a_time_that_does_not_suit_is_not_offered(agent, office, booked, day, fields) -> None:
    given = {name: day + timedelta(days=value) if isinstance(value, int) else value for name, value in fields.items()}
    if "points" in given:
        given["points"] = [make.ServicePointFactory()]
    make.WaitingEntryFactory(region=office.region, **({"points": [office]} | given))
    cancel_appointment(agent, booked, CancelReason.PERSON)
    assert offered_to() == []


def test_a_moved_appointment_gives_its_time(agent, office, booked, day) -> None:
    entry = waits(office)
    move_appointment(agent, booked, list(free_slots(office, day, day))[2])
    assert offered_to() == [entry.person_id]


def test_whoever_is_taken_at_that_hour_is_passed_over(agent, office, booked) -> None:
    busy, free = waits(office, due_on=clock.today()), waits(office)
    make.AppointmentFactory(starts_at=booked.starts_at, persons=[busy.person])
    cancel_appointment(agent, booked, CancelReason.PERSON)
    assert offered_to() == [free.person_id]


def test_an_agent_who_is_away_gives_no_time(agent, office, booked) -> None:
    waits(office)
    cancel_appointment(agent, booked, CancelReason.AGENT)
    assert offered_to() == []


def test_a_time_too_near_to_answer_is_not_offered(agent, office, booked, monkeypatch) -> None:
    waits(office)
    pass_the_time(monkeypatch, booked.starts_at - clock.now() - timedelta(hours=1))
    cancel_appointment(agent, booked, CancelReason.PERSON)
    assert offered_to() == []


def test_she_takes_the_time_kept_for_her_once(agent, office, booked) -> None:
    entry = waits(office)
    cancel_appointment(agent, booked, CancelReason.PERSON)
    offer = Appointment.objects.get(status=AppointmentStatus.OFFERED)
    assert offer.starts_at not in [slot.starts_at for slot in free_slots(office, *[offer.starts_at.date()] * 2)]
    herself = make.oneself(entry.person)
    assert accept_offer(herself, offer).status == accept_offer(herself, offer).status == AppointmentStatus.BOOKED
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.PLACED


def test_nobody_answers_for_another(agent, office, booked) -> None:
    waits(office)
    cancel_appointment(agent, booked, CancelReason.PERSON)
    offer = Appointment.objects.get(status=AppointmentStatus.OFFERED)
    stranger = make.oneself(make.PersonFactory())
    for answer in (accept_offer, refuse_offer):
        with pytest.raises(NotAllowed):
            answer(stranger, offer)


def test_an_offer_left_unanswered_goes_to_the_next_and_costs_the_place(agent, office, booked, monkeypatch) -> None:
    silent, following = waits(office, waits_since=clock.now() - timedelta(days=9)), waits(office)
    cancel_appointment(agent, booked, CancelReason.PERSON)
    offer = Appointment.objects.get(status=AppointmentStatus.OFFERED)
    assert end_unanswered_offers(system_actor("clock")) == 0
    pass_the_time(monkeypatch, HELD_FOR + timedelta(minutes=1))
    with pytest.raises(Conflict):
        accept_offer(agent, offer)
    assert end_unanswered_offers(system_actor("clock")) == 1
    silent.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.cancel_reason, silent.status) == (CancelReason.LAPSED, WaitingStatus.WAITING)
    assert silent.waits_since > following.waits_since
    assert offered_to() == [following.person_id]


def test_after_two_silences_somebody_is_to_be_called(office, monkeypatch) -> None:
    offer = make.AppointmentFactory(service_point=office, offered=True, held_until=clock.now())
    entry = waits(office, unanswered=1, status=WaitingStatus.OFFERED, offer=offer)
    end_unanswered_offers(system_actor("clock"))
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.LEFT


def test_who_is_booked_otherwise_waits_no_more_and_frees_what_was_kept(agent, office, booked, day) -> None:
    first, second = waits(office, due_on=day), waits(office)
    cancel_appointment(agent, booked, CancelReason.PERSON)
    slot = list(free_slots(office, day, day))[1]
    book_appointment(agent, NewAppointment(office, slot.agent, slot.starts_at, slot.ends_at, [first.person]))
    first.refresh_from_db()
    assert first.status == WaitingStatus.PLACED
    assert offered_to() == [second.person_id]


def test_one_waits_once_for_a_kind_and_keeps_the_place(agent, office) -> None:
    person = make.PersonFactory()
    entry = wait_for_a_time(agent, NewWaiting(person, [office], AppointmentKind.FIRST))
    again = wait_for_a_time(agent, NewWaiting(person, [office], AppointmentKind.FIRST, latest=clock.today()))
    assert (again.pk, again.waits_since) == (entry.pk, entry.waits_since)
    take_off_the_list(agent, entry)
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.LEFT


def test_she_waits_for_herself_alone(office) -> None:
    person = make.PersonFactory()
    herself = make.oneself(person)
    assert wait_for_a_time(herself, NewWaiting(person, [office], AppointmentKind.FIRST)).person == person
    with pytest.raises(InvalidInput):
        wait_for_a_time(herself, NewWaiting(make.PersonFactory(), [office], AppointmentKind.FIRST))
