"""The weeks to come: what can be given, what is, what will be needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import django_tables2 as tables
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.first_appointments import appointments_needed
from arrimage.foundation import clock
from arrimage.foundation.writing import write_period
from arrimage.reception.expected import appointments_expected
from arrimage.scheduling.arranging import points_arranged_by
from arrimage.scheduling.capacity import WEEK, Week, monday_of, weeks_of
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint
from arrimage.web.access import allows
from arrimage.web.export import csv_response
from arrimage.web.lists import DateColumn, NumberColumn
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.tabs import tabs

WEEKS = 6
BAR = 100  # units of the width of the longest bar


@dataclass(frozen=True)
class Line:
    """A week of a point, with the first appointments it must still give, and its bar: widths of what is drawn."""

    week: Week
    needed: int
    longest: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.week.free)

    @property
    def taken_width(self) -> float:
        return round(BAR * self.week.taken / self.longest, 1)

    @property
    def free_width(self) -> float:
        return round(BAR * self.week.free / self.longest, 1)

    @property
    def needed_at(self) -> float:
        """Where the mark of what is needed stands: after what is taken."""
        return round(BAR * (self.week.taken + self.needed) / self.longest, 1)


@dataclass(frozen=True)
class Expected:
    """A week of the region: parties announced whose first appointment will be due, beside the free places."""

    monday: date
    parties: int
    needed: int
    free: int

    @property
    def last_day(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def missing(self) -> int:
        return max(0, self.parties + self.needed - self.free)


class CapacityTable(tables.Table):
    """The figures as they leave in a file."""

    point = tables.Column(accessor="week__point__name", verbose_name=gettext_lazy("Point de services"))
    monday = DateColumn(accessor="week__monday", verbose_name=gettext_lazy("Semaine du"))
    open_days = NumberColumn(accessor="week__open_days", verbose_name=gettext_lazy("Jours ouverts"))
    agents = NumberColumn(accessor="week__agents", verbose_name=gettext_lazy("Agents présents"))
    offered = NumberColumn(accessor="week__offered", verbose_name=gettext_lazy("Places offertes"))
    taken = NumberColumn(accessor="week__taken", verbose_name=gettext_lazy("Places prises"))
    free = NumberColumn(accessor="week__free", verbose_name=gettext_lazy("Places libres"))
    follow_ups = NumberColumn(accessor="week__follow_ups", verbose_name=gettext_lazy("Suivis"))
    needed = NumberColumn(verbose_name=gettext_lazy("Premiers rendez-vous à fixer"))


@allows(Right.MANAGE_SCHEDULES)
@require_safe
def capacity(request: ActingRequest) -> HttpResponseBase:
    """Show the weeks to come of each point of service; `?export=csv` for a file."""
    actor = request.actor
    monday = monday_of(clock.today())
    points = list(points_arranged_by(actor).filter(kind=ServicePointKind.OFFICE, open_to_public=True))
    lines = lines_of(actor, points, monday)
    if request.GET.get("export") == "csv":
        return csv_response(CapacityTable(lines), "capacite")
    last = monday + WEEKS * WEEK - timedelta(days=1)
    context = {
        "title": _("Capacité"),
        "lead": write_period(monday, last),
        "tabs": tabs(actor, "staff:capacity"),
        "by_point": [(point, [line for line in lines if line.week.point == point]) for point in points],
        "expected": expected_of(actor, lines, monday),
        "bar": BAR,
    }
    return render(request, "staff/hours/capacity.html", context)


def lines_of(actor: Actor, points: Sequence[ServicePoint], monday: date) -> list[Line]:
    """Return the weeks of each point with what each needs."""
    weeks = weeks_of(actor, points, monday, WEEKS)
    needed = appointments_needed(actor, monday, monday + WEEKS * WEEK - timedelta(days=1))
    needs = {(week.point.pk, week.monday): needed.get((week.point.pk, week.monday), 0) for week in weeks}
    longest = max((max(w.offered, w.taken + needs[w.point.pk, w.monday]) for w in weeks), default=0) or 1
    return [Line(week, needs[week.point.pk, week.monday], longest) for week in weeks]


def expected_of(actor: Actor, lines: Sequence[Line], monday: date) -> list[Expected]:
    """Return the weeks of the region, with the parties announced."""
    parties = appointments_expected(actor, monday + WEEKS * WEEK)
    mondays = [monday + number * WEEK for number in range(WEEKS)]
    found = []
    for each in mondays:
        here = [line for line in lines if line.week.monday == each]
        found.append(
            Expected(
                each,
                parties.get(each, 0),
                needed=sum(line.needed for line in here),
                free=sum(line.week.free for line in here),
            )
        )
    return found
