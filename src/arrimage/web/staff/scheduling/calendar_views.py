"""A calendar by day, by week or as a list, at an address one can share: `?jour=2026-11-27&vue=semaine&agent=…`."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_period
from arrimage.scheduling.calendars import KINDS, Whose, choices_of
from arrimage.scheduling.feeds import Shared
from arrimage.scheduling.models import Room
from arrimage.territory.models import ServicePoint
from arrimage.web.access import allows
from arrimage.web.calendar_feeds import feed_page
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.calendar_shown import days_shown
from arrimage.web.staff.scheduling.tabs import tabs

SPANS = {"jour": 1, "semaine": 7, "liste": 28}


@allows(Right.ACCOMPANY)
@require_safe
def calendar(request: ActingRequest) -> HttpResponse:
    """Show what takes somebody's or something's time, oneself unless told, and the free hours."""
    kind, _sign, uid = request.GET.get("de", "").partition(":")
    if kind in KINDS:  # of the list of the page: the address of a calendar names it
        return redirect(_address({**_kept(request), kind: uid}))
    whose = _whose(request)
    view = request.GET.get("vue", "")
    view = view if view in SPANS else "semaine"
    day = _day(request.GET.get("jour", ""))
    first = day - timedelta(days=day.weekday()) if view == "semaine" else day
    last = first + timedelta(days=SPANS[view] - 1)
    named = {whose.kind: str(whose.record.uid)} if whose.record.pk != request.actor.user_id else {}  # type: ignore[attr-defined]
    here = {"vue": view, "jour": day.isoformat(), **named}
    step = timedelta(days=SPANS[view])
    context = {
        "title": _("Calendrier : %(whose)s") % {"whose": whose.record},
        "lead": write_date(first, "EEEE d MMMM y") if view == "jour" else write_period(first, last),
        "tabs": tabs(request.actor, "staff:calendar"),
        "view": view,
        "day": day,
        "whose": whose,
        "named": named,
        "days": days_shown(request.actor, whose, first, last),
        "choices": [(label, each, choices_of(request.actor, each)) for each, label in _labels()],
        "views": [(label, _address({**here, "vue": each}), each == view) for each, label in _views()],
        "before": _address({**here, "jour": (first - step).isoformat()}),
        "after": _address({**here, "jour": (first + step).isoformat()}),
        "today": "" if first <= clock.today() <= last else _address({**here, "jour": clock.today().isoformat()}),
        "feed_address": f"{reverse('staff:calendar_feed')}?{urlencode(named)}" if whose.kind != "interprete" else "",
        "is_shared": whose.kind in ("point", "salle") or not named,
    }
    return render(request, "staff/scheduling/calendar.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: ActingRequest) -> HttpResponse:
    """Make or take back the address of one's own calendar, or of a point of service's or a room's."""
    whose = _whose(request)
    record = whose.record
    if isinstance(record, ServicePoint):
        shared = Shared(service_point=record)
    elif isinstance(record, Room):
        shared = Shared(room=record)
    elif record.pk == request.actor.user_id and isinstance(record, User):
        shared = Shared()
    else:
        raise Http404
    trail = [(_("Calendrier"), reverse("staff:calendar"))]
    return feed_page(request, shared, "staff/scheduling/calendar_feed.html", trail)


def _whose(request: ActingRequest) -> Whose:
    """Return whose calendar the address names; hidden and absent are the same."""
    for kind in KINDS:
        if text := request.GET.get(kind):
            try:
                uid = UUID(text)
            except ValueError as error:
                raise Http404 from error
            return Whose(kind, get_object_or_404(choices_of(request.actor, kind), uid=uid))
    return Whose("agent", get_object_or_404(User, pk=request.actor.user_id))


def _kept(request: ActingRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("vue", "jour") if request.GET.get(name)}


def _address(values: dict[str, str]) -> str:
    return f"{reverse('staff:calendar')}?{urlencode(values)}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def _labels() -> list[tuple[str, str]]:
    labels = [_("Agentes et agents"), _("Points de services"), _("Salles"), _("Interprètes")]
    return list(zip(KINDS, labels, strict=True))


def _views() -> list[tuple[str, str]]:
    return [("jour", _("Jour")), ("semaine", _("Semaine")), ("liste", _("Liste"))]
