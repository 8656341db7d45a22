"""The parts of a service, kept by the advisors of its region."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Service
from arrimage.directory.queries import services_visible_to, with_parts
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.part_pages import Desk, Trail, add_part, edit_part, remove_part


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    return add_part(request, DESK, uid, kind)


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    return edit_part(request, DESK, uid, kind, part)


@allows(Right.MANAGE_DIRECTORY)
@require_POST
def remove(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    return remove_part(request, DESK, uid, kind, part)


def _service(actor: Actor, uid: UUID) -> Service:
    services = with_parts(services_visible_to(actor).with_locations()).select_related("organisation")
    if actor.region_id is not None:
        services = services.filter(organisation__region=actor.region_id)
    return get_object_or_404(services, uid=uid)


def _trail(service: Service) -> Trail:
    return [(_("Répertoire"), reverse("staff:services")), (service.name, reverse("staff:service", args=[service.uid]))]


DESK = Desk("staff:service", _service, _trail)
