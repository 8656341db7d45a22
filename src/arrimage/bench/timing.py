"""Durations of a thing done many times, and the statements it sends to the database."""

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from django.db import connection
from django.test.utils import CaptureQueriesContext

T = TypeVar("T")
# What opens, marks and ends transactions: counted apart from queries.
_TRANSACTION_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Timing:
    """Seconds of each repetition."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Return the nearest-rank 95th percentile."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]

    @property
    def times(self) -> int:
        return len(self.seconds)


def time_each(work: Callable[[T], object], things: Iterable[T], *, at_most: float = math.inf) -> Timing:
    """Return how long `work` takes for each thing, one after another, until it has lasted `at_most` seconds in all."""
    seconds: list[float] = []
    for thing in things:
        started = perf_counter()
        work(thing)
        seconds.append(perf_counter() - started)
        if sum(seconds) > at_most:
            break
    return Timing(seconds)


def time_in_turn(
    works: Mapping[str, Callable[[T], object]], things: Iterable[T], *, at_most: float = math.inf
) -> dict[str, Timing]:
    """Return how long each work takes for each thing, by the work's name, until it has lasted `at_most` seconds.

    All are done for a thing before the next one, each time in another order: what disturbs the machine, or warms its
    memory, disturbs or warms them alike.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    names = list(works)
    for turn, thing in enumerate(things):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            started = perf_counter()
            works[name](thing)
            seconds[name].append(perf_counter() - started)
        if sum(map(sum, seconds.values())) > at_most:
            break
    return {name: Timing(times) for name, times in seconds.items()}


@dataclass(frozen=True)
class Statements:
    """What was sent to the database: queries, and what only marks transactions."""

    queries: int
    transaction_control: int

    def __str__(self) -> str:
        return f"{self.queries} (+ {self.transaction_control} transaction marks)"


def count_statements(work: Callable[[], object]) -> Statements:
    """Return how many statements `work` sends."""
    with CaptureQueriesContext(connection) as captured:
        work()
    marks = sum(query["sql"].upper().startswith(_TRANSACTION_CONTROL) for query in captured.captured_queries)
    return Statements(len(captured) - marks, marks)
