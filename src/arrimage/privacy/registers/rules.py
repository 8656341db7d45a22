"""Rules of the registers that need no database: deadlines of requests, notices of incidents, how long they are kept.

Sources: Act respecting access to documents held by public bodies and the protection of personal information (A-2.1),
ss. 63.8 to 63.11, 84, 89 to 102.1 and 135; Regulation respecting confidentiality incidents (A-2.1, r. 3.1), ss. 7, 8.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from arrimage.privacy.registers.enums import NoticeTo
from arrimage.territory.working_days import add_working_days

ANSWER_DAYS = 20  # s. 98: calendar days after the day of receipt
EXTENSION_DAYS = 10  # s. 98: once, with a notice given within the first twenty
RECOURSE_DAYS = 30  # s. 135: to ask the Commission for a review
COPY_DAYS = 30  # ours: how long an answer's copy may be downloaded
SOON_DAYS = 5  # ours: from when a deadline asks for attention
INCIDENT_YEARS = 5  # r. 3.1, s. 8: from the day the organisation became aware


def answer_due(received_on: date, *, extended: bool = False) -> date:
    """Return the last day to answer a request: twenty calendar days after receipt, thirty once extended.

    A deadline that falls on a day without sittings is not pushed further (the Interpretation Act would allow it): the
    earlier day is always in time.
    """
    return received_on + timedelta(days=ANSWER_DAYS + (EXTENSION_DAYS if extended else 0))


def may_extend(received_on: date, notice_on: date, *, extended: bool) -> bool:
    """Say whether the time may still be extended by a notice of that day: once, within the first twenty days."""
    return not extended and received_on <= notice_on <= answer_due(received_on)


@dataclass(frozen=True)
class RequestClock:
    """Where a request stands in its time, in calendar days: day `day` of `total`; `left` is negative once late."""

    day: int
    total: int
    left: int
    due_on: date

    @property
    def is_late(self) -> bool:
        return self.left < 0

    @property
    def is_soon(self) -> bool:
        return 0 <= self.left <= SOON_DAYS


def request_clock(received_on: date, today: date, *, extended: bool) -> RequestClock:
    """Return where a request received that day stands today."""
    due_on = answer_due(received_on, extended=extended)
    return RequestClock(
        day=(today - received_on).days,
        total=(due_on - received_on).days,
        left=(due_on - today).days,
        due_on=due_on,
    )


def recourse_until(answered_on: date) -> date:
    """Return the last day to ask the Commission d’accès à l’information to review an answer."""
    return answered_on + timedelta(days=RECOURSE_DAYS)


def copy_until(produced_on: date) -> date:
    """Return the last day an answer's copy may be downloaded."""
    return produced_on + timedelta(days=COPY_DAYS)


def incident_kept_until(aware_on: date) -> date:
    """Return the first day an incident may leave the register: five years after the organisation became aware of it.

    A 29 February ends on a 1 March: never a day early.
    """
    year = aware_on.year + INCIDENT_YEARS
    try:
        return aware_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def assessment_due(aware_on: date, working_days: int) -> date:
    """Return the day by which an incident should be assessed (the law says promptly; the number is a setting)."""
    return add_working_days(aware_on, working_days)


def required_notices(serious_risk: bool | None) -> frozenset[NoticeTo]:
    """Return who must be told: the Commission and the persons concerned, if and only if serious injury may follow."""
    return frozenset({NoticeTo.COMMISSION, NoticeTo.PERSONS}) if serious_risk else frozenset()


def missing_notices(serious_risk: bool | None, given: Iterable[str]) -> frozenset[NoticeTo]:
    """Return who must still be told, `given` being the kinds of notice already given."""
    return required_notices(serious_risk) - {NoticeTo(kind) for kind in given}


def may_notify(to: NoticeTo, serious_risk: bool | None) -> bool:
    """Say whether such a notice may be given.

    None before the assessment. Somebody who can reduce the risk may be told without consent only when serious injury
    may follow (s. 63.8); persons and the Commission may always be told of an assessed incident.
    """
    if serious_risk is None:
        return False
    return to != NoticeTo.OTHER or serious_risk
