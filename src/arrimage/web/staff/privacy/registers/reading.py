"""Finding what a page is about, among what the actor may see; and the words the pages share."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.rights import Actor
from arrimage.foundation.writing import write_date, write_number
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to
from arrimage.people.search import find_named
from arrimage.privacy.journal.enums import Basis, What
from arrimage.privacy.registers.enums import InformationKind
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest
from arrimage.privacy.registers.queries import communications_visible_to, incidents_visible_to, requests_visible_to
from arrimage.web.journal import read
from arrimage.web.parts import Moment
from arrimage.web.states import tone_of

FOUND = 20  # persons shown by a search


def incident_for(actor: Actor, uid: UUID) -> Incident:
    return get_object_or_404(incidents_visible_to(actor).select_related("region", "reported_by"), uid=uid)


def communication_for(actor: Actor, uid: UUID) -> Communication:
    return get_object_or_404(
        communications_visible_to(actor).select_related("region", "incident", "recorded_by"), uid=uid
    )


def request_for(actor: Actor, uid: UUID) -> PersonRequest:
    rows = requests_visible_to(actor).select_related(
        "person", "region", "identity_verified_by", "answered_by", "copy", "statement"
    )
    return get_object_or_404(rows, uid=uid)


def person_for(actor: Actor, uid: UUID) -> Person:
    return get_object_or_404(persons_visible_to(actor), uid=uid)


def journal(request: HttpRequest, found: PersonRequest, what: What | None = None) -> None:
    """Write in the read journal that a person's request, its letter or its copy was shown."""
    if found.person is not None:
        read(request, found.person, what, uid=found.uid, basis=Basis.REQUEST)


def journal_persons(request: HttpRequest, persons: Iterable[Person], uid: UUID) -> None:
    """Write in the read journal that the persons named by an entry of a register (`uid`) were shown."""
    for person in persons:
        read(request, person, uid=uid, basis=Basis.PROTECTION)


def trail(kind: str, record: Incident | Communication | PersonRequest | None = None) -> list[tuple[str, str]]:
    """Return the way to a page: the register, then the record."""
    name, label = {
        "incident": ("incidents", _("Incidents")),
        "communication": ("communications", _("Communications")),
        "request": ("requests", _("Demandes")),
    }[kind]
    way = [(label, reverse(f"staff:{name}"))]
    if record is not None:
        way.append((record.number, reverse(f"staff:{kind}", args=[record.uid])))
    return way


def kinds_in_words(kinds: Iterable[str]) -> str:
    """Return sorts of information, by name."""
    return ", ".join(str(InformationKind(kind).label) for kind in kinds)


def occurred_in_words(incident: Incident) -> str:
    """Return when an incident happened, as it is known."""
    if incident.occurred_from is None:
        return _("Date inconnue")
    if incident.occurred_until is None or incident.occurred_until == incident.occurred_from:
        words = write_date(incident.occurred_from)
    else:
        words = _("du %(first)s au %(last)s") % {
            "first": write_date(incident.occurred_from),
            "last": write_date(incident.occurred_until),
        }
    return _("%(when)s (approximatif)") % {"when": words} if incident.occurred_is_approximate else words


def count_in_words(incident: Incident) -> str:
    """Return how many persons an incident concerns, and how many in Québec, as it is known."""
    if incident.person_count is None:
        return _("Nombre inconnu")
    words = write_number(incident.person_count)
    if incident.count_is_approximate:
        words = _("environ %(count)s") % {"count": words}
    if incident.quebec_count is None:
        return _("%(count)s, nombre au Québec inconnu") % {"count": words}
    return _("%(count)s, dont %(here)s au Québec") % {"count": words, "here": write_number(incident.quebec_count)}


def risk_in_words(incident: Incident) -> str:
    if incident.serious_risk is None:
        return _("Pas encore évalué")
    return _("Risque de préjudice sérieux") if incident.serious_risk else _("Pas de risque de préjudice sérieux")


def moments_of(events: Iterable[StatusEvent], states: Any) -> list[Moment]:
    """Return the timeline of a record's states."""
    return [
        Moment(
            title=str(states(event.to_status).label),
            when=event.happened_at,
            text=event.note,
            who=event.actor_name,
            tone=tone_of(event.to_status),
        )
        for event in events
    ]


def find_page(
    request: HttpRequest, actor: Actor, *, choose: str, base: str, suffix: str = "", **context: Any
) -> HttpResponse:
    """Answer with a search of persons by name. Each found leads to `base`/uid/`suffix`, by the button `choose`.

    `post` in the context makes the button a form. `elsewhere` (label, address) is the way out without a person.
    """
    asked = request.GET.get("q", "").strip()
    found = find_named(persons_visible_to(actor).select_related("region"), asked, FOUND) if asked else []
    shown = {
        "asked": asked,
        "found": [(person, f"{base}{person.uid}/{suffix}") for person in found],
        "choose": choose,
        "post": False,
        "elsewhere": None,
        "linked": [],
        **context,
    }
    return render(request, "staff/privacy/registers/find_person.html", shown)
