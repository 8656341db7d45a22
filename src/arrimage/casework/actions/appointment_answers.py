"""What a person answers about their own appointment: they will come, or give the time back."""

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.scheduling.enums import APPOINTMENT_TRANSITIONS, AppointmentStatus, CancelReason
from arrimage.scheduling.models import Appointment

_S = AppointmentStatus


@action
def confirm_appointment(actor: Actor, appointment: Appointment) -> Appointment:
    """Note that the person will come; what was offered becomes theirs. Said twice, noted once.

    Raises `Conflict` when the appointment is no longer to come.
    """
    locked = _own(actor, appointment)
    if locked.status not in (_S.OFFERED, _S.BOOKED) or locked.starts_at <= clock.now():
        raise Conflict(_("Ce rendez-vous n’est plus à venir."))
    if locked.status == _S.OFFERED and locked.held_until and locked.held_until <= clock.now():
        raise Conflict(_("Le délai pour répondre est passé : cette heure a été proposée à quelqu’un d’autre."))
    if locked.status != _S.BOOKED or locked.confirmed_at is None:
        locked.status, locked.confirmed_at = _S.BOOKED, clock.now()
        locked.save(update_fields=["status", "confirmed_at"])
    return locked


@action
def give_back_appointment(actor: Actor, appointment: Appointment) -> Appointment:
    """Cancel an appointment the person cannot come to, or refuse one offered. Said twice, done once.

    Raises `Conflict` when the appointment is no longer to come.
    """
    locked = _own(actor, appointment)
    if locked.status == _S.CANCELLED:
        return locked
    if locked.starts_at <= clock.now():
        raise Conflict(_("Ce rendez-vous n’est plus à venir."))
    reason = CancelReason.REFUSED if locked.status == _S.OFFERED else CancelReason.PERSON
    APPOINTMENT_TRANSITIONS.check(locked.status, _S.CANCELLED)
    locked.status, locked.cancel_reason = _S.CANCELLED, reason
    locked.save(update_fields=["status", "cancel_reason"])
    return locked


def _own(actor: Actor, appointment: Appointment) -> Appointment:
    """Lock an appointment of the person's own and return it as it is now."""
    if actor.role != Role.NEWCOMER:
        raise NotAllowed(_("La personne seule répond pour elle-même."))
    own = Appointment.objects.filter(pk=appointment.pk, attendances__person=actor.scope_id)
    locked = own.select_for_update(of=("self",)).first()
    if locked is None:
        raise NotAllowed(_("Ce rendez-vous n’est pas le vôtre."))
    return locked
