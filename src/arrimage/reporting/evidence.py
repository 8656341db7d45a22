"""The records behind one figure."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.reporting.indicators import Figure, Indicator, indicator_of, record
from arrimage.reporting.period import Period
from arrimage.reporting.scope import region_for
from arrimage.territory.models import Region


@dataclass(frozen=True)
class Evidence:
    """One figure and the records that make it; for a share, those of its numerator."""

    indicator: Indicator
    region: Region
    period: Period

    @cached_property
    def figure(self) -> Figure:
        return self.indicator.compute(self.region, self.period)

    @property
    def rows(self) -> QuerySet[Any]:
        """Return the records, each once, with `shown_uid`, `shown_label` and `shown_on`, oldest first."""
        return self.indicator.evidence(self.region, self.period)

    @property
    def left_out(self) -> QuerySet[Any] | None:
        """Return, for a share, the records of the denominator that are not in the numerator."""
        if self.indicator.denominator is None:
            return None
        return self.indicator.denominator(self.region, self.period).exclude(pk__in=self.rows.order_by().values("pk"))

    def records(self) -> list[dict[str, Any]]:
        """Return every record as it leaves: `{"kind", "uid", "label", "date"}`."""
        return [record(row, self.indicator.kind) for row in self.rows.iterator(chunk_size=2000)]

    def sentence(self) -> str:
        """Return « 265 employeurs accompagnés, du 1er juillet 2020 au 30 juin 2021 »."""
        return f"{self.counted()}, {self.period}"

    def left_out_sentence(self, count: int) -> str:
        """Return the same of the `count` records that a share leaves out."""
        return f"{self.indicator.write_left_out(count)}, {self.period}"

    def counted(self) -> str:
        """Return what stands behind the figure: « 82 ententes signées »."""
        return self.figure.counted


def evidence_for(actor: Actor, code: str, region_code: str | None, first: date, last: date) -> Evidence:
    """Return the evidence of an indicator for a region (the actor's when None), both days included.

    Its records are read within `scope.over_all_records`: few who may see a figure may open the files behind it.
    Raises `UnknownIndicator`, `InvalidInput` for an unknown region or days out of order, and `NotAllowed`.
    """
    indicator = indicator_of(code)
    region = region_for(actor, Right.SEE_EVIDENCE, region_code)
    return Evidence(indicator, region, Period(first, last))
