"""The address of the link by which somebody confirms or gives back one appointment, and what it opens.

As `links`: signed, worth nothing once the appointment is over or another hour was said since. Opening changes nothing.
"""

import base64
import binascii
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor, system_actor
from arrimage.casework.models import AppointmentMessage

_signer = signing.Signer(salt="casework.appointment_message", sep=".")


def token_of(uid: UUID) -> str:
    """Return the signed text that names a message in its address."""
    return _signer.sign(base64.urlsafe_b64encode(uid.bytes).rstrip(b"=").decode())


def address_of(message: AppointmentMessage) -> str:
    """Return the whole address of a message's link."""
    return f"{settings.SITE_ADDRESS}{reverse('appointment_link', args=[token_of(message.uid)])}"


def message_of(token: str) -> AppointmentMessage | None:
    """Return the message a token names, with its appointment; None for one that was not made here."""
    try:
        uid = UUID(bytes=base64.urlsafe_b64decode(_signer.unsign(token) + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
    with acting_as(system_actor("lien")):
        messages = AppointmentMessage.objects.select_related("appointment__service_point", "appointment__region")
        return messages.filter(uid=uid).first()


def holder_of(message: AppointmentMessage) -> Actor:
    """Return the actor that whoever opens the link is: the person it was sent to, who reaches what is theirs."""
    region = message.appointment.region
    return Actor(
        user_id=None,
        name="lien d’un rendez-vous",
        role=Role.NEWCOMER,
        region_id=region.pk,
        region_code=region.code,
        scope_id=message.person_id,
    )
