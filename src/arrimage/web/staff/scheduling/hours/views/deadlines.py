"""First appointments whose five working days are nearly over: who, and what can still be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.first_appointments import with_late_appointment
from arrimage.casework.models import File
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.foundation.writing import write_number
from arrimage.scheduling.queries import Slot, earliest_slots
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.tabs import tabs

SEARCHED_DAYS = 21
SHOWN = 50


@dataclass(frozen=True)
class AtRisk:
    """Somebody whose first appointment is to be given, or is given too late (`meets_at`); the soonest time free."""

    file: File
    due: date
    slot: Slot | None
    url: str
    meets_at: datetime | None = None

    @property
    def in_time(self) -> bool:
        return self.slot is not None and self.slot.keeps(self.due)

    @property
    def is_sooner(self) -> bool:
        """Say whether the free time is before the one given."""
        return self.slot is not None and (self.meets_at is None or self.slot.starts_at < self.meets_at)


@allows(Right.ACCOMPANY)
@require_safe
def first_appointments(request: ActingRequest) -> HttpResponse:
    """Show who one answers for without an appointment, the limit near, then who has one after the limit."""
    actor = request.actor
    all_without, all_late = waiting(actor, Reason.FIRST_APPOINTMENT), with_late_appointment(actor)
    without, late = _most_pressing(all_without), _most_pressing(all_late)
    slots = _soonest([*without, *late])
    count = all_without.count() + all_late.count()
    context = {
        "title": _("Premiers rendez-vous"),
        "lead": ngettext(
            "%(n)s personne dont le délai de cinq jours ouvrables est en jeu",
            "%(n)s personnes dont le délai de cinq jours ouvrables est en jeu",
            count,
        )
        % {"n": write_number(count)},
        "tabs": tabs(actor, "staff:first_appointments"),
        "left_out": count - len(without) - len(late),
        "without": [_at_risk(file, slots, reverse("staff:appointment_book", args=[file.uid])) for file in without],
        "late": [
            _at_risk(file, slots, reverse("staff:appointment", args=[file.appointment_uid]), file.meets_at)
            for file in late
        ],
    }
    return render(request, "staff/hours/first_appointments.html", context)


def _most_pressing(files: QuerySet[Any]) -> list[Any]:
    related = files.select_related("person", "service_point", "agent")
    return list(related.order_by("first_appointment_due", "pk")[:SHOWN])


def _soonest(files: Sequence[File]) -> dict[int, Slot]:
    """Return the soonest time free at each of the files' points of service."""
    points = {file.service_point_id: file.service_point for file in files if file.service_point is not None}
    today = clock.today()
    return earliest_slots(list(points.values()), today, today + timedelta(days=SEARCHED_DAYS)) if points else {}


def _at_risk(file: File, slots: dict[int, Slot], url: str, meets_at: datetime | None = None) -> AtRisk:
    assert file.first_appointment_due is not None  # what is listed has one
    slot = slots.get(file.service_point_id) if file.service_point_id is not None else None
    return AtRisk(file, file.first_appointment_due, slot, url, meets_at)
