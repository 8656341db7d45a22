"""The bilan of a region and a period: every indicator, computed from the records when it is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_time
from arrimage.reporting.indicators import INDICATORS, Figure, Group, indicator_of
from arrimage.reporting.period import Period, current_year_to_date
from arrimage.reporting.scope import over_all_records, region_for
from arrimage.territory.models import Region

KEY_FIGURES = (
    "persons_received_at_airport",
    "first_appointments_in_time",
    "persons_with_result",
    "employers_accompanied",
    "agreements_in_progress",
)


@dataclass(frozen=True)
class Bilan:
    """Figures of one region and period, in the order of the bilan."""

    region: Region
    period: Period
    generated_at: datetime
    figures: tuple[Figure, ...]

    def figure(self, code: str) -> Figure:
        """Return one of the figures. Raises `StopIteration` when this bilan does not hold it."""
        return next(figure for figure in self.figures if figure.indicator.code == code)

    @property
    def generated(self) -> str:
        """Return when the figures were computed, in words."""
        return _("Chiffres calculés à partir des enregistrements le %(day)s à %(time)s") % {
            "day": write_date(self.generated_at),
            "time": write_time(self.generated_at),
        }

    def groups(self) -> Iterator[tuple[Group, list[Figure]]]:
        """Yield the parts of the bilan that hold figures, in order."""
        for group in Group:
            figures = [figure for figure in self.figures if figure.indicator.group == group]
            if figures:
                yield group, figures


def bilan_for(
    actor: Actor, region_code: str | None, first: date, last: date, *, codes: Iterable[str] = INDICATORS
) -> Bilan:
    """Return the bilan of a region (the actor's when None), both days included; of some indicators when named.

    Raises `InvalidInput` for an unknown region or days out of order, `UnknownIndicator`, and `NotAllowed`.
    """
    region = region_for(actor, Right.SEE_BILAN, region_code)
    with over_all_records(actor):
        return compute(region, Period(first, last), codes=codes)


def compute(region: Region, period: Period, *, codes: Iterable[str] = INDICATORS) -> Bilan:
    """Return the bilan, whoever asks: at most two queries an indicator."""
    figures = tuple(indicator_of(code).compute(region, period) for code in codes)
    return Bilan(region, period, clock.now(), figures)


def key_figures(actor: Actor, region_code: str | None = None) -> Bilan:
    """Return the few figures a home page shows, from 1 July to today: seven queries.

    Raises `NotAllowed` without `Right.SEE_BILAN`, `InvalidInput` without a region.
    """
    year = current_year_to_date()
    return bilan_for(actor, region_code, year.first, year.last, codes=KEY_FIGURES)
