"""Reading appointments, and finding free times."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.scheduling.busy import Taken, taken_times
from arrimage.scheduling.models import Appointment
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import is_working_day

LUNCH = (12, 13)


@dataclass(frozen=True)
class Slot:
    """A free time of an agent at a point of service."""

    service_point: ServicePoint
    agent: User
    starts_at: datetime
    ends_at: datetime


def appointments_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the region's appointments for those who accompany or receive, their own for a newcomer."""
    appointments = Appointment.objects.all()
    if actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS):
        return appointments if actor.region_id is None else appointments.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        return appointments.filter(persons=actor.scope_id)
    return appointments.none()


def agents_at(service_point: ServicePoint, day: date) -> list[User]:
    """Return the integration agents who work at a point of service on `day`, by name."""
    grants = RoleGrant.objects.live_on(day).filter(service_point=service_point, role=Role.INTEGRATION_AGENT)
    return list(User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name"))


def free_slots(service_point: ServicePoint, first: date, last: date, *, minutes: int | None = None) -> Iterator[Slot]:
    """Yield the free times of a point's agents from `first` to `last`, earliest first, on working days only.

    Times already past are left out. `minutes` is the length wanted; by default a first appointment's.
    """
    taken = _taken_times(service_point.region_id, first, last)
    yield from _free_times(service_point, agents_at(service_point, first), taken, first, last, minutes)


def earliest_slots(service_points: Sequence[ServicePoint], first: date, last: date) -> dict[int, Slot]:
    """Return, by key of point, its first free time from `first` to `last`; points with none are left out. Two queries
    for points of one region."""
    agents: dict[int | None, list[User]] = defaultdict(list)
    grants = RoleGrant.objects.live_on(first).filter(
        service_point__in=service_points, role=Role.INTEGRATION_AGENT, user__is_active=True
    )
    for grant in grants.select_related("user").order_by("user__name"):
        agents[grant.service_point_id].append(grant.user)
    taken = {region_id: _taken_times(region_id, first, last) for region_id in {p.region_id for p in service_points}}
    found = {}
    for point in service_points:
        slot = next(_free_times(point, agents[point.pk], taken[point.region_id], first, last), None)
        if slot is not None:
            found[point.pk] = slot
    return found


def _taken_times(region_id: int, first: date, last: date) -> Taken:
    """Return, by agent, the times taken in a region from `first` to `last`."""
    return taken_times("agent", region_id, clock.at(first, 0), clock.at(last + timedelta(days=1), 0))


def _free_times(
    service_point: ServicePoint,
    agents: Sequence[User],
    taken: Taken,
    first: date,
    last: date,
    minutes: int | None = None,
) -> Iterator[Slot]:
    length = timedelta(minutes=minutes or service_point.first_appointment_minutes)
    now = clock.now()
    day = first
    while day <= last:
        if is_working_day(day):
            for starts_at in day_starts(service_point, day, length):
                ends_at = starts_at + length
                if starts_at <= now:
                    continue
                for agent in agents:
                    if not any(start < ends_at and starts_at < end for start, end in taken[agent.pk]):
                        yield Slot(service_point, agent, starts_at, ends_at)
        day += timedelta(days=1)


def day_starts(service_point: ServicePoint, day: date, length: timedelta) -> Iterator[datetime]:
    """Yield the times an appointment of `length` may start on `day`: within the hours of the point, lunch left free."""
    opens, closes = service_point.day_starts_at, service_point.day_ends_at
    starts_at = clock.at(day, opens.hour, opens.minute)
    end_of_day = clock.at(day, closes.hour, closes.minute)
    lunch_from, lunch_to = clock.at(day, LUNCH[0]), clock.at(day, LUNCH[1])
    while starts_at + length <= end_of_day:
        if starts_at < lunch_to and starts_at + length > lunch_from:
            starts_at = lunch_to
            continue
        yield starts_at
        starts_at += length
