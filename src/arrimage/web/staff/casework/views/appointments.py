"""An agent's day, and the past appointments nobody told about."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.agenda import appointments_of_day, meetings
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.tabs import tabs

WITHOUT_OUTCOME = 25


@allows(Right.ACCOMPANY)
@require_safe
def appointments(request: ActingRequest) -> HttpResponse:
    """Show a day (`?jour=2026-11-27`): one's own, or the team's for a team lead; past ones without an outcome above."""
    actor = request.actor
    day = _as_day(request.GET.get("jour", ""))
    untold = waiting(actor, Reason.OUTCOME_MISSING).order_by("-starts_at")[:WITHOUT_OUTCOME]
    context = {
        "title": _("Rendez-vous"),
        "lead": write_date(day, "EEEE d MMMM y"),
        "tabs": tabs(actor, "staff:appointments"),
        "day": day,
        "is_today": day == clock.today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "meetings": meetings(actor, appointments_of_day(actor, day)),
        "untold": meetings(actor, untold),
    }
    return render(request, "staff/casework/appointments.html", context)


def _as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
