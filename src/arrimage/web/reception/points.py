"""Where a first appointment may be, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from arrimage.foundation import clock
from arrimage.scheduling.queries import Slot, earliest_slots, free_slots
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import add_working_days

REMEMBERED = "reception_point"  # the session's key of the point last chosen
LATER = 5  # working days looked at past the deadline, when nothing is left before it


def offices_of(region_id: int, day: date) -> QuerySet[ServicePoint]:
    """Return the offices of a region that receive people on `day`, by name."""
    return (
        ServicePoint.objects.filter(region_id=region_id, kind=ServicePointKind.OFFICE, open_to_public=True)
        .open_on(day)
        .order_by("name")
    )


@dataclass(frozen=True)
class Point:
    """A point of service to choose: its first free time until `due`, if any, and whether it is proposed."""

    point: ServicePoint
    first: datetime | None
    chosen: bool = False


def points_to_choose(region_id: int, due: date, remembered: str | None) -> list[Point]:
    """Return the offices, the one chosen last first if it is free in time, else the one free soonest."""
    points = list(offices_of(region_id, clock.today()))
    slots = earliest_slots(points, clock.today(), due, for_airport=True)
    free = {point.pk: slots[point.pk].starts_at for point in points if point.pk in slots}
    last = next((point for point in points if str(point.uid) == remembered and point.pk in free), None)
    proposed = last or min((p for p in points if p.pk in free), key=lambda p: free[p.pk], default=None)
    proposed = proposed or (points[0] if points else None)
    return [Point(point, free.get(point.pk), point == proposed) for point in points]


@dataclass(frozen=True)
class Hours:
    """A day with its free times, each once however many agents are free."""

    day: date
    times: list[datetime]


def free_hours(point: ServicePoint, due: date) -> tuple[list[Hours], bool]:
    """Return the free times of a point until `due`, by day, and whether they keep that deadline.

    When nothing is left before it, the times of the next working days.
    """
    today = clock.today()
    in_time = _by_day(list(free_slots(point, today, due, for_airport=True))) if due >= today else []
    if in_time:
        return in_time, True
    after = max(due + timedelta(days=1), today)
    return _by_day(list(free_slots(point, after, add_working_days(after, LATER), for_airport=True))), False


def _by_day(slots: Sequence[Slot]) -> list[Hours]:
    times = list(dict.fromkeys(slot.starts_at for slot in slots))
    return [Hours(day, list(found)) for day, found in groupby(times, key=lambda time: timezone.localtime(time).date())]
