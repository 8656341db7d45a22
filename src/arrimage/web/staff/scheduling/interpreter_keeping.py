"""One interpreter: who they are, what is to come, the minutes charged; what a lead writes of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_language, write_number, write_phone
from arrimage.scheduling.enums import InterpretationStatus, Mode
from arrimage.scheduling.interpreter_queries import (
    coming_bookings,
    costs_by_month,
    interpretations_visible_to,
    interpreters_visible_to,
    to_charge,
)
from arrimage.scheduling.interpreters import add_interpreter, edit_interpreter
from arrimage.scheduling.interpreting import finish_interpretation
from arrimage.scheduling.models import Interpreter
from arrimage.territory.models import Region
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.records import form_page, own_region
from arrimage.web.staff.scheduling.interpreter_forms import InterpreterForm, MinutesForm
from arrimage.web.staff.scheduling.interpreter_tables import CostTable

SHOWN = 50


@allows(Right.ACCOMPANY)
@require_safe
def interpreter(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an interpreter, what is to come, what is to be charged, minutes and costs by month and code, and the rates.
    Names no person."""
    found = get_object_or_404(interpreters_visible_to(request.actor).select_related("organisation"), uid=uid)
    bookings = interpretations_visible_to(request.actor)
    waiting = to_charge(bookings, found)[:SHOWN]
    context = {
        "title": found.name,
        "trail": _trail(),
        "interpreter": found,
        "facts_pairs": _facts(found),
        "coming": coming_bookings(bookings, found)[:SHOWN],
        "to_charge": [
            (each, MinutesForm(booking=each) if each.status == InterpretationStatus.CONFIRMED else None)
            for each in waiting
        ],
        "costs": costs_by_month(bookings.filter(interpreter=found)),
        "rates": found.rates.all(),
        "manages": request.actor.may(Right.MANAGE_SCHEDULES),
    }
    return render(request, "staff/scheduling/interpreter.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def finish(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note the minutes of a booking, and the code they are charged to."""
    bookings = interpretations_visible_to(request.actor).select_related("interpreter", "appointment", "meeting")
    booking = get_object_or_404(bookings, uid=uid)
    form = MinutesForm(request.POST, booking=booking)
    if form.is_valid():
        with refusals_shown(request):
            finish_interpretation(request.actor, booking, **form.cleaned_data)
            messages.success(request, _("Les minutes sont notées."))
    else:
        for field, errors in form.errors.items():
            messages.error(request, f"{form[field].label} : {errors[0]}")
    return redirect("staff:interpreter", booking.interpreter.uid)


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Write a new interpreter of the lead's region."""
    region = Region.objects.get(pk=own_region(request.actor))
    form = InterpreterForm(request.POST or None, instance=Interpreter(region=region), actor=request.actor)
    if form.is_valid():
        with refusals_shown(request, form):
            made = add_interpreter(request.actor, region, form.details())
            messages.success(request, _("%(name)s est inscrit.") % {"name": made.name})
            return redirect("staff:interpreter", made.uid)
    return form_page(
        request,
        form,
        title=_("Inscrire un interprète"),
        submit=_("Inscrire"),
        cancel_url=reverse("staff:interpreters"),
        trail=_trail(),
    )


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change an interpreter, or put them out of activity."""
    found = get_object_or_404(interpreters_visible_to(request.actor), uid=uid)
    name, address = found.name, reverse("staff:interpreter", args=[found.uid])
    form = InterpreterForm(request.POST or None, instance=found, actor=request.actor)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_interpreter(request.actor, found, form.details(), version=form.cleaned_data["version"])
            messages.success(request, _("La fiche est enregistrée."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Modifier la fiche"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=[*_trail(), (name, address)],
    )


@allows(Right.MANAGE_SCHEDULES)
@require_safe
def costs(request: ActingRequest) -> HttpResponseBase:
    """The minutes charged in the region and what they cost, by month and code."""
    return render_list(
        request,
        CostTable,
        costs_by_month(interpretations_visible_to(request.actor)),
        title=_("Minutes et coûts d’interprètes"),
        sentence=lambda n: (
            ngettext("%(n)s ligne, par mois et code", "%(n)s lignes, par mois et code", n) % {"n": write_number(n)}
        ),
        empty=_("Aucune minute n’est encore notée. Notez-les sur la fiche d’un interprète."),
        export_name="minutes-interpretes",
        context={"trail": _trail()},
    )


def _trail() -> list[tuple[str, str]]:
    return [(_("Interprètes"), reverse("staff:interpreters"))]


def _facts(found: Interpreter) -> list[tuple[str, str]]:
    return [
        (_("Organisme"), found.organisation.name if found.organisation else _("À son compte")),
        (_("Langues"), ", ".join(write_language(code) for code in found.languages)),
        (_("Façons d’interpréter"), ", ".join(str(Mode(code).label) for code in found.modes)),
        (_("Courriel"), found.email),
        (_("Téléphone"), write_phone(found.phone) if found.phone else ""),
        (_("Code de coût"), found.cost_code),
        (_("En activité"), _("Oui") if found.is_active else _("Non")),
    ]
