"""Employers accompanied at some time in the period."""

import pytest

from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment
from tests import factories as make
from tests.reporting.world import AFTER, BEFORE, DAY, FIRST, LAST, Case, change, check

ONE_MORE, NONE = {"employers_accompanied": 2}, {"employers_accompanied": 0}


def help_employer(**fields) -> Accompaniment:
    return make.AccompanimentFactory(**{"in_charge": True, "requested_on": DAY} | fields)


def help_again(w, **fields) -> Accompaniment:
    return help_employer(employer=w.employer, subject=AccompanimentSubject.RETENTION, **fields)


CASES = [
    Case("one more", lambda w: help_employer(), ONE_MORE),
    Case("one hundred more", lambda w: [help_employer() for _ in range(100)], {"employers_accompanied": 101}),
    Case("in charge from the last day", lambda w: help_employer(requested_on=LAST), ONE_MORE),
    Case("in charge until the first day", lambda w: help_employer(
        done=True, requested_on=BEFORE, ended_on=FIRST), ONE_MORE),
    Case("in charge long before, and still", lambda w: help_employer(requested_on=BEFORE), ONE_MORE),
    Case("taken in charge then not for us", lambda w: help_employer(
        status=AccompanimentStatus.NOT_FOR_US, ended_on=LAST), ONE_MORE),
    Case("of another region, helped by ours", lambda w: help_employer(
        employer=make.EmployerFactory(region=make.region("13")), region=make.region("06")), ONE_MORE),
    Case("done within the year", lambda w: change(w.accompaniment, status="done", ended_on=LAST)),
    Case("taken in charge after all", lambda w: change(w.accompaniment, in_charge_on=AFTER), NONE),
    Case("done before the year", lambda w: change(
        w.accompaniment, requested_on=BEFORE, in_charge_on=BEFORE, status="done", ended_on=BEFORE), NONE),
    Case("removed", lambda w: w.accompaniment.delete(), NONE),
    Case("the same employer twice", lambda w: help_again(w)),
    Case("the same employer, twice the same day elsewhere", lambda w: help_again(w, region=make.region("13"))),
    Case("ended the day before", lambda w: help_employer(done=True, requested_on=BEFORE, ended_on=BEFORE)),
    Case("in charge the day after", lambda w: help_employer(requested_on=AFTER)),
    Case("requested, never in charge", lambda w: help_employer(in_charge=False)),
    Case("never reached", lambda w: help_employer(in_charge=False, unreachable=True)),
    Case("in another region", lambda w: help_employer(employer=make.EmployerFactory(region=make.region("13")))),
    Case("an employer without accompaniment", lambda w: make.EmployerFactory()),
]  # fmt: skip


EVERY = CASES


@pytest.mark.parametrize("case", [case for case in EVERY if case.moves], ids=lambda case: case.name)
def test_figures_follow(case, world):
    check(world, [case])


def test_decoys_move_nothing(world):
    check(world, [case for case in EVERY if not case.moves])
