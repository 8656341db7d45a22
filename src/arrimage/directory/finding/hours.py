"""Which doors are open: at a moment, or on a day of the week.

The hours of a service somewhere are its own there; without any, the service's; without any, the location's. Recurrences
are read as RFC 5545 has them. One that hangs on numbers of weeks or of days of the year, on a count, or on every so
many months says nothing here: nobody is sent to a door that may be closed.

Conditions are SQL about the columns of a schedule, written from dates and times only: made by the ORM they cost more
than the search.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.models import Schedule
from arrimage.territory.working_days import closed_days

WEEK = list(Weekday)
_UNDERSTOOD = (
    "byweekno = '' and byyearday = '' and count is null"
    f" and (interval is null or interval = 1 or freq <> '{Frequency.MONTHLY}')"
)


def open_at(moment: datetime) -> str:
    """Return the condition that a schedule holds at `moment`: the opening minute counts, the closing one does not."""
    local = timezone.localtime(moment)
    day, hour = local.date(), f"time '{local.time().isoformat()}'"
    today = f"opens_at <= {hour} and (closes_at > {hour} or closes_at < opens_at) and {_falls_on(day)}"
    before = day - timedelta(days=1)
    return f"(({today}) or (closes_at > {hour} and closes_at < opens_at and {_falls_on(before)}))"


def open_on(weekday: Weekday, day: date) -> str:
    """Return the condition that a schedule has some such weekdays, the next one (`day` itself, perhaps) in force."""
    coming = day + timedelta(days=(WEEK.index(weekday) - day.weekday()) % 7)
    return f"(strpos(byday, '{weekday}') > 0 and {_UNDERSTOOD} and {_in_force(coming)})"


class IsOpen(Func):
    """Whether a schedule that `holds` says that a door is open: those nearest to it are heard, and they alone."""

    output_field = BooleanField()

    def __init__(self, holds: str) -> None:
        super().__init__(F("pk"), F("service"), F("location"), holds=holds)

    def as_sql(self, compiler: SQLCompiler, *_args: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        columns = (compiler.compile(column)[0] for column in self.get_source_expressions())
        heard = (
            f"(select bool_or(({self.extra['holds']}) is true) from directory_schedule where {of}_id = {column})"
            for of, column in zip(("service_at_location", "service", "location"), columns, strict=True)
        )
        return f"coalesce({', '.join(heard)}, false)", ()


def with_schedule(holds: str) -> QuerySet[Any]:
    """Return the keys of the services of which a schedule of their own, at all their doors, `holds`."""
    own = Schedule.objects.order_by().filter(service__isnull=False)
    return own.filter(RawSQL(holds, (), BooleanField())).values("service")


def _in_force(day: date) -> str:
    on = _written(day)
    began = f"(valid_from is null or valid_from <= {on}) and (dtstart is null or dtstart <= {on})"
    return f"{began} and (valid_to is null or valid_to >= {on}) and (until is null or until >= {on})"


def _falls_on(day: date) -> str:
    """Return the condition that a schedule opens on a day: on a holiday, only one written for that very day."""
    conditions = ("every_week is null", _UNDERSTOOD, _in_force(day), _among_its_days(day), _in_its_weeks(day))
    on_that_day = " and ".join(conditions)
    if day in closed_days(day.year):
        return f"({on_that_day} and valid_from = {_written(day)} and valid_to = {_written(day)})"
    return f"(strpos(every_week, '{WEEK[day.weekday()]}') > 0 or ({on_that_day}))"


def _among_its_days(day: date) -> str:
    """Return the condition that the days a schedule names hold this one; those of one that names none are its dates."""
    length = monthrange(day.year, day.month)[1]
    first, last = (day.day - 1) // 7 + 1, (length - day.day) // 7 + 1
    weekday = rf"(^|,)(\+?{first}|-{last})?{WEEK[day.weekday()]}(,|$)"
    monthday = rf"(^|,)(\+?0?{day.day}|-{length - day.day + 1})(,|$)"
    dated = "byday = '' and bymonthday = '' and valid_from is not null and valid_to is not null"
    named = f"(byday = '' or byday ~ '{weekday}') and (bymonthday = '' or bymonthday ~ '{monthday}')"
    return f"(({dated}) or ({named} and (byday <> '' or bymonthday <> '')))"


def _in_its_weeks(day: date) -> str:
    """Return the condition that a schedule of every so many weeks, counted from its first, comes this week."""
    monday = _written(day - timedelta(days=day.weekday()))
    weeks = f"({monday} - date_trunc('week', coalesce(dtstart, valid_from))::date) / 7"
    return f"(interval is null or interval = 1 or mod({weeks}, interval) = 0)"


def _written(day: date) -> str:
    return f"date '{day.isoformat()}'"
