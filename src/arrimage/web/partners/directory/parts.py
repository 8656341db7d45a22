"""The parts of a service and its closures, kept by its organisation."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.web.access import allows
from arrimage.web.partners.directory.services import own_service, service_trail
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.closing import close_page, offer_again
from arrimage.web.staff.directory.part_pages import Desk, add_part, edit_part, remove_part

DESK = Desk("partners:service", own_service, service_trail)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    return add_part(request, DESK, uid, kind)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    return edit_part(request, DESK, uid, kind, part)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_POST
def remove(request: ActingRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    return remove_part(request, DESK, uid, kind, part)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    return close_page(request, DESK, uid)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_POST
def reopen(request: ActingRequest, uid: UUID) -> HttpResponse:
    return offer_again(request, DESK, uid)
