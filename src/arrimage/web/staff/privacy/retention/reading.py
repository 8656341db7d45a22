"""Rules and runs in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.foundation.writing import write_number
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.enums import Ending, RunStatus
from arrimage.privacy.retention.models import RetentionRun, RunEvent, Statistic
from arrimage.privacy.retention.rules import OTHER, Figure
from arrimage.web.parts import Moment
from arrimage.web.states import tone_of

MONTHS_A_YEAR = 12


def duration_in_words(months: int) -> str:
    """Return « 5 ans », « 18 mois »."""
    years, rest = divmod(months, MONTHS_A_YEAR)
    if rest:
        return ngettext("%(n)s mois", "%(n)s mois", months) % {"n": write_number(months)}
    return ngettext("%(n)s an", "%(n)s ans", years) % {"n": write_number(years)}


def kind_label(code: str) -> str:
    """Return the name of a kind; its code when no room says it any more."""
    return str(kinds.kind_of(code).label) if kinds.known(code) else code


def since_label(code: str) -> str:
    return str(kinds.kind_of(code).since) if kinds.known(code) else ""


def region_in_words(run: RetentionRun) -> str:
    return run.region.name if run.region else _("Sans région")


@dataclass(frozen=True)
class ShownFigure:
    """One kind of a run, as the page shows it."""

    label: str
    rule: str
    ending: str
    basis: str
    cutoff: date
    count: int
    oldest: date | None
    held: int
    url: str


def figures_of(run: RetentionRun) -> list[ShownFigure]:
    """Return the figures of a run, of the kinds that have something to destroy or to hold."""
    figures = [Figure.from_json(each) for each in run.figures]
    listed = reverse("staff:retention_due", args=[run.uid])
    return [
        ShownFigure(
            label=kind_label(each.kind),
            rule=_("%(duration)s après %(since)s")
            % {"duration": duration_in_words(each.months), "since": since_label(each.kind)},
            ending=str(Ending(each.ending).label),
            basis=each.basis,
            cutoff=each.last_day,
            count=each.count,
            oldest=each.oldest_day,
            held=each.held,
            url=f"{listed}?kind={each.kind}" if each.count and run.status in LISTED else "",
        )
        for each in sorted(figures, key=lambda each: kind_label(each.kind))
        if each.count or each.held
    ]


LISTED = (RunStatus.PREPARED, RunStatus.APPROVED, RunStatus.EXECUTING)


def moments_of(run: RetentionRun) -> list[Moment]:
    return [
        Moment(
            title=str(RunStatus(event.to_status).label),
            when=event.happened_at,
            text=event.note,
            who=event.actor_name,
            tone=tone_of(event.to_status),
        )
        for event in RunEvent.objects.filter(run=run)
    ]


@dataclass(frozen=True)
class ShownCell:
    """One figure that was kept: its year (empty when years are put together), along what, which value, how many."""

    year: str
    dimension: str
    value: str
    count: int


def statistics_of(run: RetentionRun) -> list[tuple[str, list[ShownCell]]]:
    """Return the figures a run left, by kind, in words."""
    by_kind: dict[str, list[ShownCell]] = {}
    for each in Statistic.objects.filter(run=run):
        dimensions = kinds.kind_of(each.kind).dimensions if kinds.known(each.kind) else {}
        dimension = dimensions.get(each.dimension, kinds.Dimension(each.dimension))
        by_kind.setdefault(kind_label(each.kind), []).append(
            ShownCell(
                year=str(each.year) if each.year else "",
                dimension=str(dimension.label),
                value=_("Autres valeurs, réunies") if each.value == OTHER else dimension.in_words(each.value),
                count=each.count,
            )
        )
    return list(by_kind.items())


def nothing_due(run: RetentionRun) -> str:
    """Return the names of the kinds of which nothing is due."""
    figures = [Figure.from_json(each) for each in run.figures]
    return ", ".join(sorted(kind_label(each.kind) for each in figures if not (each.count or each.held)))


def trail(*steps: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Conservation"), reverse("staff:retention_rules")), *steps]


def tabs(here: str) -> list[tuple[str, str, bool]]:
    return [
        (label, reverse(f"staff:{name}"), name == here)
        for label, name in ((_("Règles"), "retention_rules"), (_("Destructions"), "retention_runs"))
    ]
