"""Whom a free hour of the calendar is for: the file is chosen first, the day is carried along."""

from urllib.parse import urlencode

from django.db.models import Case, F, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.enums import FileStatus
from arrimage.casework.queries import files_listed_for
from arrimage.casework.search import matching
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest

SHOWN = 30
CARRIED = ("first", "any_agent")  # of `WhenForm`


@allows(Right.ACCOMPANY)
@require_safe
def whom(request: ActingRequest) -> HttpResponse:
    """Choose a file by name or number (`q`), one's own first, then book from the day asked for (`first`)."""
    text = request.GET.get("q", "").strip()
    carried = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    files = files_listed_for(request.actor).filter(status=FileStatus.ACTIVE)
    if text:
        files = matching(files, text, request.actor)
    own = Case(When(agent=request.actor.user_id, then=Value(0)), default=Value(1))
    files = files.order_by(own, F("person__search_key"), "pk").select_related("person", "agent", "service_point")
    context = {
        "title": _("Pour qui fixer un rendez-vous ?"),
        "trail": [(_("Calendrier"), reverse("staff:calendar"))],
        "text": text,
        "carried": carried,
        "asked": f"?{urlencode(carried)}" if carried else "",
        "files": files[:SHOWN],
    }
    return render(request, "staff/scheduling/whom.html", context)
