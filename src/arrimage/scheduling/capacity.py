"""How many first appointments points of service can give, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import TruncWeek

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.scheduling.enums import TAKES_THE_TIME, AppointmentKind
from arrimage.scheduling.free_times import FreeTimes, Wish
from arrimage.scheduling.queries import appointments_visible_to
from arrimage.scheduling.rules import overlap
from arrimage.territory.models import ServicePoint

WEEK = timedelta(days=7)
_Counts = dict[tuple[int, date, str], int]


@dataclass(frozen=True)
class Week:
    """One week of a point: first appointments given and still free, follow-ups, agents at work on a day it is open."""

    point: ServicePoint
    monday: date
    open_days: int
    agents: Decimal
    taken: int
    free: int
    follow_ups: int

    @property
    def offered(self) -> int:
        return self.taken + self.free

    @property
    def last_day(self) -> date:
        return self.monday + timedelta(days=6)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_of(actor: Actor, points: Sequence[ServicePoint], monday: date, count: int) -> list[Week]:
    """Return `count` weeks of each point from `monday`, times of the airport included. A fixed number of queries.

    Free are the times one could still give all together: of times that overlap, as many as the day holds.
    """
    require(actor, Right.MANAGE_SCHEDULES)
    last = monday + count * WEEK - timedelta(days=1)
    free = FreeTimes(points, monday, last, Wish(for_airport=True))
    given = _given(actor, points, free)
    return [_week(free, point, monday + number * WEEK, given) for point in points for number in range(count)]


def _week(free: FreeTimes, point: ServicePoint, monday: date, given: _Counts) -> Week:
    days = [monday + timedelta(days=number) for number in range(7)]
    open_days = [day for day in days if free.opening.stretches(point, day)]
    present = sum(len(free.team.at(point, day)) for day in open_days)
    return Week(
        point=point,
        monday=monday,
        open_days=len(open_days),
        agents=(Decimal(present) / len(open_days)).quantize(Decimal("0.1")) if open_days else Decimal(0),
        taken=given.get((point.pk, monday, AppointmentKind.FIRST), 0),
        free=sum(places_of_day(free, point, day) for day in open_days),
        follow_ups=given.get((point.pk, monday, AppointmentKind.FOLLOW_UP), 0),
    )


def places_of_day(free: FreeTimes, point: ServicePoint, day: date) -> int:
    """Return how many first appointments a point could still give on `day`. Of times that overlap (templates of two
    lengths), the one that gives most is counted."""
    total, last, most = 0, None, 0
    for time in free.times_of_day(point, day):
        hours = (time.starts_at, time.ends_at)
        if last is not None and overlap(last, hours):
            last, most = (last[0], max(last[1], hours[1])), max(most, time.places)
        else:
            total, last, most = total + most, hours, time.places
    return total + most


def _given(actor: Actor, points: Sequence[ServicePoint], free: FreeTimes) -> _Counts:
    first, last = free.reach()
    rows = (
        appointments_visible_to(actor)
        .filter(service_point__in=points, status__in=TAKES_THE_TIME, starts_at__gte=first, starts_at__lt=last)
        .order_by()
        .annotate(week=TruncWeek("starts_at"))
        .values("service_point", "week", "kind")
        .annotate(count=Count("pk"))
    )
    return {(row["service_point"], row["week"].date(), row["kind"]): row["count"] for row in rows}
