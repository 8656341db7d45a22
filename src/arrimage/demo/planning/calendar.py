"""Days of the demonstration: working days, and arrivals along the seasons."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from arrimage.territory.working_days import add_working_days

# Arrivals of each month, January first, beside a common month's 100: few in winter, most before school begins.
OF_MONTHS = (55, 60, 75, 80, 95, 110, 135, 160, 140, 115, 95, 80)
BORDERS_CLOSED, BORDERS_OPEN = date(2020, 7, 1), date(2021, 9, 7)

after = lru_cache(maxsize=None)(add_working_days)


def some_days_after(random: Random, day: date, first: int, last: int) -> date:
    """Return a day from `first` to `last` working days after `day`, both included."""
    return after(day, random.randint(first, last))


def seasonal(day: date) -> float:
    return OF_MONTHS[day.month - 1] / 100


def under_measures(day: date) -> float:
    """Weigh the days of 2020-2021: few people land while the borders are all but closed, more as they open."""
    opened = (day - BORDERS_CLOSED) / (BORDERS_OPEN - BORDERS_CLOSED)
    return seasonal(day) * (0.15 + 0.85 * opened)


def arrival_days(first: date, last: date, count: int, weigh: Callable[[date], float] = seasonal) -> list[date]:
    """Return `count` days from `first` to `last`, in order, as many a month as `weigh` gives it."""
    days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    up_to = list(accumulate(weigh(day) for day in days))
    return [days[bisect_left(up_to, (rank + 0.5) / count * up_to[-1])] for rank in range(count)]
