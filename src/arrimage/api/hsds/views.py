"""The addresses of the standard. Each takes what is asked, and says it in the standard's words."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from arrimage.api.hsds import lists, objects
from arrimage.api.hsds.answering import paged, public_json
from arrimage.api.hsds.asking import Asked, asked
from arrimage.directory.exchange.shapes import Json
from arrimage.directory.models import Organisation, Service, ServiceAtLocation
from arrimage.foundation.imports.forgiving import forgive
from arrimage.web.joinings import follow_joinings

VERSION = "3.0"
# The standard's own: this installation adds objects to it, and takes none away.
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"


@public_json
def root(request: HttpRequest) -> Json:
    """Say which standard is spoken here, and where it is written."""
    return {"version": VERSION, "profile": request.build_absolute_uri(reverse("hsds:root")), "openapi_url": OPENAPI}


@public_json
def services(request: HttpRequest) -> Json:
    wanted = asked(request.GET)
    if wanted.minimal:
        return _page(wanted, lists.services(wanted), _minimal)
    return _page(wanted, lists.services(wanted), objects.whole_services if wanted.full else objects.short_services)


@public_json
@follow_joinings("hsds:service")
def service(request: HttpRequest, uid: UUID) -> Json:
    return objects.whole_services([get_object_or_404(Service.objects.defer("contact_email"), uid=uid)])[0]


@public_json
def organizations(request: HttpRequest) -> Json:
    wanted = asked(request.GET)

    def whole(found: Sequence[Organisation]) -> list[Json]:
        return objects.whole_organisations(found, full_service=wanted.full_service)

    show = whole if wanted.full or wanted.full_service else objects.short_organisations
    return _page(wanted, lists.organisations(wanted), show)


@public_json
def organization(request: HttpRequest, uid: UUID) -> Json:
    found = get_object_or_404(Organisation, uid=uid)
    return objects.whole_organisations([found], full_service=asked(request.GET).full_service)[0]


@public_json
def service_at_locations(request: HttpRequest) -> Json:
    wanted = asked(request.GET)
    show = objects.whole_at_locations if wanted.full else objects.short_at_locations
    return _page(wanted, lists.service_at_locations(wanted), show)


@public_json
def service_at_location(request: HttpRequest, uid: UUID) -> Json:
    return objects.whole_at_locations([get_object_or_404(ServiceAtLocation, uid=uid)])[0]


@public_json
def taxonomies(request: HttpRequest) -> Json:
    wanted = asked(request.GET)
    return _page(wanted, _named(objects.taxonomies(), wanted.search), list)


@public_json
def taxonomy(request: HttpRequest, uid: UUID) -> Json:
    return _one(objects.taxonomies(), uid)


@public_json
def taxonomy_terms(request: HttpRequest) -> Json:
    """List terms; `top_only` keeps those above which there is none."""
    wanted = asked(request.GET)
    rows = _named(objects.taxonomy_terms(), wanted.search)
    if wanted.taxonomy:
        rows = [row for row in rows if row.get("taxonomy_id") == str(wanted.taxonomy)]
    if wanted.parent:
        rows = [row for row in rows if row.get("parent_id") == str(wanted.parent)]
    if wanted.top_only:
        rows = [row for row in rows if "parent_id" not in row]
    return _page(wanted, rows, list)


@public_json
def taxonomy_term(request: HttpRequest, uid: UUID) -> Json:
    return _one(objects.taxonomy_terms(), uid)


def _page(wanted: Asked, records: Any, show: Callable[[Any], list[Json]]) -> Json:
    """Return the page asked; past the last one, an empty page is not an error for a program: it is not found."""
    paginator = Paginator(records, wanted.per_page)
    if wanted.page > paginator.num_pages:
        raise Http404
    page = paginator.page(wanted.page)
    return paged(page, show(list(page)))


def _minimal(services: Sequence[Service]) -> list[Json]:
    return [{"id": str(each.uid), "modified_date": each.updated_at.isoformat()} for each in services]


def _named(rows: list[Json], search: str) -> list[Json]:
    return [row for row in rows if forgive(search) in forgive(f"{row['name']} {row['description']}")]


def _one(rows: list[Json], uid: UUID) -> Json:
    for row in rows:
        if row["id"] == str(uid):
            return row
    raise Http404
