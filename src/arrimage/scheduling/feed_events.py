"""What a calendar read from elsewhere holds: hours, a kind and a place. Never who: the address may leak.

No name, no note, no language, no address of a call, no other need of anybody (docs/decisions/0036-calendar-feeds.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.scheduling.enums import SEATED, AppointmentStatus, EnrolmentStatus, SessionStatus
from arrimage.scheduling.models import CalendarFeed, Enrolment, Meeting
from arrimage.scheduling.queries import appointments_visible_to
from arrimage.territory.models import ServicePoint

BEFORE = timedelta(days=31)
AFTER = timedelta(days=366)
CANCELLED_KEPT = timedelta(days=31)  # so that a device that was off for a month still takes the time away


@dataclass(frozen=True)
class FeedEvent:
    """A time, as a calendar program reads it. `sequence` rises with each change of what it comes from."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False
    is_tentative: bool = False


def events_of(feed: CalendarFeed, actor: Actor) -> list[FeedEvent]:
    """Return what takes the time of the feed's calendar, from a month ago to a year ahead, by hour. Two queries."""
    return sorted([*_appointments(feed, actor), *_meetings(feed)], key=lambda event: (event.starts_at, event.uid))


def _appointments(feed: CalendarFeed, actor: Actor) -> Iterator[FeedEvent]:
    rows = _around(appointments_visible_to(actor))
    if feed.person_id is None:
        rows = rows.filter(_of_what_is_shared(feed, "service_point"))
    recent = ~Q(status=AppointmentStatus.CANCELLED) | Q(updated_at__gte=clock.now() - CANCELLED_KEPT)
    for row in rows.filter(recent).select_related("service_point"):
        yield FeedEvent(
            uid=str(row.uid),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            title=f"{row.get_kind_display()}, {row.service_point.name}",
            place=_place(row.service_point),
            sequence=row.version,
            changed_at=row.updated_at,
            is_cancelled=row.status == AppointmentStatus.CANCELLED,
            is_tentative=row.status == AppointmentStatus.OFFERED,
        )


def _meetings(feed: CalendarFeed) -> Iterator[FeedEvent]:
    """Yield the meetings of sessions. A change of the session, or of one's place in it, is a change of the meeting."""
    rows = _around(Meeting.objects.all())
    if feed.person_id is not None:
        own = Enrolment.objects.filter(person_id=feed.person_id).exclude(status=EnrolmentStatus.WAITING)
        of_theirs = Q(session__enrolments__in=own)
        seated = of_theirs & Q(session__enrolments__status__in=SEATED)
        rows = rows.filter(of_theirs).annotate(
            changes=Sum("session__enrolments__version", filter=of_theirs),
            place_changed_at=Max("session__enrolments__updated_at", filter=of_theirs),
            seats=Count("session__enrolments", filter=seated),
        )
    else:
        rows = rows.filter(_of_what_is_shared(feed, "session__service_point"), session__region=feed.region_id)
    shown_since = clock.now() - CANCELLED_KEPT
    for row in rows.select_related("session__service_point"):
        session, found = row.session, vars(row)
        is_cancelled = session.status == SessionStatus.CANCELLED or found.get("seats") == 0
        changed_at = max(row.updated_at, session.updated_at, found.get("place_changed_at") or row.updated_at)
        if is_cancelled and changed_at < shown_since:
            continue
        yield FeedEvent(
            uid=str(row.uid),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            title=_("Séance de groupe, %(place)s") % {"place": session.service_point.name},
            place=_place(session.service_point),
            sequence=row.version + session.version + (found.get("changes") or 0),
            changed_at=changed_at,
            is_cancelled=is_cancelled,
        )


def _around(rows: QuerySet[Any]) -> QuerySet[Any]:
    now = clock.now()
    return rows.filter(ends_at__gte=now - BEFORE, starts_at__lte=now + AFTER)


def _of_what_is_shared(feed: CalendarFeed, point: str) -> Q:
    if feed.room_id is not None:
        return Q(room=feed.room_id)
    if feed.service_point_id is not None:
        return Q(**{point: feed.service_point_id})
    return Q(agent=feed.holder_id)


def _place(point: ServicePoint) -> str:
    return f"{point.name}, {point.address}"
