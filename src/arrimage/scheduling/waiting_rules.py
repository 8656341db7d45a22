"""The fair order of the waiting list, and how long a time is kept for somebody (decision 0033)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

HELD_FOR = timedelta(hours=24)  # to answer an offer (assumed: a working rule of ours)
NOTICE = timedelta(hours=3)  # before a time, to answer and to come: nearer ones are offered to nobody
LEFT_UNANSWERED = 2  # offers left without an answer, after which somebody must be called


class Waiting(Protocol):
    """What the order is read from."""

    pk: int
    due_on: date | None
    waits_since: datetime


W = TypeVar("W", bound=Waiting)


def place(entry: Waiting) -> tuple[bool, date, datetime, int]:
    """Return what sorts the list: the nearest limit of a first appointment, then the longest wait."""
    return entry.due_on is None, entry.due_on or date.max, entry.waits_since, entry.pk


def held_until(starts_at: datetime, now: datetime) -> datetime | None:
    """Return until when a time that starts at `starts_at` is kept for an answer; None when it is too near."""
    last = starts_at - NOTICE
    return min(now + HELD_FOR, last) if last > now else None


def in_order(entries: Sequence[W]) -> list[W]:
    """Return entries as they are served, the first first."""
    return sorted(entries, key=place)
