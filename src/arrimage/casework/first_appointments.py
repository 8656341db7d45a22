"""The first appointment, five working days after arrival: who waits for one, who has one too late."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncWeek

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.charge import responsible_for
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.people.models import Member
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Attendance

LOOK_BACK_DAYS = 90  # older than that, a thing is found in the lists: the page shows what can still be helped


def _meetings() -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        person=OuterRef("person"),
        appointment__region=OuterRef("region"),
        appointment__status__in=[AppointmentStatus.BOOKED, AppointmentStatus.KEPT],
    )


def without_appointment(files: QuerySet[File]) -> QuerySet[File]:
    """Keep the files of grown-ups with no appointment kept or to come, due since `LOOK_BACK_DAYS` at the earliest."""
    return (
        files.filter(first_appointment_due__gte=clock.today() - timedelta(days=LOOK_BACK_DAYS))
        .exclude(Exists(_meetings()))
        .exclude(Exists(Member.objects.filter(person=OuterRef("person"), relation=Relation.CHILD)))
    )


def with_late_appointment(actor: Actor) -> QuerySet[Any]:
    """Return the files `actor` answers for whose first appointment, still to come, is after the last day for it.

    With `meets_at` and `appointment_uid`.
    """
    first = _meetings().order_by("appointment__starts_at")
    return (
        File.objects.filter(
            responsible_for(actor), first_appointment_due__gte=clock.today() - timedelta(days=LOOK_BACK_DAYS)
        )
        .annotate(
            meets_at=Subquery(first.values("appointment__starts_at")[:1]),
            appointment_uid=Subquery(first.values("appointment__uid")[:1]),
        )
        .filter(meets_at__gte=clock.now(), meets_at__date__gt=F("first_appointment_due"))
        .exclude(Exists(Member.objects.filter(person=OuterRef("person"), relation=Relation.CHILD)))
    )


def appointments_needed(actor: Actor, first: date, last: date) -> dict[tuple[int, date], int]:
    """Return how many first appointments are to be given, by point of service and Monday of the week they are due.

    One for each household: spouses come along. Those overdue are due in the week of `first`. One query.
    """
    require(actor, Right.MANAGE_SCHEDULES)
    files = File.objects.filter(status=FileStatus.ACTIVE, first_appointment_due__lte=last)
    if actor.region_id is not None:
        files = files.filter(region_id=actor.region_id)
    rows = (
        without_appointment(files)
        .exclude(Exists(Member.objects.filter(person=OuterRef("person"), relation=Relation.SPOUSE)))
        .order_by()
        .annotate(week=TruncWeek("first_appointment_due"))
        .values_list("service_point", "week")
        .annotate(count=Count("pk"))
    )
    needed: dict[tuple[int, date], int] = {}
    for point, week, count in rows:
        key = (point, max(week, first))
        needed[key] = needed.get(key, 0) + count
    return needed
