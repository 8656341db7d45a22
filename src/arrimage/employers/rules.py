"""Rules of employers that need no database."""

import re
from datetime import date, timedelta

from arrimage.employers.enums import ENDED, AccompanimentStatus

REMINDER_DAYS = (9, 21, 45)  # a request nobody took in charge is recalled after so many days


def is_neq(text: str) -> bool:
    """Say whether `text` has the form of a Québec enterprise number: exactly ten digits."""
    return re.fullmatch(r"[0-9]{10}", text) is not None


def reminders_due(requested_on: date, today: date) -> int:
    """Return how many reminders a waiting request has reached, from 0 to 3."""
    return sum((today - requested_on).days >= days for days in REMINDER_DAYS)


def call_before(requested_on: date) -> date:
    """Return the last day to take a request in charge before its first reminder."""
    return requested_on + timedelta(days=REMINDER_DAYS[0])


def is_over(status: str) -> bool:
    return AccompanimentStatus(status) in ENDED
