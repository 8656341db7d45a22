"""The director's page: the figures of the year, the agreements that end, what is late."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.rights import Actor
from arrimage.agreements.enums import AgreementStatus
from arrimage.agreements.queries import agreements_visible_to
from arrimage.casework.todo_reasons import Reason, late_counts
from arrimage.foundation import clock
from arrimage.foundation.writing import write_number
from arrimage.privacy.retention.todo import needing_action as destructions_needing_action
from arrimage.reporting.bilan import key_figures
from arrimage.web.parts import Todo, TodoGroup
from arrimage.web.staff.home.tasks import task_groups

ENDING_WITHIN_DAYS = 60
SHOWN = 8


def direction(actor: Actor) -> dict[str, Any]:
    """Return what the page of the director shows."""
    bilan = key_figures(actor)
    query = f"?from={bilan.period.first}&to={bilan.period.last}"
    ending = _ending(actor)
    return {
        "bilan": bilan,
        "figures": [
            (figure, reverse("staff:evidence", args=[figure.indicator.code]) + query) for figure in bilan.figures
        ],
        "late": _late(actor),
        "groups": [*task_groups(destructions_needing_action(actor)), *([ending] if ending.todos else [])],
    }


def _ending(actor: Actor) -> TodoGroup:
    today = clock.today()
    ending = (
        agreements_visible_to(actor)
        .filter(
            status=AgreementStatus.SIGNED, ends_on__gte=today, ends_on__lte=today + timedelta(days=ENDING_WITHIN_DAYS)
        )
        .select_related("organisation")
        .order_by("ends_on", "number")[: SHOWN + 1]
    )
    reason = _("Ententes qui prennent fin d’ici deux mois")
    todos = [
        Todo(
            title=agreement.title,
            reason=reason,
            url=reverse("staff:agreement", args=[agreement.uid]),
            action=_("Ouvrir l’entente"),
            detail=f"{agreement.number} · {agreement.organisation.name}",
            due=agreement.ends_on,
        )
        for agreement in ending
    ]
    more = len(todos) > SHOWN
    return TodoGroup(reason, todos[:SHOWN], reverse("staff:agreements") if more else "")


def _late(actor: Actor) -> list[tuple[str, str]]:
    """Return what is late, in words, with how many: pairs of a count and what is counted."""
    counts = late_counts(actor)
    first, unanswered = counts[Reason.FIRST_APPOINTMENT], counts[Reason.EXPIRED]
    back, overdue = counts[Reason.CAME_BACK], counts[Reason.STEP_OVERDUE]
    return [
        (
            write_number(first),
            ngettext(
                "personne attend son premier rendez-vous depuis plus de cinq jours ouvrables",
                "personnes attendent leur premier rendez-vous depuis plus de cinq jours ouvrables",
                first,
            ),
        ),
        (
            write_number(unanswered),
            ngettext(
                "orientation est restée sans réponse au-delà du délai",
                "orientations sont restées sans réponse au-delà du délai",
                unanswered,
            ),
        ),
        (
            write_number(back),
            ngettext(
                "besoin est revenu d’un organisme et attend un autre service",
                "besoins sont revenus d’un organisme et attendent un autre service",
                back,
            ),
        ),
        (
            write_number(overdue),
            ngettext(
                "démarche d’un plan d’action est en retard", "démarches de plans d’action sont en retard", overdue
            ),
        ),
    ]
