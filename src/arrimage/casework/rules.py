"""Rules of casework that need no database."""

from datetime import date

from stdnum import luhn

from arrimage.territory.working_days import add_working_days

FIRST_APPOINTMENT_WORKING_DAYS = 5
REFERRAL_EXPIRY_WORKING_DAYS = 10
REFERRAL_REMINDER_WORKING_DAYS = 5


def file_number(prefix: str, year: int, serial: int) -> str:
    """Return a file's number, `MTL-2026-004213-8`: region, year, serial, check digit (Luhn over year and serial)."""
    body = f"{year:04}{serial:06}"
    return f"{prefix}-{year:04}-{serial:06}-{luhn.calc_check_digit(body)}"


def is_file_number(text: str) -> bool:
    """Say whether `text` is a well-formed number whose check digit holds."""
    parts = text.strip().upper().split("-")
    if len(parts) != 4 or not all(part.isdigit() for part in parts[1:]):
        return False
    return luhn.is_valid(parts[1] + parts[2] + parts[3])


def first_appointment_due(arrived_on: date) -> date:
    """Return the last day of a first appointment: five working days after arrival."""
    return add_working_days(arrived_on, FIRST_APPOINTMENT_WORKING_DAYS)


def answer_due(sent_on: date, working_days: int = REFERRAL_EXPIRY_WORKING_DAYS) -> date:
    """Return the day after which a referral expires unanswered."""
    return add_working_days(sent_on, working_days)


def reminder_due(sent_on: date, working_days: int = REFERRAL_REMINDER_WORKING_DAYS) -> date:
    """Return the day an organisation that has not answered is reminded."""
    return add_working_days(sent_on, working_days)
