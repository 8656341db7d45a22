"""Reading an organisation or a service, for the whole staff; keeping them, for the advisors of the region."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.actions import (
    NewService,
    ServiceChange,
    create_organisations,
    create_services,
    edit_organisations,
    edit_services,
)
from arrimage.directory.models import Organisation, Service
from arrimage.directory.queries import organisations_visible_to, services_visible_to, with_parts
from arrimage.directory.upkeep.closures import live_closures
from arrimage.directory.upkeep.reckoning import scores_of
from arrimage.foundation.changes import Change
from arrimage.foundation.writing import write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.joinings import follow_joinings
from arrimage.web.lists import build_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.facts import described, organisation_facts, service_facts, wait_facts
from arrimage.web.staff.directory.forms import OrganisationForm, ServiceForm
from arrimage.web.staff.directory.parts import sections
from arrimage.web.staff.directory.priority import line_of
from arrimage.web.staff.directory.tables import OwnServiceTable
from arrimage.web.staff.records import form_page, own_region


@allows(Right.SEE_DIRECTORY)
@require_safe
def organisation(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an organisation and what it offers."""
    found = _organisation(request.actor, uid)
    shown = build_list(
        request,
        OwnServiceTable,
        found.services.prefetch_related("themes"),
        sentence=lambda count: (
            ngettext("%(count)s service", "%(count)s services", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Cet organisme n’a pas encore de service au répertoire.")),
    )
    context = {
        "title": found.name,
        "lead": str(found.get_kind_display()),
        "trail": _trail(),
        "organisation": found,
        "list": shown,
        "facts_pairs": organisation_facts(found),
        "may_edit": _may_edit(request.actor, found.region_id),
    }
    return render(request, "staff/directory/organisation.html", context)


@allows(Right.SEE_DIRECTORY)
@require_safe
@follow_joinings("staff:service")
def service(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a service: for which needs, in which languages, where, and how to refer somebody there."""
    found = _service(request.actor, uid)
    may_edit = _may_edit(request.actor, found.organisation.region_id)
    context = {
        "title": found.name,
        "lead": found.organisation.name,
        "trail": [*_trail(), (found.organisation.name, reverse("staff:organisation", args=[found.organisation.uid]))],
        "service": found,
        "sections": sections(found, keeper="staff:service" if may_edit else ""),
        **described(found),
        "facts_pairs": [*service_facts(found), *wait_facts(found)],
        "line": line_of(request.actor, found),
        "may_edit": may_edit,
        "closure": live_closures().filter(service=found).first(),
        "joinings": found.joinings.all() if may_edit else (),
        "score": scores_of([found])[found.pk],
    }
    return render(request, "staff/directory/service.html", context)


# --- Keeping it -----------------------------------------------------------------------------------------------------
@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def organisation_add(request: ActingRequest) -> HttpResponse:
    region_id = own_region(request.actor)
    form = OrganisationForm(request.POST or None, region_id=region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            new = Organisation(region_id=region_id, **form.values())
            create_organisations(request.actor, [new])
            messages.success(request, _("L’organisme est inscrit au répertoire."))
            return redirect("staff:organisation", uid=new.uid)
    return form_page(
        request,
        form,
        title=_("Ajouter un organisme"),
        submit=_("Inscrire l’organisme"),
        cancel_url=reverse("staff:organisations"),
        trail=_trail(),
    )


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def organisation_edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _own(organisations_visible_to(request.actor), request.actor, uid)
    form = OrganisationForm(request.POST or None, instance=found, region_id=found.region_id)
    address = reverse("staff:organisation", args=[uid])
    name = found.name
    if form.is_valid():
        with refusals_shown(request, form):
            change = Change(found, form.values(), version=form.cleaned_data["version"])
            edit_organisations(request.actor, [change])
            messages.success(request, _("La fiche est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Modifier la fiche"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=[*_trail(), (name, address)],
    )


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def service_add(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _own(organisations_visible_to(request.actor), request.actor, uid)
    form = ServiceForm(request.POST or None, region_id=found.region_id)
    address = reverse("staff:organisation", args=[uid])
    if form.is_valid():
        with refusals_shown(request, form):
            new = Service(organisation=found, **form.values())
            create_services(request.actor, [NewService(new, list(form.cleaned_data["themes"]), form.where)])
            messages.success(request, _("Le service est inscrit au répertoire."))
            return redirect("staff:service", uid=new.uid)
    return form_page(
        request,
        form,
        title=_("Ajouter un service"),
        submit=_("Inscrire le service"),
        cancel_url=address,
        trail=[*_trail(), (found.name, address)],
    )


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def service_edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _own(services_visible_to(request.actor), request.actor, uid, "organisation__region")
    form = ServiceForm(request.POST or None, instance=found, region_id=found.organisation.region_id)
    address, name = reverse("staff:service", args=[uid]), found.name
    if form.is_valid():
        with refusals_shown(request, form):
            themes = list(form.cleaned_data["themes"])
            version = form.cleaned_data["version"]
            change = ServiceChange(found, form.values(), version=version, themes=themes, where=form.where)
            edit_services(request.actor, [change])
            messages.success(request, _("La fiche est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Modifier le service"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=[*_trail(), (name, address)],
    )


# --- Reading --------------------------------------------------------------------------------------------------------
def _organisation(actor: Actor, uid: UUID) -> Organisation:
    found = organisations_visible_to(actor).select_related("place", "region", "municipality")
    return get_object_or_404(found, uid=uid)


def _service(actor: Actor, uid: UUID) -> Service:
    found = (
        with_parts(services_visible_to(actor).with_locations())
        .select_related("organisation__region")
        .prefetch_related("themes")
    )
    return get_object_or_404(found, uid=uid)


def _own(records: QuerySet[Any], actor: Actor, uid: UUID, region: str = "region") -> Any:
    """Return a record of the actor's own region, the only one they may change."""
    if actor.region_id is not None:
        records = records.filter(**{region: actor.region_id})
    return get_object_or_404(records, uid=uid)


def _may_edit(actor: Actor, region_id: int) -> bool:
    return actor.may(Right.MANAGE_DIRECTORY) and actor.covers_region(region_id)


def _trail() -> list[tuple[str, str]]:
    return [(_("Répertoire"), reverse("staff:services")), (_("Organismes"), reverse("staff:organisations"))]
