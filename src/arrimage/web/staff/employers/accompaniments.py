"""Accompaniments: asked, taken in charge, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.employers.actions import (
    Ended,
    NewRequest,
    TakenInCharge,
    end_accompaniments,
    request_accompaniments,
    take_charge,
)
from arrimage.employers.models import Accompaniment
from arrimage.employers.queries import accompaniments_visible_to
from arrimage.foundation.writing import write_date, write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.employers.filters import AccompanimentFilter
from arrimage.web.staff.employers.forms import EndForm, RequestForm, TakeForm
from arrimage.web.staff.employers.reading import accompaniment_for, employer_for, tabs, trail
from arrimage.web.staff.employers.tables import AccompanimentTable
from arrimage.web.staff.records import form_page


@allows(Right.SEE_EMPLOYERS)
@require_safe
def accompaniments(request: ActingRequest) -> HttpResponseBase:
    """List the requests and accompaniments of the region."""
    may = request.actor.may(Right.MANAGE_EMPLOYERS)
    return render_list(
        request,
        AccompanimentTable,
        accompaniments_visible_to(request.actor).select_related("employer", "advisor"),
        AccompanimentFilter,
        title=_("Employeurs"),
        sentence=lambda count: (
            ngettext("%(count)s accompagnement", "%(count)s accompagnements", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucune demande n’est encore inscrite.")),
        export_name="accompagnements",
        template="staff/shared/list.html",
        context={
            "tabs": tabs("accompaniments"),
            "primary": None,
            "import_url": reverse("staff:import", args=["accompaniments"]) if may else "",
        },
    )


@allows(Right.MANAGE_EMPLOYERS)
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note what an employer asks, in the actor's own region."""
    employer = employer_for(request.actor, uid)
    form = RequestForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            new = NewRequest(employer, region_id=request.actor.region_id, **form.cleaned_data)
            request_accompaniments(request.actor, [new])
            messages.success(request, _("La demande est notée."))
            return redirect("staff:employer", uid=uid)
    return form_page(
        request,
        form,
        title=_("Noter une demande"),
        submit=_("Noter la demande"),
        cancel_url=reverse("staff:employer", args=[uid]),
        trail=trail(employer),
    )


@allows(Right.MANAGE_EMPLOYERS)
@require_http_methods(["GET", "POST"])
def take(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a request in charge, oneself or for a colleague."""
    found = accompaniment_for(request.actor, uid)
    form = TakeForm(request.POST or None, accompaniment=found, user_id=request.actor.user_id)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_shown(request, form):
            taken = TakenInCharge(found, advisor=given["advisor"], on=given["in_charge_on"], note=given["note"])
            take_charge(request.actor, [taken])
            messages.success(request, _("La demande est prise en charge."))
            return redirect("staff:employer", uid=found.employer.uid)
    return form_page(
        request,
        form,
        title=_("Prendre la demande en charge"),
        submit=_("Prendre en charge"),
        cancel_url=reverse("staff:employer", args=[found.employer.uid]),
        trail=trail(found.employer),
        facts=_facts(found),
    )


@allows(Right.MANAGE_EMPLOYERS)
@require_http_methods(["GET", "POST"])
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End an accompaniment, saying how."""
    found = accompaniment_for(request.actor, uid)
    form = EndForm(request.POST or None, accompaniment=found)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_shown(request, form):
            end_accompaniments(request.actor, [Ended(found, given["ending"], on=given["ended_on"], note=given["note"])])
            messages.success(request, _("L’accompagnement est terminé."))
            return redirect("staff:employer", uid=found.employer.uid)
    return form_page(
        request,
        form,
        title=_("Terminer l’accompagnement"),
        submit=_("Terminer"),
        cancel_url=reverse("staff:employer", args=[found.employer.uid]),
        trail=trail(found.employer),
        facts=_facts(found),
    )


def _facts(accompaniment: Accompaniment) -> list[tuple[str, str]]:
    return [
        (_("Employeur"), accompaniment.employer.name),
        (_("Sujet"), str(accompaniment.get_subject_display())),
        (_("Demandé le"), write_date(accompaniment.requested_on)),
        (_("Demande"), accompaniment.request),
    ]
