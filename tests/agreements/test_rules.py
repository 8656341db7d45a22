from datetime import date

import pytest

from arrimage.agreements.rules import elapsed_share, expected_by, is_behind, is_ending

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(("today", "share"), [(date(2025, 6, 1), 0), (date(2026, 12, 31), 1), (date(2027, 6, 1), 1)])
def test_the_share_of_a_period_stays_between_nothing_and_all(today, share):
    assert elapsed_share(*YEAR, today) == share


def test_half_a_year_promises_half_the_target():
    assert expected_by(100, *YEAR, date(2026, 7, 2)) == 50


@pytest.mark.parametrize(
    ("real", "today", "behind"),
    [
        (0, date(2026, 2, 15), False),  # too soon to say
        (30, date(2026, 7, 2), True),
        (40, date(2026, 7, 2), False),
        (99, date(2026, 12, 31), False),
        (74, date(2026, 12, 31), True),
    ],
)
def test_behind_is_under_three_quarters_of_an_even_pace(real, today, behind):
    assert is_behind(real, 100, *YEAR, today) is behind


def test_a_period_ends_soon_from_sixty_days():
    assert is_ending(date(2026, 12, 31), date(2026, 11, 1))
    assert not is_ending(date(2026, 12, 31), date(2026, 10, 1))
    assert not is_ending(date(2026, 12, 31), date(2027, 1, 1))
