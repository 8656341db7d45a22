"""The secret addresses of calendars: making, taking back, and what one is worth when it is read.

Nobody is signed in when an address is read. The system finds whose it is; the calendar is then read as its holder, in
the role they hold that day, under their own row security: who has left, or no longer receives, shows nothing.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import DatedGrant, RoleGrant
from arrimage.accounts.rights import ROLE_RIGHTS, Actor, actor_of, system_actor
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.writes import update_rows
from arrimage.people.models import PersonAccount
from arrimage.scheduling.models import CalendarFeed, Room
from arrimage.territory.models import ServicePoint

Answer = TypeVar("Answer")
SECRET_BYTES = 32
ACCOMPANYING = [role for role, rights in ROLE_RIGHTS.items() if Right.ACCOMPANY in rights]


@dataclass(frozen=True)
class Shared:
    """What an address lets be read: one's own calendar unless a point of service or a room is named."""

    service_point: ServicePoint | None = None
    room: Room | None = None


def feeds_visible_to(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the live addresses `actor` holds in the role they act in."""
    held = CalendarFeed.objects.filter(holder_id=actor.user_id, revoked_at__isnull=True)
    if actor.role == Role.NEWCOMER:
        return held.filter(person=actor.scope_id)
    return held.filter(person__isnull=True, region=actor.region_id)


def feed_of(actor: Actor, shared: Shared) -> CalendarFeed | None:
    """Return the live address `actor` holds for that calendar."""
    return feeds_visible_to(actor).filter(service_point=shared.service_point, room=shared.room).first()


@action
def make_feed(actor: Actor, shared: Shared) -> str:
    """Make an address for a calendar, instead of the one there was; return its secret part, which is not kept."""
    is_own = shared == Shared()
    if (actor.role != Role.NEWCOMER and not actor.may(Right.ACCOMPANY)) or (actor.role == Role.NEWCOMER and not is_own):
        raise NotAllowed(_("Votre rôle ne permet pas de s’abonner à ce calendrier."))
    point = shared.room.service_point if shared.room else shared.service_point
    if point is not None and not actor.covers_region(point.region_id):
        raise NotAllowed(_("Ce calendrier est d’une autre région."))
    revoke_feed(actor, shared)
    token = secrets.token_urlsafe(SECRET_BYTES)
    newcomer = actor.role == Role.NEWCOMER
    CalendarFeed.objects.create(
        holder_id=actor.user_id or 0,  # the database refuses who is nobody
        region_id=None if newcomer else actor.region_id,
        person_id=actor.scope_id if newcomer else None,
        service_point=shared.service_point,
        room=shared.room,
        digest=_digest(token),
    )
    return token


@action
def revoke_feed(actor: Actor, shared: Shared) -> None:
    """Take back the address of a calendar: it is worth nothing from now on."""
    feed = feed_of(actor, shared)
    if feed is not None:
        feed.revoked_at = clock.now()
        update_rows(CalendarFeed, [feed], ["revoked_at"])


def opened(token: str, read: Callable[[CalendarFeed, Actor], Answer]) -> Answer | None:
    """Return what `read` gives of the calendar at that address, done as its holder; None if it is worth nothing.

    The day of the last reading is written down once a day, so that whoever made the address sees that it serves.
    """
    with acting_as(system_actor("calendrier")):
        live = CalendarFeed.objects.filter(digest=_digest(token), revoked_at__isnull=True, holder__is_active=True)
        feed = live.select_related("holder", "service_point", "room__service_point").first()
        grant = _grant_of(feed) if feed else None
        if feed is None or grant is None:
            return None
        actor = actor_of(grant, feed.holder)
        if feed.last_read_on != clock.today():
            feed.last_read_on = clock.today()
            update_rows(CalendarFeed, [feed], ["last_read_on"])
    with acting_as(actor):
        return read(feed, actor)


def _grant_of(feed: CalendarFeed) -> DatedGrant | None:
    """Return the role in which the holder sees that calendar today."""
    if feed.person_id is not None:
        accounts = PersonAccount.objects.live_on(clock.today()).filter(user=feed.holder, person=feed.person_id)
        return accounts.select_related("person").first()
    grants = RoleGrant.objects.live_on(clock.today()).filter(
        user=feed.holder, region=feed.region_id, role__in=ACCOMPANYING
    )
    return grants.select_related("region").order_by("pk").first()


def _digest(token: str) -> str:
    """Return what is kept of an address. Its 256 random bits need no salt: nobody guesses them from the digest."""
    return hashlib.sha256(token.encode()).hexdigest()
