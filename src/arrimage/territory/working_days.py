"""Working days of Québec's public service: no weekends, no statutory holidays, no days its offices close."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def closed_days(year: int) -> frozenset[date]:
    """Return the days of `year` on which the public service is closed, besides weekends.

    Source: Act respecting labour standards (N-1.1, s. 60) and National Holiday Act (F-1.1), by the `holidays`
    package; Easter Monday, 2 January, and 24, 26 and 31 December by the public service's collective agreements.
    """
    statutory = holidays.country_holidays("CA", subdiv="QC", years=year, language="en_US")
    good_friday = next(day for day, name in statutory.items() if "Good Friday" in name)
    ours = {good_friday + timedelta(days=3), *(date(year, *day) for day in [(1, 2), (12, 24), (12, 26), (12, 31)])}
    return frozenset({*statutory.keys(), *ours})


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in closed_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the date `count` working days after `day` (before it when negative); `day` itself is never counted."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days pass from `first` (not counted) to `last` (counted); negative backwards."""
    if last < first:
        return -working_days_between(last, first)
    count = 0
    while first < last:
        first += timedelta(days=1)
        count += is_working_day(first)
    return count
