"""Contacts 6, 12 and 24 months after the arrival: when each is due, for whom, and which are to be made now.

A window opens some days before the day and closes some days after (`Milestone`). Nothing is written when it opens or
closes: a contact never made is one whose window is over. Only who agreed to be reached later is due one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from arrimage.casework.enums import FileStatus, MilestoneResult
from arrimage.casework.models import File, Milestone, MilestoneContact
from arrimage.casework.models.contacts import LONGEST_SIDE
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.rules import months_later

MONTHS = (6, 12, 24)
AUTONOMOUS_LEVEL = 7  # of both oral skills: the advanced intermediate of the Échelle québécoise
SETTLED = (MilestoneResult.REACHED, MilestoneResult.DECLINED)
_LONGEST_MONTH, _SHORTEST_MONTH = 31, 28


class Months(Func):
    """So many months, added to a day as `months_later` does: the last of a shorter month."""

    template = "make_interval(months => %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Window:
    """When one contact may be made, both days included; `due` is the day itself."""

    months: int
    opens: date
    due: date
    closes: date

    def holds(self, day: date) -> bool:
        return self.opens <= day <= self.closes


def windows_of(file: File, milestones: Iterable[Milestone] | None = None) -> list[Window]:
    """Return the windows of a file, the first one first; none when the arrival is not known.

    One query, unless `milestones` gives the settings.
    """
    if file.arrived_on is None:
        return []
    found = []
    for each in Milestone.objects.order_by("months") if milestones is None else milestones:
        due = months_later(file.arrived_on, each.months)
        found.append(
            Window(each.months, due - timedelta(days=each.days_before), due, due + timedelta(days=each.days_after))
        )
    return found


def with_window(files: QuerySet[File], months: int) -> QuerySet[Any]:
    """Add `due_on`, `opens_on` and `closes_on` of the contact at `months`, as `windows_of` finds them."""
    setting = Milestone.objects.filter(months=months)
    before, after = setting.values("days_before"), setting.values("days_after")
    return files.filter(arrived_on__isnull=False).annotate(
        due_on=Cast(F("arrived_on") + Months(Value(months)), DateField()),
        opens_on=ExpressionWrapper(F("due_on") - Subquery(before), output_field=DateField()),
        closes_on=ExpressionWrapper(F("due_on") + Subquery(after), output_field=DateField()),
    )


def due_files(files: QuerySet[File], months: int, first: date, last: date) -> QuerySet[Any]:
    """Keep the files whose contact at `months` closes from `first` to `last`, and is owed.

    Owed: the person agreed to be reached later, on the day itself, and the file was not transferred before the window
    closed. `contacted` says whether one was settled.
    """
    return _owed(with_window(_arrived_near(files, months, first, last), months), months).filter(
        closes_on__range=(first, last)
    )


def open_files(files: QuerySet[File], months: int) -> QuerySet[Any]:
    """Keep the files whose contact at `months` may be made today and is not settled; `since` its opening."""
    today = clock.today()
    found = _owed(with_window(_arrived_near(files, months, today, today), months), months)
    return found.filter(opens_on__lte=today, closes_on__gte=today, contacted=False).annotate(since=F("opens_on"))


def _owed(files: QuerySet[Any], months: int) -> QuerySet[Any]:
    agreed = Consent.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=OuterRef("due_on")),
        person=OuterRef("person"),
        region=OuterRef("region"),
        purpose=Purpose.FOLLOW_UP,
        given_on__lte=OuterRef("due_on"),
        expires_on__gte=OuterRef("due_on"),
    )
    settled = MilestoneContact.objects.filter(file=OuterRef("pk"), months=months, result__in=SETTLED)
    elsewhere = Q(status=FileStatus.TRANSFERRED, closed_on__lte=F("closes_on"))
    taken_up = File.objects.filter(person=OuterRef("person"), region=OuterRef("region"), pk__gt=OuterRef("pk"))
    return files.filter(Exists(agreed)).exclude(elsewhere).exclude(Exists(taken_up)).annotate(contacted=Exists(settled))


def _arrived_near(files: QuerySet[File], months: int, first: date, last: date) -> QuerySet[Any]:
    """Narrow files, by the index of arrivals, to those whose window may touch these days; a little more than needed."""
    return files.filter(
        arrived_on__gte=first - timedelta(days=months * _LONGEST_MONTH + LONGEST_SIDE),
        arrived_on__lte=last - timedelta(days=months * _SHORTEST_MONTH - LONGEST_SIDE),
    )
