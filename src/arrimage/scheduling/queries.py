"""Reading appointments, and finding free times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.people.queries import records_of
from arrimage.scheduling.free_times import FreeTimes, Wish
from arrimage.scheduling.models import Appointment, Attendance, Room
from arrimage.scheduling.presence import team_of
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Slot:
    """A free time of an agent at a point of service; with a room that is free, when one was asked for."""

    service_point: ServicePoint
    agent: User
    starts_at: datetime
    ends_at: datetime
    room: Room | None = None

    def keeps(self, due: date) -> bool:
        """Say whether it is on time for something to do on `due` at the latest."""
        return timezone.localtime(self.starts_at).date() <= due


def appointments_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the region's appointments for those who accompany or receive; for a newcomer their own, and those of the
    records merged into theirs."""
    appointments = Appointment.objects.all()
    if actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS):
        return appointments if actor.region_id is None else appointments.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        attended = Attendance.objects.filter(person__in=records_of(actor.scope_id)).values("appointment")
        return appointments.filter(pk__in=attended)
    return appointments.none()


def agents_at(service_point: ServicePoint, day: date) -> list[User]:
    """Return the integration agents at work at a point of service on `day`, by name. Three queries."""
    return team_of([service_point], day, day).at(service_point, day)


def free_slots(
    service_point: ServicePoint,
    first: date,
    last: date,
    *,
    minutes: int | None = None,
    kind: str | None = None,
    for_airport: bool = False,
    with_room: bool = False,
    step_free: bool = False,
) -> Iterator[Slot]:
    """Yield the free times of a point's agents from `first` to `last`, earliest first, once for each agent free.

    Times already past are left out. `minutes` is the length wanted; by default, a first appointment's. `kind` says what
    for, by default a first appointment, or a follow-up when `minutes` are given. `for_airport`: whoever asks receives
    arrivals, and may give the times kept for the airport. `with_room`: only while a room is free (`step_free`: one
    without steps). A fixed number of queries, however many the days and the agents.
    """
    wish = Wish(minutes, kind, for_airport=for_airport, with_room=with_room, step_free=step_free)
    yield from _slots(FreeTimes([service_point], first, last, wish), service_point)


def earliest_slots(
    service_points: Sequence[ServicePoint],
    first: date,
    last: date,
    *,
    minutes: int | None = None,
    kind: str | None = None,
    for_airport: bool = False,
) -> dict[int, Slot]:
    """Return, by key of point, its first free time from `first` to `last`; points with none are left out.

    As many queries for several points of one region as for one.
    """
    free = FreeTimes(service_points, first, last, Wish(minutes, kind, for_airport=for_airport))
    found = {point.pk: next(_slots(free, point), None) for point in service_points}
    return {key: slot for key, slot in found.items() if slot is not None}


def _slots(free: FreeTimes, point: ServicePoint) -> Iterator[Slot]:
    for time in free.times(point):
        for agent, room in time.choices():
            yield Slot(point, agent, time.starts_at, time.ends_at, room)
