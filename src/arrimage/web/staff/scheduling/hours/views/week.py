"""One point of service: its week as it will be, and everything that makes it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_period
from arrimage.scheduling.arranging import points_arranged_by
from arrimage.scheduling.capacity import monday_of, places_of_day
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.free_times import FreeTimes, Wish
from arrimage.scheduling.models import Closure, SlotTemplate
from arrimage.scheduling.queries import appointments_visible_to
from arrimage.scheduling.rules import write_day, write_week, write_weekdays
from arrimage.territory.models import ServicePoint
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.tabs import tabs

WEEK = timedelta(days=7)
YEARS_SHOWN = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Day:
    """A day of a point: its hours as they are written, or why it is closed; who is there, what may still be given."""

    day: date
    hours: str
    why_closed: str
    templates: Sequence[SlotTemplate]
    agents: Sequence[User]
    free: int

    @property
    def name(self) -> str:
        return write_date(self.day, "EEEE")

    @property
    def day_and_month(self) -> str:
        return write_date(self.day, "d MMM")

    @property
    def is_past(self) -> bool:
        return self.day < clock.today()


@dataclass(frozen=True)
class Dated:
    """A closure, with the first of the appointments already given for its days and how many there are."""

    closure: Closure
    days: list[date]

    @property
    def first_day(self) -> date:
        return self.days[0]


@allows(Right.MANAGE_SCHEDULES)
@require_safe
def hours(request: ActingRequest) -> HttpResponse:
    """Show a point of service (`?point=`, else one's own) and a week of it (`?semaine=2026-11-23`)."""
    points = list(points_arranged_by(request.actor))
    point = chosen_point(request, points)
    monday = monday_of(as_day(request.GET.get("semaine", "")))
    context: dict[str, Any] = {
        "title": _("Horaires"),
        "lead": point.name if point else "",
        "tabs": tabs(request.actor, "staff:hours"),
        "points": points,
        "point": point,
    }
    if point is not None:
        context |= {
            "week": week_of(point, monday),
            "monday": monday,
            "period": write_period(monday, monday + timedelta(days=6)),
            "before": monday - WEEK,
            "after": monday + WEEK,
            "is_now": monday == monday_of(clock.today()),
            **_written(request.actor, point),
        }
    return render(request, "staff/hours/hours.html", context)


def chosen_point(request: ActingRequest, points: Sequence[ServicePoint]) -> ServicePoint | None:
    """Return the point asked for, else the reader's own, else the first."""
    asked = request.GET.get("point", "")
    own = request.actor.service_point_id
    return (
        next((point for point in points if str(point.uid) == asked), None)
        or next((point for point in points if point.pk == own), None)
        or (points[0] if points else None)
    )


def as_day(text: str) -> date:
    """Return the day an address asks for; today for none, or one no timetable is written for."""
    today = clock.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day - today) < YEARS_SHOWN else today


def week_of(point: ServicePoint, monday: date) -> list[Day]:
    """Return the seven days of a week as they will be."""
    free = FreeTimes([point], monday, monday + timedelta(days=6), Wish(for_airport=True))
    return [
        Day(
            day=day,
            hours=write_day(free.opening.stretches(point, day)),
            why_closed=free.opening.why_closed(point, day),
            templates=[each for each in free.opening.templates_on(point, day) if day.isoweekday() in each.weekdays],
            agents=free.team.at(point, day),
            free=places_of_day(free, point, day),
        )
        for day in free.days()
    ]


def _written(actor: Actor, point: ServicePoint) -> dict[str, object]:
    """Return everything written of a point, what is withdrawn apart. Five queries."""
    today = clock.today()
    timetables = list(point.timetables.all())
    closures = list(point.closures.filter(last_on__gte=today))
    templates = list(point.slot_templates.all())
    rooms = list(point.rooms.all())
    withdrawn = [
        (kind, each, _name(each))
        for kind, records in (("horaire", timetables), ("fermeture", closures), ("plage", templates))
        for each in records
        if each.is_withdrawn
    ]
    return {
        "timetables": [(each, write_week(each.week)) for each in timetables if not each.is_withdrawn],
        "closures": _with_appointments(actor, point, [each for each in closures if not each.is_withdrawn]),
        "templates": [(each, write_weekdays(each.weekdays)) for each in templates if not each.is_withdrawn],
        "rooms": [room for room in rooms if room.is_used],
        "withdrawn": withdrawn + [("salle", room, room.name) for room in rooms if not room.is_used],
    }


def _name(record: object) -> str:
    if isinstance(record, Closure):
        return f"{record.reason}, {write_period(record.first_on, record.last_on)}"
    if isinstance(record, SlotTemplate):
        return f"{record.get_kind_display()}, {write_weekdays(record.weekdays)}"
    return str(record)


def _with_appointments(actor: Actor, point: ServicePoint, closures: Sequence[Closure]) -> list[Dated]:
    """Return closures with the days of the appointments that were given before the closure was known."""
    if not closures:
        return []
    first, last = min(each.first_on for each in closures), max(each.last_on for each in closures)
    given = appointments_visible_to(actor).filter(
        service_point=point,
        status__in=[AppointmentStatus.BOOKED, AppointmentStatus.OFFERED],
        starts_at__gte=clock.at(max(first, clock.today()), 0),
        starts_at__lt=clock.at(last + timedelta(days=1), 0),
    )
    days = [timezone.localtime(moment).date() for moment in given.values_list("starts_at", flat=True)]
    return [Dated(each, [day for day in days if each.first_on <= day <= each.last_on]) for each in closures]
