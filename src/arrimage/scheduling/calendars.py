"""Whose calendar is read, and what takes their time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model, Q, QuerySet

from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.scheduling.enums import INTERPRETS, TAKES_THE_TIME, SessionStatus
from arrimage.scheduling.feeds import ACCOMPANYING
from arrimage.scheduling.models import Appointment, Interpreter, Meeting, Room
from arrimage.scheduling.queries import appointments_visible_to
from arrimage.territory.models import ServicePoint

KINDS = ("agent", "point", "salle", "interprete")


@dataclass(frozen=True)
class Whose:
    """An agent, a point of service, a room or an interpreter; `kind` is its name in an address."""

    kind: str
    record: Model

    def in_appointments(self) -> Q:
        return self._in("service_point", "interpretations")

    def in_meetings(self) -> Q:
        return self._in("session__service_point", "interpretations")

    def _in(self, point: str, bookings: str) -> Q:
        if self.kind == "interprete":
            return Q(**{f"{bookings}__interpreter": self.record, f"{bookings}__status__in": INTERPRETS})
        return Q(**{{"agent": "agent", "point": point, "salle": "room"}[self.kind]: self.record})


def choices_of(actor: Actor, kind: str) -> QuerySet[Model]:
    """Return those whose calendar `actor` may open: of their region, in use today."""
    today, region = clock.today(), _region(actor)
    match kind:
        case "agent":
            grants = RoleGrant.objects.live_on(today).filter(role__in=ACCOMPANYING, region_id=region)
            return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name")
        case "point":
            return ServicePoint.objects.open_on(today).filter(region_id=region)
        case "salle":
            rooms = Room.objects.filter(service_point__region_id=region, is_used=True)
            return rooms.select_related("service_point").order_by("service_point__name", "name")
    return Interpreter.objects.filter(region_id=region, is_active=True)


def appointments_of(actor: Actor, whose: Whose, first: date, last: date) -> QuerySet[Appointment]:
    """Return the appointments that take their time from `first` to `last`, by hour."""
    rows = appointments_visible_to(actor).filter(whose.in_appointments(), status__in=TAKES_THE_TIME)
    return rows.filter(starts_at__gte=clock.at(first, 0), starts_at__lt=_after(last)).order_by("starts_at", "pk")


def meetings_of(actor: Actor, whose: Whose, first: date, last: date) -> QuerySet[Meeting]:
    """Return the meetings of group sessions that take their time from `first` to `last`, by hour."""
    rows = Meeting.objects.filter(whose.in_meetings(), session__region_id=_region(actor))
    rows = rows.exclude(session__status=SessionStatus.CANCELLED)
    rows = rows.filter(starts_at__gte=clock.at(first, 0), starts_at__lt=_after(last))
    return rows.select_related("session__programme", "session__service_point", "agent", "room").order_by("starts_at")


def _region(actor: Actor) -> int:
    """Return the region of the calendars; who accompanies always has one."""
    return actor.region_id or 0


def _after(day: date) -> datetime:
    return clock.at(day + timedelta(days=1), 0)
