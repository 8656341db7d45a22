"""Reads of places: what became of a place somebody asked for, and where they stand in line."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F

from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, PlacesAdjustment, ServicePlaces
from arrimage.directory.places.words import standing


def live_hold(holder: UUID) -> PlaceHold | None:
    """Return the place held, taken or waited for under that uid, if any."""
    return PlaceHold.objects.filter(holder=holder, ended_at=None).first()


def waiting_rank(hold: PlaceHold) -> int:
    """Return its rank among those who wait for the same places, from 1; 0 when it does not wait."""
    line = waiting_line([hold.places_id])
    return next((rank for rank, other in enumerate(line, 1) if other.pk == hold.pk), 0)


def waiting_line(places_ids: Collection[int]) -> list[PlaceHold]:
    """Return who waits for these places, the next served first: the order of `functions.LET_IN`."""
    waiting = PlaceHold.objects.filter(places__in=places_ids, status=HoldStatus.WAITING)
    return list(waiting.order_by(F("priority_at").asc(nulls_last=True), "pk"))


def standing_of(holder: UUID) -> str:
    """Return in words where that holder stands; an empty text when no place is counted for it."""
    return standing_of_hold(live_hold(holder))


def standing_of_hold(hold: PlaceHold | None) -> str:
    """Return the same of a place that was read already."""
    return standing(hold, waiting_rank(hold)) if hold else ""


def adjustments_of(places: ServicePlaces) -> list[PlacesAdjustment]:
    """Return what changed these places, the last first."""
    return list(places.adjustments.select_related("author"))


def anyone_waits(holders: Iterable[UUID]) -> bool:
    """Return whether one of these still waits for a place. Nobody goes back in line: a no stays a no."""
    return PlaceHold.objects.filter(holder__in=list(holders), status=HoldStatus.WAITING).exists()
