"""Moving a time, giving it back, saying what became of it. What is given back goes to whoever waits."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.scheduling.actions.rights import (
    is_newcomer,
    one_at_a_time,
    read_again,
    require_on,
    require_staff,
)
from arrimage.scheduling.actions.waiting import Freed, offer_to_the_next
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import APPOINTMENT_TRANSITIONS, AppointmentStatus, CancelReason, Mode
from arrimage.scheduling.interpreting import interpreters_follow, release_interpreters
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot
from arrimage.scheduling.rooms import free_room
from arrimage.scheduling.tries import tried_again

# Nobody receives at that time any more: it is offered to nobody.
NOBODY_RECEIVES = (CancelReason.AGENT, CancelReason.OFFICE)
TIME = ["service_point", "agent", "starts_at", "ends_at", "room", "confirmed_at"]


@action
@tried_again
def move_appointment(actor: Actor, appointment: Appointment, to: Slot, *, version: int | None = None) -> Appointment:
    """Give an appointment to come another time; the record stays, the history keeps the time it had.

    Its interpreters follow when they are free then, and are asked again; the others are released.

    Raises `Conflict` when it changed since `version`, or when the new time has just been taken: the old one is kept.
    """
    with elevated():
        require_on(actor, appointment)
        one_at_a_time([appointment.service_point_id, to.service_point.pk])
        found = read_again(appointment, None)
        if (found.agent_id, found.starts_at) == (to.agent.pk, to.starts_at):
            return found  # asked twice
        found = read_again(appointment, version)
        _require_to_come(found)
        if to.starts_at <= clock.now():
            raise InvalidInput(_("Cette heure est passée. Choisissez-en une autre."), field="slot")
        freed = Freed.of(found)
        found.service_point, found.agent = to.service_point, to.agent
        found.starts_at, found.ends_at = to.starts_at, to.ends_at
        found.confirmed_at = None
        found.room = None
        if found.mode == Mode.ON_SITE:
            places = found.attendances.count() + 1
            found.room = free_room(
                to.service_point, to.starts_at, to.ends_at, places=places, step_free=found.needs_step_free
            )
        with interpreters_follow(actor, found), clashes_said():
            found.save(update_fields=TIME)
        offer_to_the_next(freed)
    return found


@action
@tried_again
def cancel_appointment(
    actor: Actor, appointment: Appointment, reason: CancelReason, *, version: int | None = None
) -> Appointment:
    """Give a time back, for a reason; asked twice, it is done once. The person's own reason is theirs.

    Raises `Conflict` when it changed since `version`.
    """
    with elevated():
        require_on(actor, appointment)
        one_at_a_time([appointment.service_point_id])
        found = read_again(appointment, None)
        if found.status == AppointmentStatus.CANCELLED:
            return found
        found = read_again(appointment, version)
        _require_to_come(found, staff=not is_newcomer(actor))
        found.status = AppointmentStatus.CANCELLED
        found.cancel_reason = CancelReason.PERSON if is_newcomer(actor) else reason
        found.save(update_fields=["status", "cancel_reason"])
        release_interpreters(actor, found)
        if found.cancel_reason not in NOBODY_RECEIVES:
            offer_to_the_next(Freed.of(found))
    return found


@action
def set_appointment_status(actor: Actor, appointments: Sequence[Appointment], status: AppointmentStatus) -> None:
    """Say what became of appointments: kept or missed once their day has come, or cancelled."""
    require_staff(actor, {appointment.region_id for appointment in appointments})
    tomorrow = clock.at(clock.today() + timedelta(days=1), 0)
    locked = list(Appointment.objects.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in appointments]))
    for appointment in locked:
        APPOINTMENT_TRANSITIONS.check(appointment.status, status)
        if status != AppointmentStatus.CANCELLED and appointment.starts_at >= tomorrow:
            raise InvalidInput(_("Ce rendez-vous est à venir : on ne sait pas encore s’il aura lieu."), field="status")
        appointment.status = status
    update_rows(Appointment, locked, ["status"])
    if status == AppointmentStatus.CANCELLED:
        with elevated():
            for appointment in locked:
                release_interpreters(actor, appointment)
                offer_to_the_next(Freed.of(appointment))


def _require_to_come(appointment: Appointment, *, staff: bool = False) -> None:
    """Refuse what is no longer a time to come; staff may still give back one of the past that nobody told about."""
    if appointment.status != AppointmentStatus.BOOKED:
        raise Conflict(
            _("Ce rendez-vous n’est plus fixé : « %(state)s ».") % {"state": appointment.get_status_display()}
        )
    if not staff and appointment.starts_at <= clock.now():
        raise Conflict(_("L’heure de ce rendez-vous est passée."))
