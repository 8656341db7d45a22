"""Changing how many places there are, for a reason that is kept."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.directory.keepers import require_keeper
from arrimage.directory.models import PlacesAdjustment, ServicePlaces
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import InvalidInput


@dataclass(frozen=True)
class Adjustment:
    """What is true of the places now: how many, how many taken by people not referred from here, when some come free.

    `version` is the one the person read; None writes over any.
    """

    capacity: int
    taken: int
    next_on: date | None
    reason: str
    version: int | None = None


@action
def adjust_places(actor: Actor, places: ServicePlaces, wanted: Adjustment) -> PlacesAdjustment | None:
    """Say how many places there are now, and why; return what changed, if anything did.

    A place more goes to whoever waits, in order, by the database. Raises `InvalidInput` without a reason, or for fewer
    places than are taken or held.
    """
    require_keeper(actor, [places.keeper_id])
    reason = wanted.reason.strip()
    if not reason:
        raise InvalidInput(_("Dites pourquoi le nombre de places change."), field="reason")
    with transaction.atomic():
        known = lock(ServicePlaces, [places.pk])[places.pk]
        referred = known.taken_by_referrals + known.held
        if wanted.capacity < wanted.taken + referred:
            raise InvalidInput(
                _(
                    "%(capacity)d places ne suffisent pas : %(referred)d sont prises ou retenues par des orientations, "
                    "%(taken)d par ailleurs."
                )
                % {"capacity": wanted.capacity, "referred": referred, "taken": wanted.taken},
                field="capacity",
            )
        values = {"capacity": wanted.capacity, "taken": wanted.taken, "next_on": wanted.next_on}
        if not apply_changes(ServicePlaces, [Change(known, values, wanted.version)]):
            return None
        return PlacesAdjustment.objects.create(
            places=known,
            author_id=actor.user_id,
            reason=reason,
            capacity_before=known.capacity,
            capacity_after=wanted.capacity,
            taken_before=known.taken,
            taken_after=wanted.taken,
            next_before=known.next_on,
            next_after=wanted.next_on,
        )
