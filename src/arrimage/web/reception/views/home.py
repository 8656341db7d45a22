"""The day's flights, and what was left unfinished."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_number
from arrimage.reception.queries import (
    SHOWN,
    WaitingParty,
    flights_of_day,
    parties_waiting_for_appointment,
    parties_waiting_for_files,
    search_arrivals,
)
from arrimage.web.access import allows
from arrimage.web.parts import Empty, Todo, TodoGroup
from arrimage.web.reception.shown import with_others
from arrimage.web.requests import ActingRequest

AT_HOME = 5


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Show the flights of a day (today's unless `?date=` says otherwise), or the persons `?q=` looks for."""
    words = request.GET.get("q", "").strip()
    if words:
        return _found(request, words)
    today = clock.today()
    day = _day(request.GET.get("date", ""), today)
    flights = flights_of_day(request.actor, day)
    expected, met = sum(line.expected for line in flights), sum(line.met for line in flights)
    groups = _waiting_groups(request.actor, AT_HOME) if day == today else []
    return render(
        request,
        "reception/home.html",
        {
            "title": _("Arrivées d’aujourd’hui")
            if day == today
            else _("Arrivées du %(day)s") % {"day": write_date(day)},
            "lead": write_date(day, "EEEE d MMMM y"),
            "flights": flights,
            "sentence": _sentence(len(flights), expected, met),
            "groups": groups,
            "day": day,
            "is_today": day == today,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "may_import": request.actor.may(Right.IMPORT_ARRIVALS),
        },
    )


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def waiting(request: ActingRequest) -> HttpResponse:
    """Show every party that left without a file or without a first appointment."""
    context = {
        "title": _("À terminer"),
        "lead": _("Des personnes accueillies qui n’ont pas encore leur dossier ou leur premier rendez-vous."),
        "groups": _waiting_groups(request.actor, SHOWN),
        "empty": Empty(_("Tous les groupes accueillis ont leurs dossiers et leur premier rendez-vous.")),
        "trail": [(_("Arrivées"), reverse("reception:home"))],
    }
    return render(request, "reception/waiting.html", context)


def _found(request: ActingRequest, words: str) -> HttpResponse:
    arrivals = search_arrivals(request.actor, words)
    count = len(arrivals)
    sentence = (
        _("Plus de %(count)d personnes correspondent : précisez.") % {"count": SHOWN}
        if count > SHOWN
        else ngettext("%(count)d personne correspond.", "%(count)d personnes correspondent.", count) % {"count": count}
    )
    return render(
        request,
        "reception/found.html",
        {
            "title": _("Recherche parmi les arrivées"),
            "arrivals": arrivals[:SHOWN],
            "sentence": sentence,
            "words": words,
            "trail": [(_("Arrivées"), reverse("reception:home"))],
        },
    )


def _day(written: str, today: date) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return today


def _sentence(flights: int, expected: int, met: int) -> str:
    if not flights:
        return ""
    return _("%(flights)s, %(met)s, %(expected)s.") % {
        "flights": ngettext("%(n)s vol", "%(n)s vols", flights) % {"n": write_number(flights)},
        "met": ngettext("%(n)s personne accueillie", "%(n)s personnes accueillies", met) % {"n": write_number(met)},
        "expected": ngettext("%(n)s encore attendue", "%(n)s encore attendues", expected)
        % {"n": write_number(expected)},
    }


def _waiting_groups(actor: Actor, limit: int) -> list[TodoGroup]:
    kinds = (
        (_("Sans dossier"), _("Ouvrir les dossiers"), parties_waiting_for_files(actor), "reception:party"),
        (
            _("Sans premier rendez-vous"),
            _("Fixer le rendez-vous"),
            parties_waiting_for_appointment(actor),
            "reception:first_appointment",
        ),
    )
    groups = []
    for reason, action, found, page in kinds:
        if found:
            todos = [_todo(item, reason, action, page) for item in found[:limit]]
            groups.append(TodoGroup(reason, todos, reverse("reception:waiting") if len(found) > limit else ""))
    return groups


def _todo(item: WaitingParty, reason: str, action: str, page: str) -> Todo:
    url = reverse("reception:party", args=[item.party.uid])
    return Todo(
        title=with_others(item.name, item.count - 1),
        reason=reason,
        url=url,
        action=action,
        action_url=reverse(page, args=[item.party.uid]),
        detail=item.party.reference,
        since=item.since,
        due=item.due,
    )
