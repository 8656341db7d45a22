"""Adding, changing and removing the parts of a service, by the advisors of its region."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Address, Location, Service
from arrimage.directory.part_actions import add_parts, edit_location, edit_parts, offer_at, remove_parts
from arrimage.directory.queries import services_visible_to, with_parts
from arrimage.foundation.changes import Change
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.part_forms import LocationForm, PartForm
from arrimage.web.staff.directory.parts import KINDS, PartKind
from arrimage.web.staff.records import form_page


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    service, found = _service(request.actor, uid), _kind(kind)
    form = found.form(request.POST or None, service=service)
    if form.is_valid():
        with refusals_shown(request, form):
            _add(request.actor, found, form)
            messages.success(request, _("C’est ajouté."))
            return redirect(_address(service, found))
    return form_page(
        request,
        form,
        title=str(found.add),
        submit=_("Ajouter"),
        cancel_url=_address(service, found),
        trail=_trail(service),
        lead=service.name,
    )


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    service, found = _service(request.actor, uid), _kind(kind)
    record = _record(service, found, part)
    form = found.form(request.POST or None, instance=record, service=service)
    if form.is_valid():
        with refusals_shown(request, form):
            change = Change(record, form.values(), version=form.cleaned_data["version"])
            if isinstance(form, LocationForm):
                edit_location(request.actor, change, form.address())
            else:
                edit_parts(request.actor, found.model, [change])
            messages.success(request, _("La fiche est à jour."))
            return redirect(_address(service, found))
    context = {
        "title": found.title,
        "lead": service.name,
        "trail": _trail(service),
        "form": form,
        "cancel_url": _address(service, found),
        "remove_url": reverse("staff:service_part_remove", args=[uid, kind, part]),
    }
    return render(request, "staff/directory/part.html", context)


@allows(Right.MANAGE_DIRECTORY)
@require_POST
def remove(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    """Remove a part; of a location, that the service is offered there."""
    service, found = _service(request.actor, uid), _kind(kind)
    record = _record(service, found, part)
    if found.model is Location:
        record = next(here for here in service.at_locations.all() if here.location_id == record.pk)
    with refusals_shown(request):
        remove_parts(request.actor, [record])
        messages.success(request, _("C’est retiré. L’historique le garde."))
    return redirect(_address(service, found))


def _add(actor: Actor, kind: PartKind, form: PartForm) -> None:
    record: Any = kind.model(**form.values())
    if isinstance(form, LocationForm):
        address = form.address()
        offer_at(actor, form.service, record, Address(**address) if address["address_1"] else None)
        return
    for name, owner in form.owner().items():
        setattr(record, name, owner)
    add_parts(actor, [record])


def _service(actor: Actor, uid: UUID) -> Service:
    services = with_parts(services_visible_to(actor).with_locations()).select_related("organisation")
    if actor.region_id is not None:
        services = services.filter(organisation__region=actor.region_id)
    return get_object_or_404(services, uid=uid)


def _kind(slug: str) -> PartKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _record(service: Service, kind: PartKind, uid: UUID) -> Any:
    for record in kind.records(service):
        if record.uid == uid:
            return record
    raise Http404


def _address(service: Service, kind: PartKind) -> str:
    return f"{reverse('staff:service', args=[service.uid])}#{kind.slug}"


def _trail(service: Service) -> list[tuple[str, str]]:
    return [(_("Répertoire"), reverse("staff:services")), (service.name, reverse("staff:service", args=[service.uid]))]
