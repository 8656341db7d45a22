"""Adding, changing and removing the parts of a service, from the pages of whoever keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.places import count_places
from arrimage.directory.enums import Operation
from arrimage.directory.models import Address, Location, Service, ServicePlaces
from arrimage.directory.part_actions import add_parts, edit_location, edit_parts, offer_at, remove_parts
from arrimage.directory.places.actions import adjust_places
from arrimage.directory.places.queries import adjustments_of
from arrimage.directory.places.removing import Lost, lost_with, remove_with_places
from arrimage.directory.upkeep.keeping import propose_part
from arrimage.directory.upkeep.moderated import is_moderated
from arrimage.foundation.changes import Change
from arrimage.web.access import refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.part_forms import LocationForm, PartForm, PlacesForm
from arrimage.web.staff.directory.parts import KINDS, PartKind
from arrimage.web.staff.records import form_page

Trail = list[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """From where services are kept: `page` names the address of a service (that of its parts begin by it), `find`
    returns one the actor keeps, with its parts, or answers 404."""

    page: str
    find: Callable[[Actor, UUID], Service]
    trail: Callable[[Service], Trail]

    def address(self, service: Service, kind: PartKind) -> str:
        return f"{reverse(self.page, args=[service.uid])}#{kind.slug}"


def add_part(request: ActingRequest, desk: Desk, uid: UUID, kind: str) -> HttpResponse:
    """Add a part, or propose it, where an organisation may only do that."""
    service, found = desk.find(request.actor, uid), _kind(kind)
    form = found.form(request.POST or None, service=service)
    if form.is_valid():
        with refusals_shown(request, form):
            _add(request.actor, found, form)
            _tell(request, found, _("C’est ajouté."))
            return redirect(desk.address(service, found))
    return form_page(
        request,
        form,
        title=str(found.add),
        submit=_("Proposer l’ajout") if _proposes(request.actor, found) else _("Ajouter"),
        cancel_url=desk.address(service, found),
        trail=desk.trail(service),
        lead=service.name,
    )


def edit_part(request: ActingRequest, desk: Desk, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    """Change a part, or propose what it would become."""
    service, found = desk.find(request.actor, uid), _kind(kind)
    record = _record(service, found, part)
    form = found.form(request.POST or None, instance=record, service=service)
    if form.is_valid():
        with refusals_shown(request, form):
            _edit(request.actor, found, form, record)
            _tell(request, found, _("La fiche est à jour."))
            return redirect(desk.address(service, found))
    proposes = _proposes(request.actor, found)
    context = {
        "title": found.title,
        "lead": service.name,
        "trail": desk.trail(service),
        "form": form,
        "submit": _("Proposer la modification") if proposes else _("Enregistrer"),
        "remove": _("Proposer le retrait") if proposes else _("Retirer"),
        "cancel_url": desk.address(service, found),
        "remove_url": reverse(f"{desk.page}_part_remove", args=[uid, kind, part]),
        "adjustments": adjustments_of(record) if isinstance(record, ServicePlaces) else [],
    }
    return render(request, "staff/directory/part.html", context)


def remove_part(request: ActingRequest, desk: Desk, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    """Remove a part, or propose it; of a location, that the service is offered there."""
    service, found = desk.find(request.actor, uid), _kind(kind)
    record = _record(service, found, part)
    if found.model is Location:
        record = next(here for here in service.at_locations.all() if here.location_id == record.pk)
    lost = lost_with(record)
    if lost.anything and request.POST.get("agreed") != lost.mark:
        return _ask_first(request, desk, service, found, record, lost)
    with refusals_shown(request):
        if _proposes(request.actor, found):
            propose_part(request.actor, Operation.REMOVE, record)
        elif lost.anything:
            remove_with_places(request.actor, record, lost)
        else:
            remove_parts(request.actor, [record])
        _tell(request, found, _("C’est retiré. L’historique le garde."))
    return redirect(desk.address(service, found))


def _ask_first(
    request: ActingRequest, desk: Desk, service: Service, kind: PartKind, record: Any, lost: Lost
) -> HttpResponse:
    context = {
        "title": _("Retirer des places"),
        "lead": f"{service.name} · {kind.line(record.location if kind.model is Location else record)[0]}",
        "trail": desk.trail(service),
        "lost": lost,
        "cancel_url": desk.address(service, kind),
    }
    return render(request, "staff/directory/remove_places.html", context)


def _proposes(actor: Actor, kind: PartKind) -> bool:
    return is_moderated(kind.model) and not actor.may(Right.MANAGE_DIRECTORY)


def _tell(request: ActingRequest, kind: PartKind, done: str) -> None:
    proposed = _("C’est proposé : la direction régionale le lira, et vous verrez ici sa réponse.")
    messages.success(request, proposed if _proposes(request.actor, kind) else done)


def _add(actor: Actor, kind: PartKind, form: PartForm) -> None:
    record: Any = kind.model(**form.values())
    if isinstance(form, LocationForm):
        address = form.address()
        offer_at(actor, form.service, record, Address(**address) if address["address_1"] else None)
        return
    for name, owner in form.owner().items():
        setattr(record, name, owner)
    if _proposes(actor, kind):
        propose_part(actor, Operation.ADD, record)
    elif isinstance(form, PlacesForm):
        count_places(actor, record)
    else:
        add_parts(actor, [record])


def _edit(actor: Actor, kind: PartKind, form: PartForm, record: Any) -> None:
    if _proposes(actor, kind):
        propose_part(actor, Operation.CHANGE, record, form.values())
        return
    if isinstance(form, PlacesForm):
        adjust_places(actor, record, form.adjustment())
        return
    change = Change(record, form.values(), version=form.cleaned_data["version"])
    if isinstance(form, LocationForm):
        edit_location(actor, change, form.address())
    else:
        edit_parts(actor, kind.model, [change])


def _kind(slug: str) -> PartKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _record(service: Service, kind: PartKind, uid: UUID) -> Any:
    for record in kind.records(service):
        if record.uid == uid:
            return record
    raise Http404
