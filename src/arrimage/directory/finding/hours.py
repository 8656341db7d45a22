"""Which services are open: at a moment, or on a day of the week.

The hours of a service somewhere are its own there; without any, the service's; without any, the location's. Recurrences
are read as RFC 5545 has them. One that hangs on numbers of weeks or of days of the year, on a count, or on every so
many months says nothing here: nobody is sent to a door that may be closed.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db.models import DateField, F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, ExtractDay, Mod, TruncWeek
from django.db.models.lookups import Exact
from django.utils import timezone

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.models import Schedule
from arrimage.territory.working_days import closed_days

WEEK = list(Weekday)
_UNDERSTOOD = Q(byweekno="", byyearday="", count=None) & (Q(interval=None) | Q(interval=1) | ~Q(freq=Frequency.MONTHLY))


def open_at(moment: datetime) -> Q:
    """Return the condition that a service is open at `moment`: the opening minute counts, the closing one does not."""
    local = timezone.localtime(moment)
    day, hour = local.date(), local.time()
    today = Q(opens_at__lte=hour) & (Q(closes_at__gt=hour) | Q(closes_at__lt=F("opens_at")))
    overnight = Q(closes_at__gt=hour, closes_at__lt=F("opens_at"))
    return _with_schedule((today & _falls_on(day)) | (overnight & _falls_on(day - timedelta(days=1))))


def open_on(weekday: Weekday, day: date) -> Q:
    """Return the condition that a service opens some such weekdays, the next one (`day` itself, perhaps) in force."""
    coming = day + timedelta(days=(WEEK.index(weekday) - day.weekday()) % 7)
    return _with_schedule(Q(byday__contains=weekday) & _UNDERSTOOD & _in_force(coming))


# The services that schedules speak for, the nearest to a door alone. In SQL, so that the schedules are read once, and
# nothing is looked for where there is no schedule of a service or of a location.
_SPOKEN_FOR = """
    with schedules(at_location, service, location) as materialized (%s)
    select a.service_id from directory_serviceatlocation a
    where a.id in (select at_location from schedules where at_location is not null)
        or (
            a.service_id in (select service from schedules where service is not null)
            and not exists (select from directory_schedule o where o.service_at_location_id = a.id)
        ) or (
            a.location_id in (select location from schedules where location is not null)
            and not exists (select from directory_schedule o where o.service_at_location_id = a.id)
            and not exists (select from directory_schedule o where o.service_id = a.service_id)
        )
    union all
    select s.service from schedules s where s.service is not null
        and not exists (select from directory_serviceatlocation a where a.service_id = s.service)
"""


def _with_schedule(condition: Q) -> Q:
    """Return the condition that a service has a schedule that fulfils `condition`, the nearest to its door alone."""
    schedules = Schedule.objects.filter(condition).order_by().values("service_at_location", "service", "location")
    fulfilled, parameters = schedules.query.sql_with_params()
    return Q(pk__in=RawSQL(_SPOKEN_FOR % fulfilled, parameters))


def _in_force(day: date) -> Q:
    began = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(dtstart=None) | Q(dtstart__lte=day))
    return began & (Q(valid_to=None) | Q(valid_to__gte=day)) & (Q(until=None) | Q(until__gte=day))


def _falls_on(day: date) -> Q:
    """Return the condition that a schedule opens on a day: on a holiday, only one written for that very day."""
    on_that_day = Q(every_week=None) & _UNDERSTOOD & _in_force(day) & _among_its_days(day) & _in_its_weeks(day)
    if day in closed_days(day.year):
        return on_that_day & Q(valid_from=day, valid_to=day)
    return Q(every_week__contains=WEEK[day.weekday()]) | on_that_day


def _among_its_days(day: date) -> Q:
    """Return the condition that the days a schedule names hold this one; those of one that names none are its dates."""
    length = monthrange(day.year, day.month)[1]
    first, last = (day.day - 1) // 7 + 1, (length - day.day) // 7 + 1
    weekday = rf"(^|,)(\+?{first}|-{last})?{WEEK[day.weekday()]}(,|$)"
    monthday = rf"(^|,)(\+?0?{day.day}|-{length - day.day + 1})(,|$)"
    dated = Q(byday="", bymonthday="", valid_from__isnull=False, valid_to__isnull=False)
    return dated | (
        (Q(byday="") | Q(byday__regex=weekday)) & (Q(bymonthday="") | Q(bymonthday__regex=monthday))
        & ~Q(byday="", bymonthday="")
    )  # fmt: skip


def _in_its_weeks(day: date) -> Q:
    """Return the condition that a schedule of every so many weeks, counted from its first, comes this week."""
    monday = Value(day - timedelta(days=day.weekday()), DateField())
    weeks = ExtractDay(monday - Cast(TruncWeek(Coalesce("dtstart", "valid_from")), DateField())) / 7
    return Q(interval=None) | Q(interval=1) | Q(Exact(Mod(weeks, F("interval")), 0))
