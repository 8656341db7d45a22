"""Removing a row of places, or the location it is at: who holds one or waits there is asked about first."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, PlacesAdjustment, ServiceAtLocation, ServicePlaces
from arrimage.directory.models.parts import Part
from arrimage.directory.part_actions import remove_parts
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict


@dataclass(frozen=True)
class Lost:
    """What goes with places: how many persons referred from here have one, how many wait, how many changes are told."""

    taken: int = 0
    waiting: int = 0
    adjustments: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.taken or self.waiting or self.adjustments)

    @property
    def mark(self) -> str:
        """Return what a page sends back to say that this was read."""
        return f"{self.taken}-{self.waiting}-{self.adjustments}"


def lost_with(part: Part) -> Lost:
    """Return what would go with a part: nothing unless it is, or has, places. Two queries."""
    places = _places_of(part)
    if places is None:
        return Lost()
    counts = PlaceHold.objects.filter(places=places).aggregate(
        taken=Count("pk", filter=Q(status__in=[HoldStatus.HELD, HoldStatus.TAKEN])),
        waiting=Count("pk", filter=Q(status=HoldStatus.WAITING)),
    )
    return Lost(**counts, adjustments=PlacesAdjustment.objects.filter(places=places).count())


@action
def remove_with_places(actor: Actor, part: Part, agreed: Lost) -> None:
    """Delete places, or where a service is offered, with all that was `agreed` to be lost: referrals go on without.

    Raises `Conflict` when something else would be lost by now.
    """
    if (places := _places_of(part)) is not None:
        lock(ServicePlaces, [places.pk])
    if lost_with(part) != agreed:
        raise Conflict(_("Ce qui tient à ces places vient de changer : relisez ce qui serait perdu."))
    remove_parts(actor, [part])


def _places_of(part: Part) -> ServicePlaces | None:
    if isinstance(part, ServicePlaces):
        return part
    if isinstance(part, ServiceAtLocation):
        return ServicePlaces.objects.filter(service_at_location=part).first()
    return None
