"""The first appointment, given at the airport."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions import assign_files
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.reception.models import Party
from arrimage.reception.queries import files_to_book, first_appointment_of
from arrimage.scheduling.actions import NewAppointment, add_attendees, book_appointments
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot, free_slots
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class FirstAppointment:
    """A slot given to the persons of a party."""

    slot: Slot
    files: Sequence[File] = field(default_factory=tuple)
    interpreter_language: str = ""


@action
def book_first_appointments(actor: Actor, items: Sequence[FirstAppointment]) -> list[Appointment]:
    """Give parties their first appointment; the agent who receives them answers for their files."""
    appointments = book_appointments(
        actor,
        [
            NewAppointment(
                service_point=item.slot.service_point,
                agent=item.slot.agent,
                starts_at=item.slot.starts_at,
                ends_at=item.slot.ends_at,
                persons=[file.person for file in item.files],
                kind=AppointmentKind.FIRST,
                interpreter_language=item.interpreter_language,
            )
            for item in items
        ],
    )
    by_agent: dict[int, list[File]] = defaultdict(list)
    agents = {item.slot.agent.pk: item.slot.agent for item in items}
    for item in items:
        by_agent[item.slot.agent.pk] += item.files
    for agent_id, files in by_agent.items():
        assign_files(actor, files, agents[agent_id])
    return appointments


@action
def give_first_appointment(
    actor: Actor, party: Party, service_point: ServicePoint, starts_at: datetime, *, interpreter_language: str = ""
) -> Appointment:
    """Give the files of a party that have none a first appointment at a free time, with the agent who has most room.

    A repeat returns the appointment already given. Raises `Conflict` when nobody is free any more at that time,
    `InvalidInput` when no file is open.
    """
    require(actor, Right.RECEIVE_ARRIVALS, region_id=party.region_id)
    if service_point.region_id != party.region_id:
        raise InvalidInput(_("Ce point de services est dans une autre région."), field="service_point")
    Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    files = files_to_book(party)
    if not files:
        given = first_appointment_of(party)
        if given is None:
            raise InvalidInput(_("Ouvrez d’abord les dossiers du groupe."))
        return given
    day = timezone.localtime(starts_at).date()
    slots = [slot for slot in free_slots(service_point, day, day, for_airport=True) if slot.starts_at == starts_at]
    if not slots:
        raise Conflict(_("Cette heure vient d’être prise. Choisissez-en une autre."))
    load = _appointments_of_day(slots)
    for slot in sorted(slots, key=lambda slot: (load[slot.agent.pk], slot.agent.name)):
        try:
            booked = book_first_appointments(actor, [FirstAppointment(slot, files, interpreter_language)])
        except Conflict:
            continue  # taken between our look and our booking: the next agent
        elsewhere = [file.pk for file in files if file.service_point_id != service_point.pk]
        File.objects.filter(pk__in=elsewhere).update(service_point=service_point)
        return booked[0]
    raise Conflict(_("Cette heure vient d’être prise. Choisissez-en une autre."))


@action
def join_first_appointment(actor: Actor, party: Party) -> Appointment:
    """Add to the party's first appointment its members who came later; a repeat adds nobody."""
    require(actor, Right.RECEIVE_ARRIVALS, region_id=party.region_id)
    Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    appointment = first_appointment_of(party)
    if appointment is None or appointment.status != AppointmentStatus.BOOKED or appointment.starts_at < clock.now():
        raise Conflict(_("Ce groupe n’a pas de premier rendez-vous à venir. Proposez-en un."))
    files = files_to_book(party)
    add_attendees(actor, appointment, [file.person for file in files])
    assign_files(actor, [file for file in files if file.agent_id is None], appointment.agent)
    return appointment


def _appointments_of_day(slots: Sequence[Slot]) -> dict[int, int]:
    """Return, by agent, how many appointments they have on the day of these slots."""
    day = timezone.localtime(slots[0].starts_at).date()
    count: dict[int, int] = defaultdict(int)
    agents = [slot.agent for slot in slots]
    for agent_id in Appointment.objects.filter(agent__in=agents, starts_at__date=day).values_list("agent", flat=True):
        count[agent_id] += 1
    return count
