"""The page by which an interpreter answers: hour, place, mode and language, never for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import DomainError
from arrimage.foundation.writing import write_date, write_language, write_time
from arrimage.scheduling.interpreter_letters import awaits_answer, booking_of
from arrimage.scheduling.interpreting import confirm_interpretations, decline_interpretations
from arrimage.scheduling.models import Interpretation
from arrimage.web.access import open_to_all

ANSWERS = {"yes": confirm_interpretations, "no": decline_interpretations}


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked; take the answer. Opening the link answers nothing: mail programs open links by themselves."""
    booking = booking_of(token)
    if booking is None:
        return render(request, "answering/worthless.html", {"title": _("Ce lien n’est pas valable")}, status=404)
    if not awaits_answer(booking):
        return _over(request)
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        return render(request, "answering/interpreter.html", {"title": _("Interpréter"), "facts": _facts(booking)})
    holder = system_actor("interprète", Right.ACCOMPANY, region_id=booking.region_id)
    try:
        with acting_as(holder):
            act(holder, [booking])
    except DomainError:  # answered elsewhere since the page was read
        return _over(request)
    context = {"title": _("Merci"), "sentence": _("Votre réponse est notée.")}
    return render(request, "answering/interpreter_over.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Ce lien ne sert plus"),
        "sentence": _("Une réponse est déjà notée, ou l’interprète n’est plus demandé à cette heure."),
    }
    return render(request, "answering/interpreter_over.html", context, status=410)


def _facts(booking: Interpretation) -> list[tuple[str, str]]:
    facts = [
        (_("Langue"), write_language(booking.language)),
        (_("Façon d’interpréter"), str(booking.get_mode_display())),
    ]
    if (appointment := booking.appointment) is not None:
        hours = f"{write_time(appointment.starts_at)} – {write_time(appointment.ends_at)}"
        facts = [
            (_("Date"), write_date(appointment.starts_at, "EEEE d MMMM y")),
            (_("Heures"), hours),
            (_("Lieu"), f"{appointment.service_point}, {appointment.service_point.address}"),
            *facts,
        ]
    return facts
