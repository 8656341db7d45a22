"""Reading the waiting list."""

from django.db.models import QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.scheduling.enums import STILL_WAITING
from arrimage.scheduling.models import WaitingEntry


def waiting_visible_to(actor: Actor) -> QuerySet[WaitingEntry]:
    """Return who waits in the region, in the order they are served; a newcomer sees themselves."""
    entries = WaitingEntry.objects.filter(status__in=STILL_WAITING)
    if actor.may(Right.ACCOMPANY):
        return entries if actor.region_id is None else entries.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        return entries.filter(person_id=actor.scope_id or 0)
    return entries.none()
