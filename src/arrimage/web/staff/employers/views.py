"""The list of employers, and the page of one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.employers.actions import edit_employers, register_employers
from arrimage.employers.models import Employer
from arrimage.employers.queries import accompaniments_of, employers_visible_to, with_live_counts
from arrimage.foundation.changes import Change
from arrimage.foundation.writing import write_number, write_phone
from arrimage.web.access import allows, refusals_shown
from arrimage.web.employers.story import story_of
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.employers.filters import EmployerFilter
from arrimage.web.staff.employers.forms import EmployerForm
from arrimage.web.staff.employers.reading import employer_for, manages, tabs, trail
from arrimage.web.staff.employers.tables import EmployerTable
from arrimage.web.staff.records import form_page, own_region


@allows(Right.SEE_EMPLOYERS)
@require_safe
def employers(request: ActingRequest) -> HttpResponseBase:
    """List the employers of the region."""
    may = request.actor.may(Right.MANAGE_EMPLOYERS)
    add_one = (_("Inscrire un employeur"), reverse("staff:employer_add")) if may else None
    return render_list(
        request,
        EmployerTable,
        with_live_counts(employers_visible_to(request.actor)).select_related("place"),
        EmployerFilter,
        title=_("Employeurs"),
        sentence=lambda count: (
            ngettext("%(count)s employeur", "%(count)s employeurs", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucun employeur n’est encore inscrit."), *(add_one or ())),
        export_name="employeurs",
        template="staff/shared/list.html",
        context={
            "tabs": tabs("employers"),
            "primary": add_one,
            "import_url": reverse("staff:import", args=["employers"]) if may else "",
        },
    )


@allows(Right.SEE_EMPLOYERS)
@require_safe
def employer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an employer, what it asked, and what comes next."""
    found = employer_for(request.actor, uid)
    context = {
        "title": found.name,
        "lead": f"NEQ {found.neq}",
        "trail": trail(),
        "employer": found,
        "facts_pairs": _facts(found),
        "stories": [story_of(one, with_notes=True) for one in accompaniments_of(request.actor, found)],
        "manages": request.actor.may(Right.MANAGE_EMPLOYERS),
        "may_edit": manages(request.actor, found.region_id),
    }
    return render(request, "staff/employers/employer.html", context)


def _facts(employer: Employer) -> list[tuple[str, Any]]:
    mail = format_html('<a href="mailto:{0}">{0}</a>', employer.email)
    phone = employer.phone and format_html('<a href="tel:{}">{}</a>', employer.phone, write_phone(employer.phone))
    return [
        (_("Personne à joindre"), employer.contact_name),
        (_("Courriel"), mail),
        (_("Téléphone"), phone),
        (_("Secteur d’activité"), employer.sector),
        (
            _("Nombre d’employés"),
            "" if employer.employee_count is None else write_number(employer.employee_count),
        ),
        (_("Adresse"), ", ".join(filter(None, (employer.address, employer.place.name if employer.place else "")))),
        (_("Région"), employer.region.name),
    ]


@allows(Right.MANAGE_EMPLOYERS)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    region_id = own_region(request.actor)
    form = EmployerForm(request.POST or None, region_id=region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            new = Employer(region_id=region_id, **form.values())
            register_employers(request.actor, [new])
            messages.success(request, _("L’employeur est inscrit."))
            return redirect("staff:employer", uid=new.uid)
    return form_page(
        request,
        form,
        title=_("Inscrire un employeur"),
        submit=_("Inscrire l’employeur"),
        cancel_url=reverse("staff:employers"),
        trail=trail(),
    )


@allows(Right.MANAGE_EMPLOYERS)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = employer_for(request.actor, uid)
    name, address = found.name, reverse("staff:employer", args=[uid])
    form = EmployerForm(request.POST or None, instance=found, region_id=found.region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_employers(request.actor, [Change(found, form.values(), version=form.cleaned_data["version"])])
            messages.success(request, _("La fiche est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Modifier la fiche"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=[*trail(), (name, address)],
    )
