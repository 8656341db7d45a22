"""Contacts at 6, 12 and 24 months: who is owed one, who answered, and what."""

from datetime import timedelta
from decimal import Decimal

import pytest

from arrimage.casework.milestones import MONTHS
from arrimage.foundation import clock
from arrimage.reporting.bilan import compute
from arrimage.reporting.period import Period
from tests import factories as make
from tests.reporting.world import AFTER, DAY, FIRST, LAST, Case, change, check, followed

HALF = Decimal(50)
OPENED_LATER = {"opened_on": AFTER, "first_appointment_due": None}  # a file that moves no other figure of the year
WINDOW = timedelta(days=60)  # a contact counts when the time to make it ends


def owed(w, months=6, due_on=DAY, **fields):
    """Return the file of somebody owed a contact, which nobody made."""
    return make.due_contact(months, due_on=due_on, service_point=w.office, **fields)


def all_of(months, value):
    return {f"{code}_{months}_months": value for code in ("in_region", "in_quebec", "employed", "french")}


CASES = [
    *[
        Case(f"never made, {months}", lambda w, months=months: owed(w, months), {f"contacts_{months}_months": HALF})
        for months in MONTHS
    ],
    *[
        Case(
            f"moved to another region, {months} months",
            lambda w, months=months: followed(w, months, residence="other_region"),
            {f"in_region_{months}_months": HALF},
        )
        for months in MONTHS
    ],
    Case("left Québec", lambda w: followed(w, 6, residence="left_quebec"),
         {"in_region_6_months": HALF, "in_quebec_6_months": HALF}),
    Case("does not say where", lambda w: followed(w, 6, residence="unknown")),
    Case("looking for work", lambda w: followed(w, 12, employment="looking"), {"employed_12_months": HALF}),
    Case("studying", lambda w: followed(w, 12, employment="studying"), {"employed_12_months": HALF}),
    Case("self-employed", lambda w: followed(w, 12, employment="self_employed")),
    Case("understands more than speaks", lambda w: followed(w, 24, listening=9, speaking=6),
         {"french_24_months": HALF}),
    Case("does not know their level", lambda w: followed(w, 24, speaking=None)),
    Case("reads badly", lambda w: followed(w, 24, reading=0, writing=0)),
    Case("did not wish to answer", lambda w: make.MilestoneContactFactory(file=owed(w), declined=True),
         {"contacts_6_months": HALF}),
    Case("not reached", lambda w: make.MilestoneContactFactory(file=owed(w)), {"contacts_6_months": HALF}),
    Case("answers changed", lambda w: change(w.followed[6], residence="left_quebec"),
         {"in_region_6_months": 0, "in_quebec_6_months": 0}),
    Case("removed", lambda w: w.followed[12].delete(), {"contacts_12_months": 0, **all_of(12, None)}),
    Case("agreed to be reached, then took it back",
         lambda w: w.followed[24].file.person.consents.update(withdrawn_on=DAY),
         {"contacts_24_months": None, **all_of(24, None)}),
    Case("closed since", lambda w: change(w.followed[6].file, status="closed", closed_on=LAST)),
    Case("another who answered", lambda w: followed(w, 6)),
    Case("transferred before the end", lambda w: owed(w, transferred=True)),
    Case("opened again: the latest file counts, once", lambda w: owed(w, closed=True, person=w.followed[6].file.person),
         {"contacts_6_months": 0, **all_of(6, None)}),
    Case("never agreed", lambda w: make.FileFactory(service_point=w.office, opened_on=w.followed[6].file.opened_on)),
    Case("time ends the day before", lambda w: owed(w, due_on=FIRST - timedelta(days=1) - WINDOW)),
    Case("time ends the day after", lambda w: owed(w, due_on=AFTER - WINDOW, **OPENED_LATER)),
    Case("time ends the last day", lambda w: owed(w, due_on=LAST - WINDOW, **OPENED_LATER),
         {"contacts_6_months": HALF}),
    Case("elsewhere", lambda w: make.due_contact(region=make.region("13"), due_on=DAY)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_moves_and_what_does_not(world, case: Case) -> None:
    check(world, [case])


@pytest.mark.django_db
def test_before_its_end_a_period_judges_what_is_over_or_answered() -> None:
    today = clock.today()
    period = Period(today - timedelta(days=30), today + timedelta(days=90))
    answered, _waiting = make.due_contact(), make.due_contact()
    make.due_contact(due_on=today - WINDOW - timedelta(days=8))
    make.MilestoneContactFactory(file=answered, reached=True)
    figure = compute(make.region(), period, codes=["contacts_6_months"]).figures[0]
    assert (figure.numerator, figure.denominator) == (1, 2)
