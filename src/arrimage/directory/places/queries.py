"""Reads of places: what became of a place somebody asked for, and where they stand in line."""

from collections.abc import Iterable
from uuid import UUID

from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, PlacesAdjustment, ServicePlaces
from arrimage.directory.places.words import standing


def live_hold(holder: UUID) -> PlaceHold | None:
    """Return the place held, taken or waited for under that uid, if any."""
    return PlaceHold.objects.filter(holder=holder, ended_at=None).first()


def waiting_rank(hold: PlaceHold) -> int:
    """Return its rank among those who wait for the same places, from 1; 0 when it does not wait."""
    if hold.status != HoldStatus.WAITING:
        return 0
    return PlaceHold.objects.filter(places=hold.places_id, status=HoldStatus.WAITING, pk__lte=hold.pk).count()


def standing_of(holder: UUID) -> str:
    """Return in words where that holder stands; an empty text when no place is counted for it."""
    hold = live_hold(holder)
    return standing(hold, waiting_rank(hold)) if hold else ""


def adjustments_of(places: ServicePlaces) -> list[PlacesAdjustment]:
    """Return what changed these places, the last first."""
    return list(places.adjustments.select_related("author"))


def anyone_waits(holders: Iterable[UUID]) -> bool:
    """Return whether one of these still waits for a place. Nobody goes back in line: a no stays a no."""
    return PlaceHold.objects.filter(holder__in=list(holders), status=HoldStatus.WAITING).exists()
