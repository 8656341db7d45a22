"""One flight: its parties, those that need somebody first."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_date
from arrimage.reception.queries import flights_visible_to, given_first_appointment, in_order
from arrimage.web.access import allows
from arrimage.web.reception.shown import party_lines
from arrimage.web.requests import ActingRequest


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def flight(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the parties announced on a flight, or added to it."""
    found = get_object_or_404(flights_visible_to(request.actor), uid=uid)
    arrivals = in_order(found.arrivals.select_related("party"))
    lines = party_lines(arrivals, given_first_appointment(arrivals))
    count = ngettext("%(count)d groupe", "%(count)d groupes", len(lines)) % {"count": len(lines)}
    context = {
        "title": _("Vol %(number)s") % {"number": found.number},
        "flight": found,
        "lines": lines,
        "waiting": [line for line in lines if not line.is_settled],
        "settled": [line for line in lines if line.is_settled],
        "sentence": count,
        "trail": [
            (
                _("Arrivées du %(day)s") % {"day": write_date(found.lands_on)},
                f"{reverse('reception:home')}?date={found.lands_on:%Y-%m-%d}",
            )
        ],
    }
    return render(request, "reception/flight.html", context)
