"""What hangs on a service that goes, given to the one that stays: nothing is said twice, two locations become one."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from arrimage.accounts.rights import Actor
from arrimage.directory.models import (
    Attribute,
    Contact,
    Funding,
    Phone,
    PlacesAdjustment,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServicePlaces,
)
from arrimage.directory.models.parts import Part
from arrimage.foundation.models import Record

_OF_A_SERVICE: tuple[type[Part], ...] = (
    Attribute, Contact, Funding, Phone, RequiredDocument, Schedule, ServiceArea,
)  # fmt: skip
_AT_A_LOCATION: tuple[type[Part], ...] = (Attribute, Contact, Phone, Schedule)
_OF_EACH_RECORD = frozenset(field.name for field in Record._meta.get_fields()) | {"id"}
Moved = dict[str, list[int]]


def parts_follow(actor: Actor, kept: Service, gone: Service, reason: str) -> Moved:
    """Give `kept` the parts of `gone`, but those it has already; return the keys that moved, by table."""
    moved: Moved = {}
    _move(_OF_A_SERVICE, "service", gone, kept, moved)
    here = {each.location_id: each for each in ServiceAtLocation.objects.filter(service=kept)}
    for there in ServiceAtLocation.objects.filter(service=gone).order_by("pk"):
        if same := here.get(there.location_id):
            _move(_AT_A_LOCATION, "service_at_location", there, same, moved)
            _places_follow(actor, there, same, reason, moved)
        else:
            there.service = kept
            there.save(update_fields=["service"])
            moved.setdefault(ServiceAtLocation._meta.label, []).append(there.pk)
    return moved


def _move(models: Collection[type[Part]], owner: str, source: Record, target: Record, moved: Moved) -> None:
    for model in models:
        said = {_says(part) for part in model._default_manager.filter(**{owner: target})}
        fresh = []
        for part in model._default_manager.filter(**{owner: source}).order_by("pk"):
            if _says(part) not in said:
                said.add(_says(part))
                fresh.append(part.pk)
        model._default_manager.filter(pk__in=fresh).update(**{owner: target})
        moved.setdefault(model._meta.label, []).extend(fresh)


def _says(part: Part) -> tuple[Any, ...]:
    """Return all that a part says, whoever it belongs to; of a contact, its telephones too."""
    own = [
        str(getattr(part, field.attname))
        for field in part._meta.concrete_fields
        if field.name not in _OF_EACH_RECORD and field.name not in part.owners
    ]
    numbers = sorted(_says(phone) for phone in part.phones.all()) if isinstance(part, Contact) else []
    return (*own, *numbers)


def _places_follow(actor: Actor, there: ServiceAtLocation, here: ServiceAtLocation, reason: str, moved: Moved) -> None:
    """Give the places of one row of the directory to another at the same location, with who holds or waits for them."""
    gone = ServicePlaces.objects.filter(service_at_location=there).first()
    if gone is None:
        return
    moved.setdefault(ServicePlaces._meta.label, []).append(gone.pk)
    kept = ServicePlaces.objects.filter(service_at_location=here).first()
    if kept is None:
        gone.service_at_location = here
        gone.save(update_fields=["service_at_location"])
        return
    capacity = kept.capacity
    with connection.cursor() as cursor:
        cursor.execute("select directory_join_places(%s, %s)", [gone.pk, kept.pk])
    kept.refresh_from_db()
    if kept.capacity != capacity:
        PlacesAdjustment.objects.create(
            places=kept,
            author_id=actor.user_id,
            reason=reason,
            capacity_before=capacity,
            capacity_after=kept.capacity,
            taken_before=kept.taken,
            taken_after=kept.taken,
            next_before=kept.next_on,
            next_after=kept.next_on,
        )
