"""Giving a time. The database refuses two at once for a person, an agent or a room."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.models import new_uid
from arrimage.people.models import Person
from arrimage.scheduling.actions.rights import is_newcomer, one_at_a_time, require_staff
from arrimage.scheduling.actions.waiting import leave_the_list
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus, Mode
from arrimage.scheduling.models import Appointment, Attendance, Room
from arrimage.scheduling.rooms import free_room
from arrimage.scheduling.tries import tried_again
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class NewAppointment:
    """A time with an agent, for the persons of one household.

    `uid` is made by whoever asks: asked again with the same one, the time is booked once. On site without a `room`,
    one that is free is proposed, where the point has any.
    """

    service_point: ServicePoint
    agent: User
    starts_at: datetime
    ends_at: datetime
    persons: Sequence[Person] = field(default_factory=tuple)
    kind: str = AppointmentKind.FIRST
    interpreter_language: str = ""
    note: str = ""
    mode: str = Mode.ON_SITE
    call_address: str = ""
    language: str = ""
    needs_step_free: bool = False
    accommodation: str = ""
    room: Room | None = None
    uid: UUID = field(default_factory=new_uid)


@action
@tried_again
def book_appointments(actor: Actor, items: Sequence[NewAppointment]) -> list[Appointment]:
    """Book appointments. Raises `Conflict` when an agent's or a person's time is taken: nothing is
    booked then."""
    require_staff(actor, {item.service_point.region_id for item in items})
    one_at_a_time(item.service_point.pk for item in items)
    return _write(actor, items)


@action
@tried_again
def book_appointment(actor: Actor, new: NewAppointment) -> Appointment:
    """Book one appointment, once for its `uid`, with a room proposed; the persons no longer wait for one of its kind.

    Newcomers book for themselves, one to come at a time. Raises `Conflict` when the time has just been taken.
    """
    _require_for(actor, new)
    with elevated():
        one_at_a_time([new.service_point.pk])
        already = Appointment.objects.filter(uid=new.uid).first()
        if already is not None:
            return _the_same(already, new)
        _require_sensible(new)
        if is_newcomer(actor) and has_one_to_come(new.persons[0]):
            raise Conflict(_("Vous avez déjà un rendez-vous à venir : déplacez-le."))
        leave_the_list([person.pk for person in new.persons], new.kind)
        if new.mode == Mode.ON_SITE and new.room is None:
            new = replace(new, room=_proposed_room(new))
        return _write(actor, [new])[0]


@action
@tried_again
def add_attendees(actor: Actor, appointment: Appointment, persons: Sequence[Person]) -> None:
    """Let more persons of the household attend an appointment; those who already do are left."""
    require_staff(actor, {appointment.region_id})
    with clashes_said():
        Attendance.objects.bulk_create(
            [Attendance(appointment=appointment, person=person) for person in persons], ignore_conflicts=True
        )


def has_one_to_come(person: Person) -> bool:
    """Say whether a time to come is booked for a person."""
    coming = Appointment.objects.filter(status=AppointmentStatus.BOOKED, ends_at__gt=clock.now())
    return coming.filter(attendances__person=person).exists()


def _require_for(actor: Actor, new: NewAppointment) -> None:
    if not is_newcomer(actor):
        require_staff(actor, [new.service_point.region_id])
    elif [person.pk for person in new.persons] != [actor.scope_id]:
        raise NotAllowed(_("Vous ne pouvez fixer que vos propres rendez-vous."))


def _require_sensible(new: NewAppointment) -> None:
    if new.starts_at <= clock.now():
        raise InvalidInput(_("Cette heure est passée. Choisissez-en une autre."), field="slot")
    if new.room is not None and new.room.service_point_id != new.service_point.pk:
        raise InvalidInput(_("Cette salle est dans un autre point de services."), field="room")
    if new.call_address and new.mode != Mode.VIDEO:
        raise InvalidInput(_("L’adresse sert aux rencontres en visioconférence."), field="call_address")


def _the_same(already: Appointment, new: NewAppointment) -> Appointment:
    asked = (new.agent.pk, new.starts_at, {person.pk for person in new.persons})
    persons = set(already.attendances.values_list("person_id", flat=True))
    if (already.agent_id, already.starts_at, persons) != asked:
        raise Conflict(_("Cette demande a déjà servi à fixer un autre rendez-vous. Ouvrez de nouveau la page."))
    return already


def _proposed_room(new: NewAppointment) -> Room | None:
    return free_room(
        new.service_point, new.starts_at, new.ends_at, places=len(new.persons) + 1, step_free=new.needs_step_free
    )


def _write(actor: Actor, items: Sequence[NewAppointment]) -> list[Appointment]:
    appointments = [
        Appointment(
            uid=item.uid,
            region_id=item.service_point.region_id,
            service_point=item.service_point,
            agent=item.agent,
            kind=item.kind,
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            mode=item.mode,
            room=item.room,
            call_address=item.call_address,
            language=item.language,
            interpreter_language=item.interpreter_language,
            needs_step_free=item.needs_step_free,
            accommodation=item.accommodation,
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
