"""Rules of agreements that need no database."""

from datetime import date, timedelta
from decimal import Decimal

# Assumed: nothing public says when a deliverable counts as late.
BEHIND_BELOW = Decimal("0.75")  # share of what the elapsed time promises
JUDGED_FROM = Decimal("0.25")  # share of the period before which nothing is judged
ENDING_WITHIN_DAYS = 60
INSTALMENT_NOTICE_DAYS = 30


def elapsed_share(starts_on: date, ends_on: date, today: date) -> Decimal:
    """Return the share of a period (both ends included) that has passed at the end of `today`, from 0 to 1."""
    length = (ends_on - starts_on).days + 1
    passed = (min(today, ends_on) - starts_on).days + 1
    return max(Decimal(0), Decimal(passed) / Decimal(length))


def expected_by(target: int, starts_on: date, ends_on: date, today: date) -> int:
    """Return what a target evenly spread over the period promises by `today`, rounded down."""
    return int(target * elapsed_share(starts_on, ends_on, today))


def is_behind(real: int, target: int, starts_on: date, ends_on: date, today: date) -> bool:
    """Say whether `real` is under three quarters of an even pace, once a quarter of the period is over."""
    share = elapsed_share(starts_on, ends_on, today)
    return share >= JUDGED_FROM and real < BEHIND_BELOW * share * target


def is_ending(ends_on: date, today: date) -> bool:
    """Say whether the period ends within sixty days."""
    return today <= ends_on <= today + timedelta(days=ENDING_WITHIN_DAYS)
