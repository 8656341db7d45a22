"""What an indicator is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.writing import NBSP, write_large_money, write_money, write_number
from arrimage.reporting.period import Period
from arrimage.territory.models import Region

Query = Callable[[Region, Period], QuerySet[Any]]
Number = int | Decimal


class Unit(StrEnum):
    """What a value is counted in, as the outside world reads it."""

    COUNT = "count"
    MONEY = "CAD"
    PERCENT = "%"


class Group(StrEnum):
    """The parts of the bilan, in order."""

    PRESENCE = "presence"
    AGREEMENTS = "agreements"
    PARTNERS = "partners"
    PERSONS = "persons"
    BECOMING = "becoming"

    @property
    def label(self) -> Promise:
        return GROUP_LABELS[self]


GROUP_LABELS: dict[Group, Promise] = {
    Group.PRESENCE: _("Présence dans la région"),
    Group.AGREEMENTS: _("Ententes"),
    Group.PARTNERS: _("Partenaires et employeurs"),
    Group.PERSONS: _("Accueil et accompagnement des personnes"),
    Group.BECOMING: _("Ce que deviennent les personnes"),
}


@dataclass(frozen=True)
class Figure:
    """The value of an indicator. `numerator` and `denominator` are those of a share, None otherwise.

    `value` is None for a share of nothing. `evidence_count` records stand behind it.
    """

    indicator: "Indicator"
    value: Number | None
    evidence_count: int
    numerator: int | None = None
    denominator: int | None = None

    @property
    def written(self) -> str:
        """Return the value as people read it: « 265 », « 86 200 000 $ », « 93,5 % »."""
        return self.indicator.write(self.value)

    @property
    def short(self) -> str:
        """Return the value as a big number: « 86,2 M$ » where the whole amount would be long."""
        money = self.indicator.unit == Unit.MONEY and self.value is not None
        return write_large_money(self.value) if money else self.written

    @property
    def share(self) -> str:
        """Return « 120 sur 128 » for a share of something, an empty text for another figure."""
        if not self.denominator:
            return ""
        return gettext("%(part)s sur %(whole)s") % {
            "part": write_number(self.numerator),
            "whole": write_number(self.denominator),
        }

    @property
    def counted(self) -> str:
        """Return what stands behind the figure: « 82 ententes signées », « 12 dossiers …, sur 14 »."""
        words = self.indicator.write_count(self.evidence_count)
        if self.denominator is None:
            return words
        return gettext("%(counted)s, sur %(whole)s") % {"counted": words, "whole": write_number(self.denominator)}


@dataclass(frozen=True)
class Indicator:
    """A figure of the bilan: what it counts in words, and the same thing as a query.

    `evidence` gives the records that count, each once, with `shown_label` (never the name of a newcomer), `shown_on`
    and `shown_uid`, in an order; use `as_evidence`. The value is an aggregate of that same query, so the two cannot
    disagree: how many records there are, the sum of `summed`, or their share of `denominator`.
    """

    code: str
    group: Group
    kind: str
    label: Promise
    counted: Any  # an `ngettext_lazy` over `count`, that writes `%(written)s`
    definition: Promise
    evidence: Query
    summed: str | None = None
    denominator: Query | None = None
    counted_out: Any = None  # the same as `counted`, of those of the denominator that the numerator leaves out

    @property
    def unit(self) -> Unit:
        if self.denominator:
            return Unit.PERCENT
        return Unit.MONEY if self.summed else Unit.COUNT

    def compute(self, region: Region, period: Period) -> Figure:
        """Return the figure of a region and period. One query; two for a share."""
        rows = self.evidence(region, period).order_by()
        if self.denominator:
            part, whole = rows.count(), self.denominator(region, period).order_by().count()
            return Figure(self, _share(part, whole), part, part, whole)
        if self.summed:
            sums = rows.aggregate(count=Count("pk"), total=Sum(self.summed))
            return Figure(self, sums["total"] or Decimal(0), sums["count"])
        count = rows.count()
        return Figure(self, count, count)

    def write(self, value: Number | None) -> str:
        """Return a value of this indicator as people read it."""
        if value is None:
            return "—"
        if self.unit == Unit.MONEY:
            return write_money(value)
        return write_number(value) + (f"{NBSP}%" if self.unit == Unit.PERCENT else "")

    def write_count(self, count: int) -> str:
        """Return « 265 employeurs accompagnés »."""
        return _written(self.counted, count)

    def write_left_out(self, count: int) -> str:
        """Return, for a share, « 7 dossiers dont le premier rendez-vous n’est pas dans le délai »."""
        return _written(self.counted_out, count)


def as_evidence(
    rows: QuerySet[Any], label: Combinable | str, on: Combinable | str, uid: Combinable | str = "uid"
) -> QuerySet[Any]:
    """Return the records with what is shown of each, oldest first: each is a field or an expression."""
    shown = {
        name: F(value) if isinstance(value, str) else value
        for name, value in (("shown_label", label), ("shown_on", on), ("shown_uid", uid))
    }
    return rows.annotate(**shown).order_by("shown_on", "pk")


def local_day(field: str) -> TruncDate:
    """Return the local date of a field that holds an instant."""
    return TruncDate(field)


def within(field: str, period: Period) -> Q:
    """Keep the rows whose `field` (a date) is in the period, both ends included."""
    return Q(**{f"{field}__range": period.days})


def instant_within(field: str, period: Period) -> Q:
    """Keep the rows whose `field` (an instant) is in the local days of the period."""
    start, end = period.instants
    return Q(**{f"{field}__gte": start, f"{field}__lt": end})


def record(row: Any, kind: str) -> dict[str, Any]:
    """Return one record of the evidence, as it leaves: `{"kind", "uid", "label", "date"}`."""
    day = row.shown_on
    if isinstance(day, datetime):
        raise TypeError("shown_on is a date")
    return {
        "kind": kind,
        "uid": str(row.shown_uid),
        "label": str(row.shown_label),
        "date": day.isoformat() if day else None,
    }


def _share(part: int, whole: int) -> Decimal | None:
    """Return a percentage with one decimal, or None of nothing."""
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _written(words: Any, count: int) -> str:
    return str(words % {"count": count, "written": write_number(count)})
