"""Reads of public statistics: anybody's, since they are published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from arrimage.statistics.datasets import DatasetCode
from arrimage.statistics.models import Observation, Series, Vintage

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class YearFigure:
    """A year of a series. `value` is None where the source hides the figure, or one of its months: the sum of the
    others would pass for the year. `months` is how many are known of, None in a yearly table.
    """

    series: Series
    year: int
    value: int | None
    months: int | None

    @property
    def partial(self) -> bool:
        """Say whether months are missing: the year is not over, or the file does not hold it whole."""
        return self.months is not None and self.months < MONTHS_OF_A_YEAR


def latest_vintage(dataset: DatasetCode) -> Vintage | None:
    """Return the vintage that goes furthest, or None when the table was never imported."""
    return Vintage.objects.filter(dataset=dataset).order_by("-label").first()


def years_of(vintage: Vintage) -> list[YearFigure]:
    """Return every series of a vintage by year, in the order of the published table: two queries."""
    series = {
        each.pk: each
        for each in Series.objects.filter(dataset=vintage.dataset, observations__vintage=vintage).distinct()
    }
    found = (
        Observation.objects.filter(vintage=vintage)
        .order_by("year", "series__area", "series__position", "series_id")
        .values("year", "series_id", "series__area", "series__position")
        .annotate(total=Sum("value"), months=Count("month"), hidden_ones=Count("pk", filter=Q(hidden=True)))
    )
    return [
        YearFigure(
            series[each["series_id"]],
            each["year"],
            None if each["hidden_ones"] else each["total"],
            each["months"] if vintage.definition.monthly else None,
        )
        for each in found
    ]


def figures_by(vintage: Vintage, areas: Iterable[str], **dimensions: str) -> list[Observation]:
    """Return the figures of some territories whose series have these dimensions, in the table's order: one query."""
    return list(
        Observation.objects.filter(vintage=vintage, series__area__in=areas, series__dimensions__contains=dimensions)
        .select_related("series")
        .order_by("series__area", "series__position", "series_id", "year", "month")
    )
