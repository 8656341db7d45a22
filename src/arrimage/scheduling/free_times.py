"""The times still free at points of service, from everything that keeps one from being so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from arrimage.accounts.context import elevated
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.scheduling.busy import taken_times
from arrimage.scheduling.enums import TAKES_THE_TIME, AppointmentKind
from arrimage.scheduling.models import Appointment, Room, SlotTemplate
from arrimage.scheduling.opening import opening_of
from arrimage.scheduling.presence import team_of
from arrimage.scheduling.rules import Span, minutes_of, overlap, span, times_within
from arrimage.territory.models import ServicePoint

TakenOnDays = dict[tuple[int, date], list[Span]]  # by key of what is taken and day: one looks at the day alone


@dataclass(frozen=True)
class Wish:
    """What a time is looked for: how long, for which kind of appointment, by whom, with a room or not."""

    minutes: int | None = None
    kind: str | None = None
    for_airport: bool = False
    with_room: bool = False
    step_free: bool = False

    @property
    def asked(self) -> str:
        return self.kind or (AppointmentKind.FIRST if self.minutes is None else AppointmentKind.FOLLOW_UP)


@dataclass(frozen=True)
class FreeTime:
    """A time at a point, who is free then, in which rooms (None: nobody asked); `places`: how many may be given."""

    starts_at: datetime
    ends_at: datetime
    agents: Sequence[User]
    rooms: Sequence[Room] | None
    places: int

    def choices(self) -> Iterator[tuple[User, Room | None]]:
        """Yield each agent with a room, not the same for all: two who book at once then seldom want the same."""
        for rank, agent in enumerate(self.agents):
            yield agent, self.rooms[rank % len(self.rooms)] if self.rooms else None


@dataclass(frozen=True)
class _Template:
    """A template on one day."""

    template: SlotTemplate
    span: Span

    def opens_to(self, wish: Wish, now: datetime, starts_at: datetime) -> bool:
        hours = self.template.airport_hours
        return wish.for_airport or hours is None or now >= starts_at - timedelta(hours=hours)


@dataclass
class FreeTimes:
    """The free times of `points` from `first` to `last`, for one wish.

    All is read when it is made: ten queries at most for points of one region, however many the days and the agents.
    """

    points: Sequence[ServicePoint]
    first: date
    last: date
    wish: Wish = field(default_factory=Wish)

    def __post_init__(self) -> None:
        self.now = clock.now()
        self.opening = opening_of(self.points, self.first, self.last)
        self.team = team_of(self.points, self.first, self.last)
        self.taken = self._taken("agent")
        self.rooms = self._rooms()
        self.rooms_taken = self._taken("room") if self.rooms else {}
        self.given = self._given()

    def times(self, point: ServicePoint) -> Iterator[FreeTime]:
        """Yield the free times of a point, earliest first."""
        for day in self.days():
            yield from self.times_of_day(point, day)

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def times_of_day(self, point: ServicePoint, day: date) -> Iterator[FreeTime]:
        """Yield the free times of a point on `day`, earliest first."""
        spans = self.opening.spans(point, day)
        agents = self.team.at(point, day) if spans else []
        if not agents:
            return
        templates = self._templates(point, day)
        for time, places in sorted(self._candidates(point, day, spans, templates).items()):
            found = self._free(point, time, agents, templates, places)
            if found is not None:
                yield found

    def _candidates(
        self, point: ServicePoint, day: date, spans: Sequence[Span], templates: Sequence[_Template]
    ) -> dict[Span, int | None]:
        """Return the times to look at, with how many may be given at each; None where no template says."""
        in_force = self.opening.templates_on(point, day)
        if not any(each.kind == self.wish.asked for each in in_force):
            length = self.wish.minutes or point.first_appointment_minutes
            return dict.fromkeys(times_within(spans, timedelta(minutes=length)), None)
        found: dict[Span, int | None] = {}
        for each in templates:
            if each.template.kind != self.wish.asked:
                continue
            length = self.wish.minutes or each.template.minutes
            for time in times_within([each.span], timedelta(minutes=length)):
                within = any(opens <= time[0] and time[1] <= closes for opens, closes in spans)
                if within and each.opens_to(self.wish, self.now, time[0]):
                    found[time] = (found.get(time) or 0) + each.template.places
        return found

    def _free(
        self,
        point: ServicePoint,
        time: Span,
        agents: Sequence[User],
        templates: Sequence[_Template],
        places: int | None,
    ) -> FreeTime | None:
        if time[0] <= self.now:
            return None
        free = [agent for agent in agents if _is_free(self.taken, agent.pk, time)]
        left = len(free) - self._kept_for_others(point, time, templates)
        if places is not None:
            left = min(left, places - self._count(point, self.wish.asked, time))
        rooms = self._free_rooms(point, time)
        if rooms is not None:
            left = min(left, len(rooms))
        return FreeTime(*time, free, rooms, left) if left > 0 else None

    def _kept_for_others(self, point: ServicePoint, time: Span, templates: Sequence[_Template]) -> int:
        """Return how many agents templates keep, at most at once during `time`, for what is not asked."""
        others = [
            each
            for each in templates
            if overlap(each.span, time)
            and (each.template.kind != self.wish.asked or not each.opens_to(self.wish, self.now, time[0]))
        ]
        left = {each: max(0, each.template.places - self._count(point, each.template.kind, time)) for each in others}
        moments = [max(time[0], each.span[0]) for each in others]
        return max(
            (sum(n for each, n in left.items() if each.span[0] <= moment < each.span[1]) for moment in moments),
            default=0,
        )

    def _count(self, point: ServicePoint, kind: str, time: Span) -> int:
        """Return how many appointments of a kind a point has during `time`."""
        return sum(overlap(hours, time) for hours in self.given[point.pk, kind])

    def _templates(self, point: ServicePoint, day: date) -> list[_Template]:
        return [
            _Template(each, span(day, minutes_of(each.starts_at), minutes_of(each.ends_at)))
            for each in self.opening.templates_on(point, day)
            if day.isoweekday() in each.weekdays
        ]

    def _free_rooms(self, point: ServicePoint, time: Span) -> list[Room] | None:
        if not self.wish.with_room:
            return None
        return [room for room in self.rooms.get(point.pk, ()) if _is_free(self.rooms_taken, room.pk, time)]

    # --- Reading ----------------------------------------------------------------------------------------------------
    def reach(self) -> Span:
        return clock.at(self.first, 0), clock.at(self.last + timedelta(days=1), 0)

    def _taken(self, resource: str) -> TakenOnDays:
        taken: TakenOnDays = defaultdict(list)
        for region in {point.region_id for point in self.points}:
            for key, spans in taken_times(resource, region, *self.reach()).items():
                for hours in spans:
                    for day in _days_of(hours):
                        taken[key, day].append(hours)
        return taken

    def _rooms(self) -> dict[int, list[Room]]:
        rooms: dict[int, list[Room]] = defaultdict(list)
        if self.wish.with_room:
            found = Room.objects.filter(service_point__in=self.points, is_used=True)
            for room in found.filter(is_step_free=True) if self.wish.step_free else found:
                rooms[room.service_point_id].append(room)
        return rooms

    def _given(self) -> dict[tuple[int, str], list[Span]]:
        """Return the hours of the appointments of the points that have templates, by point and kind."""
        given: dict[tuple[int, str], list[Span]] = defaultdict(list)
        if not self.opening.templates:
            return given
        first, last = self.reach()
        rows = Appointment.objects.filter(
            service_point__in=list(self.opening.templates),
            status__in=TAKES_THE_TIME,
            ends_at__gt=first,
            starts_at__lt=last,
        ).order_by()
        with elevated():  # counts alone come out
            for point, kind, starts_at, ends_at in rows.values_list("service_point", "kind", "starts_at", "ends_at"):
                given[point, kind].append((starts_at, ends_at))
        return given


def _days_of(hours: Span) -> Iterator[date]:
    day, last = (timezone.localtime(moment).date() for moment in hours)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _is_free(taken: TakenOnDays, key: int, time: Span) -> bool:
    return not any(overlap(time, hours) for day in _days_of(time) for hours in taken.get((key, day), ()))
