"""Working days of Québec."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.territory.working_days import add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # New Year
        date(2026, 1, 2),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 18),  # Patriots
        date(2026, 6, 24),  # National holiday
        date(2026, 7, 1),
        date(2026, 9, 7),  # Labour
        date(2026, 10, 12),  # Thanksgiving
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2026, 11, 28),  # a Saturday
    ],
)
def test_the_public_service_is_closed(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 11, 11), date(2026, 11, 24), date(2026, 5, 19)])
def test_federal_holidays_and_ordinary_days_are_worked(day: date) -> None:
    assert is_working_day(day)


def test_a_first_appointment_over_the_holidays() -> None:
    """23, 28, 29 and 30 December, then Monday 4 January."""
    assert add_working_days(date(2026, 12, 22), 5) == date(2027, 1, 4)


@given(DAYS, st.integers(0, 60))
def test_counting_back_what_was_added(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert working_days_between(day, later) == count
    assert count == 0 or is_working_day(later)


@given(DAYS, st.integers(1, 60))
def test_going_back_is_the_mirror_of_going_forth(day: date, count: int) -> None:
    earlier = add_working_days(day, -count)
    assert is_working_day(earlier)
    assert working_days_between(earlier - timedelta(days=1), day - timedelta(days=1)) == count
