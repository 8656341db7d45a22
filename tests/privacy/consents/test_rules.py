from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.people.births import Birth
from arrimage.privacy.consents.enums import GivenBy, Purpose
from arrimage.privacy.consents.rules import (
    MONTHS,
    fourteenth_birthday,
    last_day,
    may_be_given_by,
    months_later,
    signature_path,
)

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_so_many_months_later(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@given(DAYS, st.integers(-240, 240))
def test_months_never_overflow(day: date, months: int) -> None:
    then = months_later(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


@given(DAYS, st.integers(-3000, 3000))
def test_before_fourteen_the_parent_from_fourteen_the_person(born: date, days: int) -> None:
    day = fourteenth_birthday(born) + timedelta(days=days)
    assert may_be_given_by(Birth(born), day) == ((GivenBy.PARENT,) if days < 0 else (GivenBy.PERSON,))


@given(DAYS, st.integers(1, 5000), st.sampled_from(list(Purpose)))
def test_a_parents_consent_never_reaches_the_birthday(born: date, before: int, purpose: Purpose) -> None:
    day = fourteenth_birthday(born) - timedelta(days=before)
    end = last_day(purpose, day, GivenBy.PARENT, Birth(born))
    assert day <= end < fourteenth_birthday(born)
    assert end <= last_day(purpose, day, GivenBy.PARENT, None)


def test_every_purpose_has_its_time() -> None:
    assert set(MONTHS) == set(Purpose)
    assert last_day(Purpose.REFERRAL, date(2026, 3, 1), GivenBy.PERSON, None) == date(2027, 2, 28)


def test_a_signature_is_drawn_stroke_by_stroke() -> None:
    assert signature_path([[[1, 2], [3, 4]], [[5, 6]]]) == "M1 2L3 4M5 6h1"
    assert signature_path(None) == ""
