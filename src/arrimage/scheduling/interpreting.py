"""Interpreters asked for appointments: asked, confirmed or declined, cancelled, done and charged.

Being asked takes the interpreter's time at once: two agents cannot both ask for the same hour. The next one to ask is
always found by `free_interpreters`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.letters import post
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writes import update_rows
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import INTERPRETATION_TRANSITIONS, AppointmentStatus, InterpretationStatus
from arrimage.scheduling.interpreter_letters import ASKED, CANCELLED
from arrimage.scheduling.interpreter_queries import LIVE, free_interpreters
from arrimage.scheduling.models import Appointment, Interpretation, Interpreter

MOST_MINUTES = 24 * 60


@action
def ask_interpreter(actor: Actor, appointment: Appointment, interpreter: Interpreter, mode: str) -> Interpretation:
    """Ask an interpreter for a coming appointment, in the language it needs; the letter to them is promised.

    Raises `Conflict` when they were taken meanwhile: it names the next one to ask.
    """
    _require(actor, appointment.region_id)
    return _ask(actor, appointment, interpreter, mode)


def _ask(actor: Actor, appointment: Appointment, interpreter: Interpreter, mode: str) -> Interpretation:
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.status != AppointmentStatus.BOOKED or appointment.starts_at <= clock.now():
        raise Conflict(_("Ce rendez-vous n’est plus à venir : aucun interprète n’est à demander."))
    language = appointment.interpreter_language
    if not language:
        raise InvalidInput(_("Dites d’abord quelle langue est à interpréter."), field="language")
    fits = interpreter.is_active and interpreter.region_id == appointment.region_id
    if not fits or language not in interpreter.languages or mode not in interpreter.modes:
        raise InvalidInput(
            _("%(name)s n’interprète pas cette langue de cette façon.") % {"name": interpreter.name},
            field="interpreter",
        )
    booking = Interpretation(
        region_id=appointment.region_id,
        interpreter=interpreter,
        appointment=appointment,
        language=language,
        mode=mode,
        cost_code=interpreter.cost_code,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        asked_by_id=actor.user_id,
    )
    try:
        with clashes_said():
            booking.save()
    except Conflict as taken:
        raise Conflict(_with_the_next(taken, appointment, interpreter, mode)) from taken
    post(actor, ASKED, booking.uid)
    return booking


@action
def confirm_interpretations(actor: Actor, bookings: Sequence[Interpretation]) -> None:
    """Note that interpreters said yes."""
    _require_all(actor, bookings)
    _turn(actor, bookings, InterpretationStatus.CONFIRMED)


@action
def decline_interpretations(actor: Actor, bookings: Sequence[Interpretation]) -> None:
    """Note that interpreters said no: their time is given back, and another is to be asked."""
    _require_all(actor, bookings)
    _turn(actor, bookings, InterpretationStatus.DECLINED)


@action
def cancel_interpretations(actor: Actor, bookings: Sequence[Interpretation]) -> None:
    """Ask interpreters no more: their time is given back, and a letter tells them so."""
    _require_all(actor, bookings)
    _cancel(actor, bookings)


def release_interpreters(actor: Actor, appointment: Appointment) -> None:
    """Ask nobody any more for an appointment that will not be: what follows from cancelling it, whoever did."""
    _cancel(actor, list(appointment.interpretations.filter(status__in=LIVE)))


@action
def finish_interpretation(actor: Actor, booking: Interpretation, *, minutes: int, cost_code: str) -> None:
    """Note that an interpreter came, the minutes charged and the code they are charged to."""
    if not 0 < minutes <= MOST_MINUTES:
        raise InvalidInput(_("Écrivez un nombre de minutes entre 1 et 1440."), field="minutes")
    held = booking.appointment or booking.meeting
    if held and held.starts_at > clock.now():
        raise InvalidInput(_("Ce rendez-vous n’a pas encore commencé."), field="minutes")
    _require_all(actor, [booking])
    _turn(actor, [booking], InterpretationStatus.DONE, minutes=minutes, cost_code=cost_code.strip())


@dataclass
class Moved:
    """What became of the interpreters of an appointment that was moved."""

    kept: list[Interpreter] = field(default_factory=list)
    released: list[Interpreter] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Return what to say of each interpreter."""
        asked = _("%(name)s est libre à la nouvelle heure : une nouvelle confirmation lui est demandée.")
        lost = _("%(name)s n’est pas libre à la nouvelle heure : demandez un autre interprète.")
        return [asked % {"name": each.name} for each in self.kept] + [
            lost % {"name": each.name} for each in self.released
        ]


@contextmanager
def interpreters_follow(actor: Actor, appointment: Appointment) -> Iterator[Moved]:
    """Move an appointment inside, in one transaction: its interpreters are asked again for the new hour when they are
    free then, else released. A yes given for one hour is never taken for another. It follows from a move, whoever has
    the right to it: no other is asked."""
    before = list(appointment.interpretations.filter(status__in=LIVE).select_related("interpreter"))
    _cancel(actor, before)
    moved = Moved()
    yield moved
    for booking in before:
        try:
            _ask(actor, appointment, booking.interpreter, booking.mode)
        except (Conflict, InvalidInput):
            moved.released.append(booking.interpreter)
        else:
            moved.kept.append(booking.interpreter)


def _cancel(actor: Actor, bookings: Sequence[Interpretation]) -> None:
    _turn(actor, bookings, InterpretationStatus.CANCELLED)
    post(actor, CANCELLED, *[booking.uid for booking in bookings])


def _turn(actor: Actor, bookings: Sequence[Interpretation], status: InterpretationStatus, **values: int | str) -> None:
    """Write a new state, with `values`, on bookings locked in the order of their keys."""
    locked = list(
        Interpretation.objects.select_for_update(of=("self",))
        .filter(pk__in=[booking.pk for booking in bookings])
        .order_by("pk")
    )
    if len(locked) != len({booking.pk for booking in bookings}):  # the database shows none of another region
        raise NotAllowed(_("Ce rendez-vous est dans une autre région."))
    for booking in locked:
        INTERPRETATION_TRANSITIONS.check(booking.status, status)
        booking.status = status
        for name, value in values.items():
            setattr(booking, name, value)
    update_rows(Interpretation, locked, ["status", *values])


def _with_the_next(taken: Conflict, appointment: Appointment, interpreter: Interpreter, mode: str) -> str:
    """Return what refused, and who is free instead."""
    others = free_interpreters(
        appointment.region_id, appointment.interpreter_language, mode, appointment.starts_at, appointment.ends_at
    )
    following = others.exclude(pk=interpreter.pk).first()
    if following is None:
        return _("%(why)s Aucun autre n’est libre.") % {"why": taken}
    return _("%(why)s %(name)s est libre.") % {"why": taken, "name": following.name}


def _require_all(actor: Actor, bookings: Sequence[Interpretation]) -> None:
    for booking in bookings:
        _require(actor, booking.region_id)


def _require(actor: Actor, region_id: int) -> None:
    if not (actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)):
        raise NotAllowed(_("Votre rôle ne permet pas de demander un interprète."))
    if not actor.covers_region(region_id):
        raise NotAllowed(_("Ce rendez-vous est dans une autre région."))
