"""The register of incidents: anybody of the staff reports one; the privacy officer reads, prints, exports it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_number
from arrimage.privacy.registers.actions import report_incidents
from arrimage.privacy.registers.enums import IncidentStatus, NoticeTo, Register
from arrimage.privacy.registers.models import Incident
from arrimage.privacy.registers.queries import incidents_visible_to
from arrimage.privacy.registers.rules import missing_notices
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.menu import home_of
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.menu import EVERY_STAFF_RIGHT
from arrimage.web.staff.privacy.registers.filters import IncidentFilter
from arrimage.web.staff.privacy.registers.forms.incidents import IncidentForm, ReportForm
from arrimage.web.staff.privacy.registers.reading import (
    count_in_words,
    incident_for,
    journal_persons,
    kinds_in_words,
    moments_of,
    occurred_in_words,
    risk_in_words,
    trail,
)
from arrimage.web.staff.privacy.registers.tables import IncidentExport, IncidentTable
from arrimage.web.staff.records import form_page


@allows(*EVERY_STAFF_RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActingRequest) -> HttpResponse:
    """Let anybody of the staff report an incident, seen or feared."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            [incident] = report_incidents(request.actor, [form.incident()])
            messages.success(
                request,
                _("Merci. Le signalement porte le numéro %(number)s ; la personne responsable de la protection des "
                  "renseignements s’en occupe.") % {"number": incident.number},
            )  # fmt: skip
            return redirect(home_of(request.actor.role))
    return form_page(
        request,
        form,
        title=_("Signaler un incident de confidentialité"),
        submit=_("Signaler"),
        cancel_url=reverse(home_of(request.actor.role)),
        trail=[],
        lead=_("Un renseignement personnel vu, utilisé, envoyé ou perdu sans droit. Dans le doute, signalez."),
    )


def _register(request: ActingRequest) -> QuerySet[Incident]:
    return incidents_visible_to(request.actor).select_related("region").prefetch_related("notices")


@allows(Right.MANAGE_PRIVACY)
@require_safe
def incidents(request: ActingRequest) -> HttpResponseBase:
    """List the incidents; the export holds all the register does."""
    exported = request.GET.get("export") == "csv"
    print_url = f"{reverse('staff:incidents_print')}?{request.GET.urlencode()}"
    return render_list(
        request,
        IncidentExport if exported else IncidentTable,
        _register(request),
        IncidentFilter,
        title=_("Incidents de confidentialité"),
        sentence=lambda n: (
            ngettext("%(n)s incident au registre", "%(n)s incidents au registre", n) % {"n": write_number(n)}
        ),
        empty=Empty(
            _("Aucun incident n’est au registre. Tous y entrent, graves ou non."),
            _("Inscrire un incident"),
            reverse("staff:incident_new"),
        ),
        export_name="registre-des-incidents",
        template="staff/privacy/registers/list.html",
        context={"primary": (_("Inscrire un incident"), reverse("staff:incident_new")), "print_url": print_url},
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Enter an incident with all that is known of it."""
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            [incident] = report_incidents(request.actor, [Incident(**form.values())])
            messages.success(request, _("L’incident %(number)s est inscrit.") % {"number": incident.number})
            return redirect("staff:incident", incident.uid)
    return form_page(
        request,
        form,
        title=_("Inscrire un incident"),
        submit=_("Inscrire l’incident"),
        cancel_url=reverse("staff:incidents"),
        trail=trail("incident"),
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def incident(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an incident and the one thing to do next."""
    found = incident_for(request.actor, uid)
    notices, named = list(found.notices.all()), list(found.persons.all())
    journal_persons(request, named, found.uid)
    missing = missing_notices(found.serious_risk, [notice.to for notice in notices])
    context = {
        "title": found.get_kind_display(),
        "lead": found.number,
        "trail": trail("incident"),
        "incident": found,
        "missing": [to.label for to in NoticeTo if to in missing],
        "notices": notices,
        "persons": named,
        "communications": list(found.communications.all()),
        "moments": moments_of(found.events.all(), IncidentStatus),
        "is_open": found.status == IncidentStatus.OPEN,
        "is_closed": found.status == IncidentStatus.CLOSED,
        "may_close": found.status in (IncidentStatus.ASSESSED, IncidentStatus.NOTIFIED) and not missing,
        **_words(found),
    }
    return render(request, "staff/privacy/registers/incident.html", context)


def _words(incident: Incident) -> dict[str, Any]:
    return {
        "occurred": occurred_in_words(incident),
        "count": count_in_words(incident),
        "risk": risk_in_words(incident),
        "kinds": kinds_in_words(incident.information_kinds),
    }


@allows(Right.MANAGE_PRIVACY)
@require_safe
def print_one(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one incident as a sheet to print."""
    found = incident_for(request.actor, uid)
    return _sheets(
        request, [found], title=_("Incident %(number)s") % {"number": found.number}, way=trail("incident", found)
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def print_register(request: ActingRequest) -> HttpResponse:
    """Show the register, as it is narrowed, as sheets to print: what the Commission may ask for."""
    rows = IncidentFilter(request.GET, queryset=_register(request), request=request).qs
    return _sheets(request, list(rows), title=str(Register.INCIDENT.label), way=trail("incident"))


def _sheets(request: ActingRequest, rows: list[Incident], *, title: str, way: list[tuple[str, str]]) -> HttpResponse:
    sheets = [(row, list(row.notices.all()), _words(row)) for row in rows]
    return render(
        request, "staff/privacy/registers/incident_sheets.html", {"title": title, "sheets": sheets, "trail": way}
    )
