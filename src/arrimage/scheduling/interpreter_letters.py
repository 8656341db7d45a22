"""Letters to interpreters or their organisation, and the link by which they answer without an account.

Hour, place, mode and language: neither letter nor link says for whom.
"""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.letters import Written, letter
from arrimage.accounts.rights import system_actor
from arrimage.accounts.signed_links import token_for, uid_in
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus, InterpretationStatus
from arrimage.scheduling.models import Interpretation

ASKED = "scheduling.interpreter_asked"
CANCELLED = "scheduling.interpreter_cancelled"
PURPOSE = "scheduling.interpretation"


def declare() -> None:
    """Say how the letters of this room are written."""
    letter(ASKED)(write_asked)
    letter(CANCELLED)(write_cancelled)


def token_of(booking: Interpretation) -> str:
    """Return the signed text that names a booking in the address of its link."""
    return token_for(booking.uid, purpose=PURPOSE)


def booking_of(token: str) -> Interpretation | None:
    """Return the booking a token names, with its interpreter and its hour; None for one that was not made here."""
    uid = uid_in(token, purpose=PURPOSE)
    if uid is None:
        return None
    with acting_as(system_actor("lien")):
        return _bookings().filter(uid=uid).first()


def awaits_answer(booking: Interpretation) -> bool:
    """Say whether the interpreter may still say yes or no."""
    appointment = booking.appointment
    return (
        booking.status == InterpretationStatus.REQUESTED
        and appointment is not None
        and appointment.status == AppointmentStatus.BOOKED
        and appointment.starts_at > clock.now()
    )


def write_asked(uid: UUID) -> Written | None:
    booking = _bookings().filter(uid=uid).first()
    if booking is None or not awaits_answer(booking):
        return None
    path = reverse("interpretation_link", args=[token_of(booking)])
    return _written(booking, "interpreter_asked", address=f"{settings.SITE_ADDRESS}{path}")


def write_cancelled(uid: UUID) -> Written | None:
    booking = _bookings().filter(uid=uid, status=InterpretationStatus.CANCELLED).first()
    return None if booking is None else _written(booking, "interpreter_cancelled")


def _written(booking: Interpretation, template: str, **more: str) -> Written | None:
    """Return a letter to the interpreter, or else to their organisation; None when neither has an address."""
    interpreter, appointment = booking.interpreter, booking.appointment
    to = interpreter.written_at
    if appointment is None or not to:
        return None
    context = {
        "name": interpreter.name,
        "starts_at": booking.starts_at or appointment.starts_at,
        "ends_at": booking.ends_at or appointment.ends_at,
        "place": appointment.service_point,
        "mode": booking.get_mode_display(),
        "language": booking.language,
        **more,
    }
    return Written(to, "fr", template, context)


def _bookings() -> QuerySet[Interpretation]:
    return Interpretation.objects.select_related("interpreter__organisation", "appointment__service_point", "region")
