"""Answering about one appointment by the link of a message. Opening changes nothing: telephones do it alone.

The page names nobody, and says no more than the message did.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import Actor, system_actor
from arrimage.casework.actions.appointment_answers import confirm_appointment, give_back_appointment
from arrimage.casework.appointment_links import holder_of, message_of, token_of
from arrimage.casework.appointment_messages import language_of
from arrimage.casework.enums import MessageReason
from arrimage.casework.models import AppointmentMessage
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.web.access import open_to_all

View = Callable[[HttpRequest, AppointmentMessage], HttpResponse]


def of_a_message(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the message its address names, in the language that message was written in."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        message = message_of(token)
        if message is None:
            title = _("Ce lien n’est pas valable")
            return render(request, "by_link/worthless.html", {"title": title}, status=404)
        with acting_as(system_actor("lien"), address=_address(request)):
            language = language_of(message)
        with translation.override(language):
            return view(request, message)

    return opened


@open_to_all
@never_cache
@require_safe
@of_a_message
def appointment(request: HttpRequest, message: AppointmentMessage) -> HttpResponse:
    """Say when and where, and take the two answers; once over, say what became of it."""
    found = message.appointment
    if found.starts_at != message.starts_at or found.starts_at <= clock.now():
        context = {"title": _("Ce lien ne sert plus"), "appointment": found, "moved": found.starts_at > clock.now()}
        return render(request, "by_link/over.html", context, status=410)
    context = {
        "title": _title(found),
        "appointment": found,
        "point": found.service_point,
        "token": token_of(message.uid),
        "offered": found.status == AppointmentStatus.OFFERED,
        "may_answer": found.status in (AppointmentStatus.OFFERED, AppointmentStatus.BOOKED),
        "confirmed": found.status == AppointmentStatus.BOOKED and found.confirmed_at is not None,
        "was_offer": message.reason == MessageReason.OFFER,
    }
    return render(request, "by_link/appointment.html", context)


@open_to_all
@never_cache
@require_POST
@of_a_message
def confirm(request: HttpRequest, message: AppointmentMessage) -> HttpResponse:
    return _answer(request, message, confirm_appointment)


@open_to_all
@never_cache
@require_POST
@of_a_message
def give_back(request: HttpRequest, message: AppointmentMessage) -> HttpResponse:
    return _answer(request, message, give_back_appointment)


def _answer(
    request: HttpRequest, message: AppointmentMessage, act: Callable[[Actor, Appointment], object]
) -> HttpResponse:
    """Do what was answered, unless the message speaks of another hour than the appointment's; show it as it is then."""
    holder = holder_of(message)
    if message.starts_at == message.appointment.starts_at:
        try:
            with acting_as(holder, address=_address(request)):
                act(holder, message.appointment)
        except Conflict:
            pass  # the page says what became of it
    return redirect("appointment_link", token_of(message.uid))


def _title(found: Appointment) -> str:
    if found.status == AppointmentStatus.CANCELLED:
        return _("Ce rendez-vous est annulé")
    if found.status == AppointmentStatus.OFFERED:
        return _("Une heure vous est proposée")
    return _("Merci, nous vous attendons") if found.confirmed_at else _("Votre rendez-vous")


def _address(request: HttpRequest) -> str:
    return get_adapter(request).get_client_ip(request)
