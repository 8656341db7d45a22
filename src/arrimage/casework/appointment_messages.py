"""Writing to people about their appointments: what is due, and how it is said.

Only to who consents to be written to, their adult for a child (`appointment_recipients`), once an address (a household
shares telephones), in the languages that the file's dates allow. Neither the person's name nor the agent's is in a
message: telephones are borrowed, looked at and lost.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from arrimage.accounts.context import action
from arrimage.accounts.letters import Texted, Written, are_muted, letter, post
from arrimage.accounts.rights import Actor
from arrimage.casework.appointment_links import address_of
from arrimage.casework.appointment_recipients import recipient_of, with_recipient
from arrimage.casework.charter import languages_written
from arrimage.casework.enums import MessageChannel, MessageReason
from arrimage.casework.models import AppointmentMessage, File
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.scheduling.enums import AppointmentStatus, CancelReason
from arrimage.scheduling.models import Attendance

KIND = "casework.appointment_message"
LEADS = {
    MessageChannel.EMAIL: timedelta(days=3),
    MessageChannel.TEXT: timedelta(days=1),
}  # before the hour, for a reminder
NO_USE_AFTER = timedelta(hours=1)  # before the hour: a reminder would come too late
AT_ONCE = 500
ADDRESS = {MessageChannel.EMAIL: "email", MessageChannel.TEXT: "phone"}
# Who gave the time back knows it.
KNOWN_TO_THE_PERSON = (CancelReason.PERSON, CancelReason.LAPSED, CancelReason.REFUSED)

_S, _R = AppointmentStatus, MessageReason


@action
def write_about_appointments(actor: Actor) -> int:
    """Promise every message that is due now, and return how many. Done by the clock; done twice, promises once."""
    count = 0
    if are_muted():
        return count
    for reason in MessageReason:
        for channel in MessageChannel:
            while due := list(_due(reason, channel)[:AT_ONCE]):
                written = AppointmentMessage.objects.bulk_create(_once_an_address(due, reason, channel))
                post(actor, KIND, *(message.uid for message in written))
                count += len(written)
    return count


def _due(reason: MessageReason, channel: MessageChannel) -> QuerySet[Any]:
    """Return whose appointment is to be told of, and was not yet to who is written to, nor to who shares an address."""
    field = ADDRESS[channel]
    messages = AppointmentMessage.objects.filter(appointment=OuterRef("appointment"), channel=channel)
    told = with_recipient(messages, field)
    same_hour = told.filter(reason=reason, starts_at=OuterRef("appointment__starts_at"))
    attendances = (
        with_recipient(Attendance.objects.filter(_when(reason, channel, clock.now())), field)
        .exclude(reached_at=None)
        .exclude(Exists(same_hour.filter(reached_at=OuterRef("reached_at"))))
    )
    if reason in (_R.MOVED, _R.CANCELLED):
        attendances = attendances.filter(Exists(told))
    if reason == _R.MOVED:
        attendances = attendances.exclude(Exists(told.filter(starts_at=OuterRef("appointment__starts_at"))))
    return attendances.select_related("appointment").order_by("appointment", "pk")


def _when(reason: MessageReason, channel: MessageChannel, now: datetime) -> Q:
    """Return the condition of the appointments that `reason` is about."""
    to_come = Q(appointment__starts_at__gt=now + NO_USE_AFTER)
    match reason:
        case MessageReason.REMINDER:
            return to_come & Q(appointment__status=_S.BOOKED, appointment__starts_at__lte=now + LEADS[channel])
        case MessageReason.MOVED:
            return to_come & Q(appointment__status=_S.BOOKED)
        case MessageReason.CANCELLED:
            given_back = Q(appointment__cancel_reason__in=KNOWN_TO_THE_PERSON)
            return to_come & Q(appointment__status=_S.CANCELLED) & ~given_back
        case MessageReason.OFFER:
            return Q(appointment__status=_S.OFFERED, appointment__held_until__gt=now)


def _once_an_address(due: list[Any], reason: MessageReason, channel: MessageChannel) -> Iterator[AppointmentMessage]:
    seen = set()
    for attendance in due:
        appointment = attendance.appointment
        key = (appointment.pk, attendance.reached_at)
        if key not in seen:
            seen.add(key)
            yield AppointmentMessage(
                appointment=appointment,
                person_id=attendance.person_id,
                channel=channel,
                reason=reason,
                starts_at=appointment.starts_at,
            )


@letter(KIND)
def write_message(uid: UUID) -> Written | Texted | None:
    """Return what a message says when it leaves; None once it would say what is no longer true."""
    messages = AppointmentMessage.objects.select_related("appointment__service_point")
    message = messages.filter(uid=uid, starts_at=F("appointment__starts_at")).first()
    if message is None or not _still_true(message):
        return None
    person = recipient_of(message, ADDRESS[MessageChannel(message.channel)])
    if person is None:
        return None
    appointment, languages = message.appointment, _languages(person, message)
    template = f"appointment_{message.reason}"
    context = {"appointment": appointment, "point": appointment.service_point, "address": address_of(message)}
    if message.channel == MessageChannel.TEXT:
        return Texted(person.phone, languages, template, context)
    also = languages[1] if len(languages) > 1 else ""
    return Written(person.email, "fr", template, context, also=also)


def language_of(message: AppointmentMessage) -> str:
    """Return the last of the languages a message is written in: that of whoever it goes to, or went to."""
    person = recipient_of(message, ADDRESS[MessageChannel(message.channel)]) or message.person
    return _languages(person, message)[-1]


def _languages(person: Person, message: AppointmentMessage) -> tuple[str, ...]:
    files = File.objects.filter(person=person, region_id=message.appointment.region_id).select_related("person")
    file = files.order_by("status", "-opened_on").first()
    return languages_written(file) if file else ("fr",)


def _still_true(message: AppointmentMessage) -> bool:
    appointment = message.appointment
    if appointment.starts_at <= clock.now():
        return False
    match message.reason:
        case MessageReason.CANCELLED:
            return appointment.status == _S.CANCELLED
        case MessageReason.OFFER:
            return appointment.status == _S.OFFERED
    return appointment.status == _S.BOOKED
