"""Interpreters: the next to ask, never twice, a yes for one hour alone, letters that name nobody."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from arrimage.accounts.enums import Role
from arrimage.accounts.models import Letter
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.scheduling.actions import cancel_appointment, move_appointment
from arrimage.scheduling.enums import CancelReason, InterpretationStatus, Mode
from arrimage.scheduling.interpreter_letters import ASKED, CANCELLED, token_of, write_asked, write_cancelled
from arrimage.scheduling.interpreter_queries import (
    free_interpreters,
    interpretations_visible_to,
    interpreters_visible_to,
    to_confirm,
    without_interpreter,
)
from arrimage.scheduling.interpreting import (
    ask_interpreter,
    cancel_interpretations,
    confirm_interpretations,
    decline_interpretations,
    finish_interpretation,
    interpreters_follow,
)
from arrimage.scheduling.models import Appointment, Interpretation
from arrimage.scheduling.queries import Slot
from tests import factories as make
from tests.jobs.running import empty_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment():
    return make.AppointmentFactory(interpreter_language="es")


@pytest.fixture
def agent(appointment):
    return make.actor(Role.INTEGRATION_AGENT, service_point=appointment.service_point)


def interpreter(appointment, **fields):
    return make.InterpreterFactory(region=appointment.region, **fields)


def free(appointment, mode=Mode.PHONE) -> list:
    return list(free_interpreters(appointment.region_id, "es", mode, appointment.starts_at, appointment.ends_at))


def same_hour(appointment):
    return make.AppointmentFactory(
        service_point=appointment.service_point,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        interpreter_language="es",
    )


def status_of(booking) -> str:
    return Interpretation.objects.get(pk=booking.pk).status


def test_the_own_bank_comes_first_then_the_least_booked(agent, appointment, django_assert_num_queries) -> None:
    elsewhere = interpreter(appointment, name="A", organisation=make.OrganisationFactory(region=appointment.region))
    often, seldom = interpreter(appointment, name="B"), interpreter(appointment, name="C")
    before = appointment.starts_at - timedelta(days=1)
    other = make.AppointmentFactory(
        service_point=appointment.service_point, starts_at=before, ends_at=before + timedelta(hours=1)
    )
    make.InterpretationFactory(appointment=other, interpreter=often)
    with django_assert_num_queries(1):
        assert free(appointment) == [seldom, often, elsewhere]


def test_nobody_out_of_activity_nor_of_another_language_mode_or_region_is_proposed(appointment) -> None:
    interpreter(appointment, is_active=False)
    interpreter(appointment, languages=["ar"])
    interpreter(appointment, modes=["on_site"])
    make.InterpreterFactory(region=make.region("13"))
    assert free(appointment) == []


def test_who_is_asked_is_proposed_no_more_until_they_decline(agent, appointment) -> None:
    one = interpreter(appointment)
    booking = ask_interpreter(agent, appointment, one, Mode.PHONE)
    assert booking.status == InterpretationStatus.REQUESTED
    assert free(appointment) == []
    decline_interpretations(agent, [booking])
    assert free(appointment) == [one]


def test_somebody_taken_is_refused_and_the_next_named(agent, appointment) -> None:
    one, other = interpreter(appointment), interpreter(appointment)
    ask_interpreter(agent, appointment, one, Mode.PHONE)
    with pytest.raises(Conflict, match=other.name):
        ask_interpreter(agent, same_hour(appointment), one, Mode.PHONE)


def test_when_nobody_else_is_free_it_is_said(agent, appointment) -> None:
    one = interpreter(appointment)
    ask_interpreter(agent, appointment, one, Mode.PHONE)
    with pytest.raises(Conflict, match="Aucun autre"):
        ask_interpreter(agent, same_hour(appointment), one, Mode.PHONE)


def test_one_interpreter_a_language_is_asked_for_an_appointment(agent, appointment) -> None:
    ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    with pytest.raises(Conflict, match="déjà demandé"):
        ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)


def test_what_does_not_fit_is_refused(agent, appointment) -> None:
    with pytest.raises(InvalidInput):
        ask_interpreter(agent, appointment, interpreter(appointment, modes=["on_site"]), Mode.PHONE)
    with pytest.raises(InvalidInput):
        ask_interpreter(agent, make.AppointmentFactory(), interpreter(appointment), Mode.PHONE)


def test_minutes_are_charged_once_the_hour_has_come(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    with pytest.raises(InvalidInput):
        finish_interpretation(agent, booking, minutes=45, cost_code="INT-1")
    confirm_interpretations(agent, [booking])
    past = clock.now() - timedelta(hours=2)
    Appointment.objects.filter(pk=appointment.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    booking = Interpretation.objects.get(pk=booking.pk)
    finish_interpretation(agent, booking, minutes=45, cost_code="INT-1")
    booking.refresh_from_db()
    assert (booking.status, booking.minutes, booking.cost_code) == (InterpretationStatus.DONE, 45, "INT-1")
    with pytest.raises(TransitionNotAllowed):
        cancel_interpretations(agent, [booking])


def move(agent, appointment) -> list[str]:
    with interpreters_follow(agent, appointment) as moved:
        appointment.starts_at += timedelta(days=1)
        appointment.ends_at += timedelta(days=1)
        appointment.save()
    return moved.sentences()


def test_moved_a_free_interpreter_is_asked_again_for_the_new_hour(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    confirm_interpretations(agent, [booking])
    [sentence] = move(agent, appointment)
    assert "nouvelle confirmation" in sentence
    assert status_of(booking) == InterpretationStatus.CANCELLED
    assert [each.interpreter for each in to_confirm(agent)] == [booking.interpreter]


def test_moved_an_interpreter_taken_at_the_new_hour_is_released(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    day = timedelta(days=1)
    other = make.AppointmentFactory(
        service_point=appointment.service_point,
        starts_at=appointment.starts_at + day,
        ends_at=appointment.ends_at + day,
    )
    make.InterpretationFactory(appointment=other, interpreter=booking.interpreter)
    [sentence] = move(agent, appointment)
    assert "n’est pas libre" in sentence
    assert not appointment.interpretations.exclude(pk=booking.pk).exists()


def test_an_appointment_is_listed_until_its_interpreter_confirms(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    assert list(without_interpreter(Appointment.objects.all())) == [appointment]
    confirm_interpretations(agent, [booking])
    assert list(without_interpreter(Appointment.objects.all())) == []


def test_others_neither_see_nor_ask(agent, appointment) -> None:
    one = interpreter(appointment)
    booking = ask_interpreter(agent, appointment, one, Mode.PHONE)
    elsewhere = make.actor(Role.INTEGRATION_AGENT, "13")
    advisor = make.actor(Role.REGIONAL_ADVISOR)
    for actor in (elsewhere, advisor):
        assert not interpreters_visible_to(actor).exists()
        assert not interpretations_visible_to(actor).exists()
        with pytest.raises(NotAllowed):
            cancel_interpretations(actor, [booking])


def test_a_letter_is_promised_once_and_names_no_newcomer(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    assert Letter.objects.filter(kind=ASKED, about=booking.uid).count() == 1
    written = write_asked(booking.uid)
    assert written is not None
    assert written.address == booking.interpreter.email
    person = appointment.persons.get()
    assert person.family_name not in str(written.context)
    assert token_of(booking) in written.context["address"]
    cancel_interpretations(agent, [booking])
    assert write_asked(booking.uid) is None
    assert Letter.objects.filter(kind=CANCELLED, about=booking.uid).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_agents_ask_for_the_same_hour_and_the_second_is_told_the_next() -> None:
    first = make.AppointmentFactory(interpreter_language="es")
    second = same_hour(first)
    agent = make.actor(Role.INTEGRATION_AGENT, service_point=first.service_point)
    wanted, following = interpreter(first, name="A"), interpreter(first, name="B")
    together, told = Barrier(2), []

    def ask(appointment) -> None:
        together.wait(timeout=10)
        try:
            ask_interpreter(agent, appointment, wanted, Mode.PHONE)
        except Conflict as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[each]) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Interpretation.objects.filter(interpreter=wanted).count() == 1
    assert len(told) == 1
    assert f"{following.name} est libre" in told[0].replace("\u00a0", " ")
    empty_queue()  # the letter that was promised


# --- What follows from a move or a cancellation ---------------------------------------------------------------------
def slot_after(appointment, days: int = 1) -> Slot:
    gap = timedelta(days=days)
    return Slot(appointment.service_point, appointment.agent, appointment.starts_at + gap, appointment.ends_at + gap)


@pytest.fixture
def oneself(appointment):
    return make.oneself(appointment.persons.get())


@pytest.mark.parametrize("who", ["agent", "oneself"])
def test_a_move_by_whoever_may_asks_the_interpreter_again(request, agent, appointment, who) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    confirm_interpretations(agent, [booking])
    was = appointment.starts_at
    move_appointment(request.getfixturevalue(who), appointment, slot_after(appointment))
    [again] = appointment.interpretations.exclude(pk=booking.pk)
    assert (again.status, again.starts_at) == (InterpretationStatus.REQUESTED, was + timedelta(days=1))
    assert status_of(booking) == InterpretationStatus.CANCELLED
    written = write_cancelled(booking.uid)
    assert written is not None
    assert written.context["starts_at"] == was, "the letter says the hour that was asked"


def test_an_appointment_moves_to_an_hour_its_interpreter_is_taken(agent, appointment) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    to = slot_after(appointment)
    other = make.AppointmentFactory(service_point=appointment.service_point, starts_at=to.starts_at, ends_at=to.ends_at)
    make.InterpretationFactory(appointment=other, interpreter=booking.interpreter)
    moved = move_appointment(agent, appointment, to)
    assert moved.starts_at == to.starts_at
    assert not appointment.interpretations.exclude(pk=booking.pk).exists()


@pytest.mark.parametrize("who", ["agent", "oneself"])
def test_a_cancelled_appointment_releases_its_interpreter(request, agent, appointment, who) -> None:
    booking = ask_interpreter(agent, appointment, interpreter(appointment), Mode.PHONE)
    cancel_appointment(request.getfixturevalue(who), appointment, CancelReason.PERSON)
    assert status_of(booking) == InterpretationStatus.CANCELLED
    assert Letter.objects.filter(kind=CANCELLED, about=booking.uid).count() == 1
