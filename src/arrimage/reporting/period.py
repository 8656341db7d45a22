"""The period a figure speaks of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writing import write_long_date, write_period

YEAR_STARTS_IN = 7  # the directorates' year runs from 1 July to 30 June


@dataclass(frozen=True)
class Period:
    """From one day to another, both included. Raises `InvalidInput` when they are not in order."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput(
                _("La période finit le %(last)s, avant de commencer le %(first)s.")
                % {"first": write_long_date(self.first), "last": write_long_date(self.last)},
                field="to",
            )

    def __str__(self) -> str:
        return write_period(self.first, self.last)

    @property
    def days(self) -> tuple[date, date]:
        """Return what a `__range` lookup on a date takes."""
        return self.first, self.last

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Return the first instant of the period and the first one after it, in local time."""
        return clock.at(self.first, 0), clock.at(self.last + timedelta(days=1), 0)

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()

    @property
    def year_label(self) -> str:
        """Return « 2020-2021 » when the period is one year of the directorates, else an empty text."""
        return f"{self.first.year}-{self.last.year}" if self == year_of(self.first) else ""


def year_of(day: date) -> Period:
    """Return the directorates' year that holds `day`."""
    start = day.year if day.month >= YEAR_STARTS_IN else day.year - 1
    return Period(date(start, YEAR_STARTS_IN, 1), date(start + 1, YEAR_STARTS_IN, 1) - timedelta(days=1))


def current_year() -> Period:
    return year_of(clock.today())


def current_year_to_date() -> Period:
    """Return the current year until today: what is true "on the last day" is then true, and not only foreseen."""
    return Period(current_year().first, clock.today())
