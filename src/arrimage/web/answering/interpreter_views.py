"""The pages by which an interpreter answers: hour, place, mode and language, never for whom.

Opening a link changes nothing: mail programs do it by themselves. The answer is a button, behind the code.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right
from arrimage.accounts.link_codes import half_hidden
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import DomainError
from arrimage.foundation.writing import write_date, write_language, write_time
from arrimage.scheduling.interpreter_codes import open_with_code, send_code
from arrimage.scheduling.interpreter_letters import awaits_answer, booking_of, token_of
from arrimage.scheduling.interpreting import confirm_interpretations, decline_interpretations
from arrimage.scheduling.models import Interpretation
from arrimage.web.access import open_to_all
from arrimage.web.answering.forms import CodeForm
from arrimage.web.answering.opened import forget, is_open, remember

ANSWERS = {"yes": confirm_interpretations, "no": decline_interpretations}
View = Callable[[HttpRequest, Interpretation], HttpResponse]


def of_a_live_booking(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the booking its address names; say plainly why the link is worth nothing, when it is."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        booking = booking_of(token)
        if booking is None:
            return render(request, "answering/worthless.html", {"title": _("Ce lien n’est pas valable")}, status=404)
        if not awaits_answer(booking):
            return _over(request)
        return view(request, booking)

    return opened


@open_to_all
@never_cache
@require_safe
@of_a_live_booking
def entrance(request: HttpRequest, booking: Interpretation) -> HttpResponse:
    """Show what is asked, as the letter said; ask for the code."""
    if is_open(request, booking):
        return redirect("interpretation_link_answer", token_of(booking))
    context = {**_page(booking), "contact": half_hidden(booking.interpreter.written_at)}
    return render(request, "answering/interpreter_entrance.html", context)


@open_to_all
@never_cache
@require_POST
@of_a_live_booking
def code(request: HttpRequest, booking: Interpretation) -> HttpResponse:
    """Send a code when none is given yet; take the one that is."""
    given = "code" in request.POST
    form = CodeForm(request.POST if given else None)
    token, address = token_of(booking), get_adapter(request).get_client_ip(request)
    try:
        if not given:
            send_code(booking, address=address)
        elif form.is_valid():
            if open_with_code(booking, form.cleaned_data["code"], address=address):
                remember(request, booking)
                return redirect("interpretation_link_answer", token)
            form.add_error("code", _("Ce code n’est pas le bon, ou il ne vaut plus. Vous pouvez en demander un autre."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("interpretation_link", token)
    context = {
        "title": _("Le code reçu par courriel"),
        "form": form,
        "contact": half_hidden(booking.interpreter.written_at),
        "code_url": reverse("interpretation_link_code", args=[token]),
    }
    return render(request, "answering/code.html", context)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_live_booking
def answer(request: HttpRequest, booking: Interpretation) -> HttpResponse:
    """Take one of the two answers from whoever gave the code."""
    if not is_open(request, booking):
        return redirect("interpretation_link", token_of(booking))
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        return render(request, "answering/interpreter.html", _page(booking))
    holder = system_actor("interprète", Right.ACCOMPANY, region_id=booking.region_id)
    try:
        with acting_as(holder):
            act(holder, [booking])
    except DomainError:  # answered elsewhere since the page was read
        return _over(request)
    forget(request)
    context = {"title": _("Merci"), "sentence": _("Votre réponse est notée.")}
    return render(request, "answering/interpreter_over.html", context)


def _page(booking: Interpretation) -> dict[str, object]:
    return {"title": _("Interpréter"), "token": token_of(booking), "facts": _facts(booking)}


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
