"""Which services are open: at a moment, or on a day of the week.

The hours of a service somewhere are its own there; without any, the service's; without any, the location's. Recurrences
are read as RFC 5545 has them. One that hangs on numbers of weeks or of days of the year, on a count, or on every so
many months says nothing here: nobody is sent to a door that may be closed.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db.models import DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, ExtractDay, Mod, TruncWeek
from django.db.models.lookups import Exact
from django.utils import timezone

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.models import Schedule, ServiceAtLocation
from arrimage.territory.working_days import closed_days

WEEK = list(Weekday)
_UNDERSTOOD = Q(byweekno="", byyearday="", count=None) & (Q(interval=None) | Q(interval=1) | ~Q(freq=Frequency.MONTHLY))


def open_at(moment: datetime) -> Q:
    """Return the condition that a service is open at `moment`: the opening minute counts, the closing one does not."""
    local = timezone.localtime(moment)
    day, hour = local.date(), local.time()
    today = Q(opens_at__lte=hour) & (Q(closes_at__gt=hour) | Q(closes_at__lt=F("opens_at")))
    overnight = Q(closes_at__gt=hour, closes_at__lt=F("opens_at"))
    return _with_schedule((_falls_on(day) & today) | (_falls_on(day - timedelta(days=1)) & overnight))


def open_on(weekday: Weekday, day: date) -> Q:
    """Return the condition that a service opens some such weekdays, the next one (`day` itself, perhaps) in force."""
    coming = day + timedelta(days=(WEEK.index(weekday) - day.weekday()) % 7)
    return _with_schedule(_UNDERSTOOD & _in_force(coming) & Q(byday__regex=rf"(^|,)([+-]?[0-9]+)?{weekday}(,|$)"))


def _with_schedule(condition: Q) -> Q:
    """Return the condition that a service has a schedule that fulfils `condition`, the nearest to its door alone."""
    fulfilled = Schedule.objects.filter(condition).order_by()
    here = Exists(Schedule.objects.filter(service_at_location=OuterRef("pk")))
    of_service = Exists(Schedule.objects.filter(service=OuterRef("service")))
    doors = ServiceAtLocation.objects.order_by().filter(
        Q(pk__in=fulfilled.filter(service_at_location__isnull=False).values("service_at_location"))
        | (~Q(here) & Q(service__in=fulfilled.filter(service__isnull=False).values("service")))
        | (~Q(here) & ~Q(of_service) & Q(location__in=fulfilled.filter(location__isnull=False).values("location")))
    )
    nowhere = ~Exists(ServiceAtLocation.objects.filter(service=OuterRef("pk")))
    of_itself = fulfilled.filter(service__isnull=False).values("service")
    return Q(pk__in=doors.values("service")) | (Q(nowhere) & Q(pk__in=of_itself))


def _in_force(day: date) -> Q:
    began = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(dtstart=None) | Q(dtstart__lte=day))
    return began & (Q(valid_to=None) | Q(valid_to__gte=day)) & (Q(until=None) | Q(until__gte=day))


def _falls_on(day: date) -> Q:
    """Return the condition that a schedule opens on a day: on a holiday, only one written for that very day."""
    on_that_day = _UNDERSTOOD & _in_force(day)
    if day in closed_days(day.year):
        on_that_day &= Q(valid_from=day, valid_to=day)
    return on_that_day & _among_its_days(day) & _in_its_weeks(day)


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
