"""A calendar as iCalendar text (RFC 5545): the same events give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from arrimage.scheduling.feed_events import FeedEvent

ZONE = "America/Toronto"  # Montréal's, under the name every calendar program knows
WINTER, SUMMER = timedelta(hours=-5), timedelta(hours=-4)
READ_EVERY = timedelta(hours=1)


def as_icalendar(events: Sequence[FeedEvent], *, name: str) -> bytes:
    """Return the whole calendar, called `name`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Arrimage//Calendrier//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(_event(event))
    return calendar.to_ical()


def _zone() -> Timezone:
    """Return Montréal's time and its two changes a year, as rules: some programs read one date of a list of them only.

    Source: Legal Time Act (CQLR, c. T-5.1): from the second Sunday of March to the first of November, since 2007.
    """
    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, start, month, sunday, before, after in (
        (TimezoneDaylight(), "EDT", datetime(2007, 3, 11, 2), 3, "2SU", WINTER, SUMMER),
        (TimezoneStandard(), "EST", datetime(2007, 11, 4, 2), 11, "1SU", SUMMER, WINTER),
    ):
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": sunday})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


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
