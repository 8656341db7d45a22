"""Interpreters: who they are, whom to ask for an appointment, who has not answered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.queries import appointments_open_to
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_language, write_number, write_phone, write_time
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.interpreter_queries import (
    LIVE,
    free_interpreters,
    interpretations_visible_to,
    interpreters_visible_to,
    to_confirm,
    without_interpreter,
)
from arrimage.scheduling.interpreting import (
    ask_interpreter,
    cancel_interpretations,
    confirm_interpretations,
    decline_interpretations,
)
from arrimage.scheduling.models import Interpreter
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.interpreter_tables import InterpreterFilter, InterpreterTable
from arrimage.web.staff.scheduling.tabs import tabs

SHOWN = 50
ANSWERS = {
    "confirmed": confirm_interpretations,
    "declined": decline_interpretations,
    "cancelled": cancel_interpretations,
}


@allows(Right.ACCOMPANY)
@require_safe
def interpreters(request: ActingRequest) -> HttpResponseBase:
    """The region's interpreters."""
    return render_list(
        request,
        InterpreterTable,
        interpreters_visible_to(request.actor).select_related("organisation"),
        InterpreterFilter,
        title=_("Interprètes"),
        sentence=lambda n: ngettext("%(n)s interprète", "%(n)s interprètes", n) % {"n": write_number(n)},
        empty=_("Aucun interprète n’est inscrit dans votre région."),
        export_name="interpretes",
        template="staff/scheduling/interpreters.html",
        context={
            "tabs": tabs(request.actor, "staff:interpreters"),
            "primary": (_("Voir ce qui est à confirmer"), reverse("staff:interpreters_waiting")),
            "manages": request.actor.may(Right.MANAGE_SCHEDULES),
        },
    )


@allows(Right.ACCOMPANY)
@require_safe
def waiting(request: ActingRequest) -> HttpResponse:
    """Who has not answered, and which coming appointments nobody has confirmed; the nearest first. Names no person."""
    actor = request.actor
    context = {
        "title": _("Interprètes à confirmer"),
        "trail": [(_("Interprètes"), reverse("staff:interpreters"))],
        "bookings": to_confirm(actor)[:SHOWN],
        "lacking": without_interpreter(appointments_open_to(actor)).select_related("service_point", "agent")[:SHOWN],
    }
    return render(request, "staff/scheduling/interpreters_waiting.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["POST"])
def answered(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note what an interpreter answered by another way, or ask them no more (`status`)."""
    bookings = interpretations_visible_to(request.actor).select_related("interpreter", "appointment", "meeting")
    booking = get_object_or_404(bookings, uid=uid)
    act = ANSWERS.get(request.POST.get("status", ""))
    if act is not None:
        with refusals_shown(request):
            act(request.actor, [booking])
            messages.success(request, _("C’est noté."))
    held = booking.appointment or booking.meeting
    if held and held.starts_at <= clock.now():  # its minutes come next
        return redirect("staff:interpreter", booking.interpreter.uid)
    return redirect("staff:interpreters_waiting")


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show who is free for an appointment, in the order to ask them, by mode (`?mode=phone`); ask one of them."""
    actor = request.actor
    appointment = get_object_or_404(appointments_open_to(actor).select_related("service_point"), uid=uid)
    given = request.GET.get("mode", "")
    mode = given if given in Mode.values else appointment.mode
    if request.method == "POST":
        mode = request.POST.get("mode", "")
        interpreter = get_object_or_404(
            interpreters_visible_to(actor).select_related("organisation"),
            uid=_as_uid(request.POST.get("interpreter")),
        )
        with refusals_shown(request):
            ask_interpreter(actor, appointment, interpreter, mode)
            messages.success(request, _("%(name)s est demandé.") % {"name": interpreter.name})
            if not interpreter.written_at:
                messages.warning(request, _to_call(interpreter))
        return redirect("staff:interpreter_ask", appointment.uid)
    language = appointment.interpreter_language
    context = {
        "title": _("Demander un interprète"),
        "lead": f"{write_date(appointment.starts_at)}, {write_time(appointment.starts_at)}",
        "trail": [(_("Rendez-vous"), reverse("staff:appointment", args=[appointment.uid]))],
        "appointment": appointment,
        "language": write_language(language) if language else "",
        "mode": mode,
        "modes": Mode.choices,
        "asked": interpretations_visible_to(actor)
        .filter(appointment=appointment, status__in=LIVE)
        .select_related("interpreter__organisation"),
        "free": free_interpreters(appointment.region_id, language, mode, appointment.starts_at, appointment.ends_at)[
            :SHOWN
        ],
    }
    return render(request, "staff/scheduling/interpreter_ask.html", context)


def _to_call(interpreter: Interpreter) -> str:
    """Return what to do when no letter can leave."""
    if not interpreter.called_at:
        return _("Aucun courriel ni téléphone n’est connu : la demande ne lui est pas parvenue.")
    return _("Aucun courriel n’est connu : appelez au %(phone)s.") % {"phone": write_phone(interpreter.called_at)}


def _as_uid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
