"""Booking, moving and ending appointments. The database refuses two at once for an agent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.writes import update_rows
from arrimage.people.models import Person
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import APPOINTMENT_TRANSITIONS, AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class NewAppointment:
    """A time with an agent, for the persons of one household."""

    service_point: ServicePoint
    agent: User
    starts_at: datetime
    ends_at: datetime
    persons: Sequence[Person] = field(default_factory=tuple)
    kind: str = AppointmentKind.FIRST
    interpreter_language: str = ""
    note: str = ""


@action
def book_appointments(actor: Actor, items: Sequence[NewAppointment]) -> list[Appointment]:
    """Book appointments. Raises `Conflict` when an agent's or a person's time is taken: nothing is
    booked then."""
    _require(actor, {item.service_point.region_id for item in items})
    appointments = [
        Appointment(
            region_id=item.service_point.region_id,
            service_point=item.service_point,
            agent=item.agent,
            kind=item.kind,
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            interpreter_language=item.interpreter_language,
            note=item.note,
            booked_by_id=actor.user_id,
        )
        for item in items
    ]
    with clashes_said():
        Appointment.objects.bulk_create(appointments, batch_size=1000)
        Attendance.objects.bulk_create(
            [
                Attendance(appointment=appointment, person=person)
                for appointment, item in zip(appointments, items, strict=True)
                for person in item.persons
            ],
            batch_size=1000,
        )
    return appointments


@action
def add_attendees(actor: Actor, appointment: Appointment, persons: Sequence[Person]) -> None:
    """Let more persons of the household attend an appointment; those who already do are left."""
    _require(actor, {appointment.region_id})
    with clashes_said():
        Attendance.objects.bulk_create(
            [Attendance(appointment=appointment, person=person) for person in persons], ignore_conflicts=True
        )


@action
def set_appointment_status(actor: Actor, appointments: Sequence[Appointment], status: AppointmentStatus) -> None:
    """Say what became of appointments: kept or missed once their day has come, or cancelled."""
    _require(actor, {appointment.region_id for appointment in appointments})
    tomorrow = clock.at(clock.today() + timedelta(days=1), 0)
    locked = list(Appointment.objects.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in appointments]))
    for appointment in locked:
        APPOINTMENT_TRANSITIONS.check(appointment.status, status)
        if status != AppointmentStatus.CANCELLED and appointment.starts_at >= tomorrow:
            raise InvalidInput(_("Ce rendez-vous est à venir : on ne sait pas encore s’il aura lieu."), field="status")
        appointment.status = status
    update_rows(Appointment, locked, ["status"])


def _require(actor: Actor, regions: set[int]) -> None:
    if not (actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)):
        raise NotAllowed(_("Votre rôle ne permet pas de fixer un rendez-vous."))
    if not all(actor.covers_region(region_id) for region_id in regions):
        raise NotAllowed(_("Ce rendez-vous est dans une autre région."))
