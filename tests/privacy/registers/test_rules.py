"""Deadlines of requests, notices and keeping of incidents: whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.privacy.registers.enums import NoticeTo
from arrimage.privacy.registers.rules import (
    answer_due,
    assessment_due,
    copy_until,
    incident_kept_until,
    may_extend,
    may_notify,
    missing_notices,
    recourse_until,
    request_clock,
    required_notices,
)
from arrimage.territory.working_days import is_working_day, working_days_between

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2080, 12, 31))


def test_a_request_of_the_first_is_answered_by_the_twenty_first_or_ten_days_later() -> None:
    assert answer_due(date(2026, 3, 1)) == date(2026, 3, 21)
    assert answer_due(date(2026, 3, 1), extended=True) == date(2026, 3, 31)


@given(days)
def test_an_answer_is_due_in_twenty_calendar_days_and_ten_more_once_extended(received_on: date) -> None:
    assert (answer_due(received_on) - received_on).days == 20
    assert (answer_due(received_on, extended=True) - answer_due(received_on)).days == 10


@given(days, st.integers(min_value=-40, max_value=40))
def test_time_is_extended_only_within_the_first_twenty_days(received_on: date, after: int) -> None:
    notice_on = received_on + timedelta(days=after)
    assert may_extend(received_on, notice_on, extended=False) is (0 <= after <= 20)


@given(days, days)
def test_time_is_never_extended_twice(received_on: date, notice_on: date) -> None:
    assert not may_extend(received_on, notice_on, extended=True)


@given(days, st.integers(min_value=0, max_value=60), st.booleans())
def test_the_clock_adds_up(received_on: date, after: int, extended: bool) -> None:
    today = received_on + timedelta(days=after)
    clock = request_clock(received_on, today, extended=extended)
    assert clock.day + clock.left == clock.total == (30 if extended else 20)
    assert clock.is_late is (today > clock.due_on)
    assert not (clock.is_late and clock.is_soon)


@given(days)
def test_an_incident_is_kept_five_whole_years_and_not_a_week_more(aware_on: date) -> None:
    kept_until = incident_kept_until(aware_on)
    assert (kept_until.year, kept_until.month, kept_until.day) >= (aware_on.year + 5, aware_on.month, aware_on.day)
    assert kept_until - aware_on <= timedelta(days=5 * 365 + 2)
    assert kept_until - aware_on >= timedelta(days=5 * 365 + 1)  # what the database asks for


def test_an_incident_known_a_29_february_is_kept_to_a_1_march() -> None:
    assert incident_kept_until(date(2024, 2, 29)) == date(2029, 3, 1)


@given(days, st.integers(min_value=1, max_value=10))
def test_an_assessment_is_due_on_a_working_day(aware_on: date, count: int) -> None:
    due = assessment_due(aware_on, count)
    assert is_working_day(due)
    assert working_days_between(aware_on, due) == count


@given(st.lists(st.sampled_from(list(NoticeTo))))
def test_notices_are_required_if_and_only_if_serious(given_notices: list[NoticeTo]) -> None:
    assert required_notices(None) == required_notices(False) == missing_notices(False, given_notices) == frozenset()
    assert required_notices(True) == {NoticeTo.COMMISSION, NoticeTo.PERSONS}
    assert missing_notices(True, given_notices) == required_notices(True) - set(given_notices)


@pytest.mark.parametrize("to", NoticeTo)
def test_nobody_is_told_before_the_assessment_and_others_only_when_serious(to: NoticeTo) -> None:
    assert not may_notify(to, None)
    assert may_notify(to, True)
    assert may_notify(to, False) is (to != NoticeTo.OTHER)


@given(days)
def test_a_recourse_and_a_copy_last_thirty_days(day: date) -> None:
    assert recourse_until(day) - day == copy_until(day) - day == timedelta(days=30)
