"""Choosing a service for a need: the services in order, and some of them side by side."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.choosing import rank_for_needs
from arrimage.casework.enums import WITH_PARTNER
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.choosing.ranking import Choice
from arrimage.directory.choosing.weights import WEIGHTS
from arrimage.directory.choosing.words import said
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.choosing import shown_choices, wished
from arrimage.web.staff.casework.reading import need_for, page

SHOWN = 20  # services on the page, the best first
COMPARED = 4  # side by side at most


@allows(Right.ACCOMPANY)
@require_safe
def choose(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the services that answer a need, best first, and why; those that already said no come last, apart."""
    need = need_for(request, uid)
    before = list(need.referrals.select_related("service", "organisation").order_by("-sent_on", "-pk"))
    asked = wished(request, need.file)
    ranking = rank_for_needs(request.actor, [need], asked.wishes)[need.pk]
    context = page(
        need.file,
        _("Orienter la personne"),
        need=need,
        ranking=ranking,
        shown=shown_choices(request, need, ranking, SHOWN),
        asked=asked,
        weights=[(kind.label, weight) for kind, weight in WEIGHTS.items()],
        origin=asked.wishes.place,
        compared=COMPARED,
        before=before,
        live=next((referral for referral in before if referral.status in WITH_PARTNER), None),
    )
    return render(request, "staff/casework/refer.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def compare(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show up to four services side by side, in their order; the address keeps which."""
    need = need_for(request, uid)
    asked = wished(request, need.file)
    ranking = rank_for_needs(request.actor, [need], asked.wishes)[need.pk]
    wanted = set(request.GET.getlist("service"))
    found = [one for one in (*ranking.choices, *ranking.refused) if str(one.service.uid) in wanted]
    columns = found[:COMPARED]
    context = page(
        need.file,
        _("Comparer des services"),
        (_("Orienter la personne"), _with_query(reverse("staff:refer", args=[need.uid]), asked.query)),
        need=need,
        columns=columns,
        rows=_rows(columns),
        left_out=len(found) - len(columns),
        compared=COMPARED,
        asked=asked,
    )
    return render(request, "staff/casework/refer_compare.html", context)


def _rows(columns: list[Choice]) -> list[tuple[str, list[tuple[Choice, str]]]]:
    """Return the lines of the comparison: what is compared, then each service with what is said of it."""
    kinds = [kind for kind in Kind if kind != Kind.PREFERENCE or any(one.part(kind).facts for one in columns)]
    rows = [(_("Adresse"), [(one, one.at.location.address if one.at else "") for one in columns])]
    rows.append((_("Admissibilité"), [(one, _admission(one)) for one in columns]))
    rows.extend((str(kind.label), [(one, said(one.part(kind))) for one in columns]) for kind in kinds)
    rows.append((_("Frais"), [(one, one.service.fees_description) for one in columns]))
    rows.append((_("Comment s’inscrire"), [(one, one.service.application_process) for one in columns]))
    return [row for row in rows if any(text for _one, text in row[1])]


def _admission(choice: Choice) -> str:
    verdict = {True: _("Admissible"), None: _("À vérifier"), False: _("Refusée")}[choice.eligibility.admitted]
    return " ".join((f"{verdict}.", *choice.eligibility.reasons))


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
