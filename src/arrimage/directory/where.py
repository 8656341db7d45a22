"""Where a service is first of all: its address and its city or borough, as one line of a form or of a table says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from arrimage.directory.models import Address, Location, Service, ServiceAtLocation
from arrimage.foundation.writes import update_rows


@dataclass(frozen=True)
class Where:
    """An address on one line and the key of its place; either may be missing."""

    address: str = ""
    place_id: int | None = None

    @classmethod
    def of(cls, location: Location) -> "Where":
        return cls(location.address, location.place_id)


NOWHERE = Where()


def place_services(wanted: Mapping[int, Where]) -> set[int]:
    """Make services (by key) be offered first of all at these addresses; return the keys of those that moved.

    A location that other services share is left to them: the service goes to another one of its organisation, made
    when there is none at that address.
    """
    services = {service.pk: service for service in Service.objects.filter(pk__in=wanted).with_locations()}
    moved = {
        key: wanted[key]
        for key, service in services.items()
        if wanted[key] != (Where.of(service.main.location) if service.main else NOWHERE)
    }
    if not moved:
        return set()
    known = _locations_of({services[key].organisation_id for key in moved})
    shared = _shared({main.location_id for key in moved if (main := services[key].main)})
    arriving, repointed = [], []
    for key, where in moved.items():
        service, main = services[key], services[key].main
        if main and main.location_id not in shared:
            _move(main.location, where)
            continue
        found = known.get((service.organisation_id, where)) or _found(service.organisation_id, where)
        known[service.organisation_id, where] = found
        if main:
            main.location = found
            repointed.append(main)
        else:
            arriving.append(ServiceAtLocation(service=service, location=found))
    update_rows(ServiceAtLocation, repointed, ["location"])
    ServiceAtLocation.objects.bulk_create(arriving, batch_size=1_000)
    return set(moved)


def _locations_of(organisation_ids: set[int]) -> dict[tuple[int, Where], Location]:
    locations = Location.objects.filter(organisation__in=organisation_ids).prefetch_related("addresses")
    return {(location.organisation_id, Where.of(location)): location for location in locations.order_by("-pk")}


def _shared(location_ids: set[int]) -> set[int]:
    """Return the locations where more than one service is offered."""
    seen: set[int] = set()
    shared: set[int] = set()
    for key in ServiceAtLocation.objects.filter(location__in=location_ids).values_list("location_id", flat=True):
        (shared if key in seen else seen).add(key)
    return shared


def _found(organisation_id: int, where: Where) -> Location:
    location = Location.objects.create(organisation_id=organisation_id, place_id=where.place_id)
    if where.address:
        Address.objects.create(location=location, address_1=where.address)
    return location


def _move(location: Location, where: Where) -> None:
    if location.place_id != where.place_id:
        location.place_id = where.place_id
        location.save(update_fields=["place"])
    if location.address == where.address:
        return
    first = next(iter(location.addresses.all()), None)
    if first is None:
        Address.objects.create(location=location, address_1=where.address)
    elif where.address:
        first.address_1, first.address_2 = where.address, ""
        first.save(update_fields=["address_1", "address_2"])
    else:
        first.delete()
