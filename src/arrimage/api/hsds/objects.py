"""Records as the standard's objects: flat in lists, with everything inside when the whole is asked."""

from collections.abc import Sequence
from typing import Any

from arrimage.directory.exchange.derived import theme_term, themes_taxonomy
from arrimage.directory.exchange.gathering import gather, rows_of
from arrimage.directory.exchange.nesting import fold, inline
from arrimage.directory.exchange.shapes import BY_KIND, Json, Rows
from arrimage.directory.models import Location, Organisation, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm, Theme


def whole_services(services: Sequence[Service]) -> list[Json]:
    """Return services with all that hangs on them, in the same order. A constant number of queries."""
    rows = _whole({"service": {service.pk for service in services}})
    by_id = {row["id"]: row for row in rows["service"]}
    return [by_id[str(service.uid)] for service in services]


def whole_at_locations(at_locations: Sequence[ServiceAtLocation]) -> list[Json]:
    """Return services where they are offered, with the location inside and the service beside its own parts."""
    rows = _whole({"service": {each.service_id for each in at_locations}})
    found = {}
    for service in rows["service"]:
        for row in service.pop("service_at_locations", ()):
            found[row["id"]] = row | {"service": service}
    return [found[str(each.uid)] for each in at_locations]


def whole_organisations(organisations: Sequence[Organisation], *, full_service: bool = False) -> list[Json]:
    """Return organisations with their locations and services: whole services when asked, else their identifiers."""
    keys = {organisation.pk for organisation in organisations}
    services = set(Service.objects.filter(organisation__in=keys).values_list("pk", flat=True))
    locations = set(Location.objects.filter(organisation__in=keys).values_list("pk", flat=True))
    scope: dict[str, Any] = {"organization": keys, "location": locations, "service": services if full_service else ()}
    scope["service_at_location"] = _at_locations(scope["service"])
    rows = gather(scope)
    short = rows_of(BY_KIND["service"], Service.objects.filter(pk__in=services)) if not full_service else None
    fold(rows)
    by_id = {row["id"]: row for row in rows["organization"]}
    for service in short if short is not None else rows["service"]:
        by_id[service["organization_id"]].setdefault("services", []).append(service)
    return [by_id[str(organisation.uid)] for organisation in organisations]


def short_services(services: Sequence[Service]) -> list[Json]:
    """Return services with their own fields, and their organisation's."""
    rows = _by_id("service", Service, [service.pk for service in services])
    owners = _by_id("organization", Organisation, [service.organisation_id for service in services])
    for row in rows.values():
        row["organization"] = owners[row["organization_id"]]
    return [rows[str(service.uid)] for service in services]


def short_at_locations(at_locations: Sequence[ServiceAtLocation]) -> list[Json]:
    rows = _by_id("service_at_location", ServiceAtLocation, [each.pk for each in at_locations])
    services = _by_id("service", Service, [each.service_id for each in at_locations])
    locations = _by_id("location", Location, [each.location_id for each in at_locations])
    for row in rows.values():
        row |= {"service": services[row["service_id"]], "location": locations[row["location_id"]]}
    return [rows[str(each.uid)] for each in at_locations]


def short_organisations(organisations: Sequence[Organisation]) -> list[Json]:
    by_id = _by_id("organization", Organisation, [organisation.pk for organisation in organisations])
    return [by_id[str(organisation.uid)] for organisation in organisations]


def taxonomies() -> list[Json]:
    """Return our themes' taxonomy, then the others."""
    return [themes_taxonomy(), *rows_of(BY_KIND["taxonomy"], Taxonomy.objects.all())]


def taxonomy_terms() -> list[Json]:
    """Return every term, our themes first, with the taxonomy of each inside."""
    within = {row["id"]: row for row in taxonomies()}
    themes = Theme.objects.select_related("region").order_by("order", "code", "region__code")
    rows = [*map(theme_term, themes), *rows_of(BY_KIND["taxonomy_term"], TaxonomyTerm.objects.all())]
    for row in rows:
        if "taxonomy_id" in row:
            row["taxonomy_detail"] = within[row["taxonomy_id"]]
    return rows


def _whole(scope: dict[str, Any]) -> Rows:
    services = Service.objects.filter(pk__in=scope["service"])
    scope["organization"] = set(services.values_list("organisation", flat=True))
    scope["service_at_location"] = _at_locations(scope["service"])
    scope["location"] = set(
        ServiceAtLocation.objects.filter(service__in=scope["service"]).values_list("location", flat=True)
    )
    rows = gather(scope)
    locations = {row["id"]: row for row in rows["location"]}
    fold(rows)
    for organisation in rows["organization"]:
        organisation.pop("locations", None)  # each is where its services are
    rows["location"] = list(locations.values())
    inline(rows)
    return rows


def _at_locations(services: Any) -> set[int]:
    return set(ServiceAtLocation.objects.filter(service__in=services).values_list("pk", flat=True))


def _by_id(kind: str, model: Any, keys: list[int]) -> dict[str, Json]:
    return {row["id"]: row for row in rows_of(BY_KIND[kind], model._default_manager.filter(pk__in=keys))}
