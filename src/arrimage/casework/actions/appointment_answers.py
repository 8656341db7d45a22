"""What a person answers about their own appointment: they will come, or give the time back."""

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.scheduling.actions import accept_offer, cancel_appointment, refuse_offer
from arrimage.scheduling.enums import AppointmentStatus, CancelReason
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
    if locked.status == _S.OFFERED:
        return accept_offer(actor, locked)
    if locked.confirmed_at is None:
        locked.confirmed_at = clock.now()
        locked.save(update_fields=["confirmed_at"])
    return locked


@action
def give_back_appointment(actor: Actor, appointment: Appointment) -> None:
    """Cancel an appointment the person cannot come to, or refuse one offered: it goes to whoever waits. Done once.

    Raises `Conflict` when the appointment is no longer to come.
    """
    locked = _own(actor, appointment)
    if locked.status == _S.OFFERED:
        refuse_offer(actor, locked)
    else:
        cancel_appointment(actor, locked, CancelReason.PERSON)


def _own(actor: Actor, appointment: Appointment) -> Appointment:
    """Lock an appointment of the person's own and return it as it is now."""
    if actor.role != Role.NEWCOMER:
        raise NotAllowed(_("La personne seule répond pour elle-même."))
    own = Appointment.objects.filter(pk=appointment.pk, attendances__person=actor.scope_id)
    locked = own.select_for_update(of=("self",)).first()
    if locked is None:
        raise NotAllowed(_("Ce rendez-vous n’est pas le vôtre."))
    return locked
