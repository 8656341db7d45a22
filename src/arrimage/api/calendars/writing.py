"""A calendar as iCalendar text (RFC 5545): the same events give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from arrimage.foundation import clock
from arrimage.scheduling.feed_events import FeedEvent

ZONE = "America/Toronto"  # Montréal's, under the name every calendar program knows
READ_EVERY = timedelta(hours=1)


def as_icalendar(events: Sequence[FeedEvent], *, name: str) -> bytes:
    """Return the whole calendar, called `name`.

    The zone is described from the first of January of the year before, so that the text changes once a year, and not
    each day, while the events stay the same.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Arrimage//Calendrier//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    this_year = clock.today().replace(month=1, day=1)
    first, last = this_year.replace(year=this_year.year - 1), this_year.replace(year=this_year.year + 3)
    calendar.add_component(Timezone.from_tzid(ZONE, first_date=first, last_date=last))
    for event in events:
        calendar.add_component(_event(event))
    return calendar.to_ical()


def _event(event: FeedEvent) -> Event:
    zone = ZoneInfo(ZONE)
    changed_at = event.changed_at.astimezone(UTC)
    written = Event()
    written.add("uid", event.uid)
    written.add("dtstamp", changed_at)
    written.add("last-modified", changed_at)
    written.add("sequence", event.sequence)
    written.add("dtstart", event.starts_at.astimezone(zone))
    written.add("dtend", event.ends_at.astimezone(zone))
    written.add("summary", event.title)
    written.add("location", event.place)
    written.add("class", "PRIVATE")
    written.add("status", "CANCELLED" if event.is_cancelled else "TENTATIVE" if event.is_tentative else "CONFIRMED")
    return written
