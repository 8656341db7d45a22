"""Working days and agents' calendars, remembered: a run asks for the same few thousand days over and over."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache

from arrimage.bench.sizes import TODAY
from arrimage.casework import rules
from arrimage.foundation import clock
from arrimage.territory.working_days import add_working_days, is_working_day

SLOTS_A_DAY = 8
DAY_STARTS_AT = (8, 30)


@cache
def later(day: date, working_days: int) -> date:
    """Return the day so many working days after (before, when negative), never past the run's today."""
    return min(add_working_days(day, working_days), TODAY) if working_days else day


@cache
def unbounded(day: date, working_days: int) -> date:
    """Return the day so many working days after, even to come."""
    return add_working_days(day, working_days)


@cache
def noon(day: date) -> datetime:
    return clock.at(day, 12)


@cache
def answer_due(day: date) -> date:
    return rules.answer_due(day)


@cache
def first_appointment_due(day: date) -> date:
    return rules.first_appointment_due(day)


@cache
def _opening(day: date) -> datetime:
    return clock.at(day, *DAY_STARTS_AT)


class Calendar:
    """Hours of each agent, given one after another so that nobody is in two places at once."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, date], int] = defaultdict(int)

    def next_hour(self, agent_id: int, day: date) -> datetime:
        """Return the start of the agent's first free hour from `day` on."""
        while not is_working_day(day) or self._taken[agent_id, day] >= SLOTS_A_DAY:
            day += timedelta(days=1)
        hour = self._taken[agent_id, day]
        self._taken[agent_id, day] += 1
        return _opening(day) + timedelta(hours=hour)
