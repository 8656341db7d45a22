"""Figures about nobody, and the digest of a list."""

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from arrimage.privacy.retention.rules import OTHER, SMALLEST_CELL, digest_of, merge_small_cells

cells = st.dictionaries(
    st.tuples(st.integers(2018, 2021), st.sampled_from(["gender", "category"]), st.sampled_from("abcdef")),
    st.integers(1, 12),
    max_size=30,
)


@given(cells)
def test_no_figure_is_about_fewer_than_five_and_none_can_be_had_by_subtraction(
    given_cells: dict[tuple[int, str, str], int],
) -> None:
    merged = merge_small_cells(given_cells)
    assert all(count >= SMALLEST_CELL for count in merged.values())
    totals: dict[tuple[int, str], int] = defaultdict(int)
    for (year, dimension, _value), count in given_cells.items():
        totals[year, dimension] += count
    for (year, dimension), total in totals.items():
        kept = {value: count for (y, d, value), count in merged.items() if (y, d) == (year, dimension)}
        if not kept:
            assert total < SMALLEST_CELL
            continue
        assert sum(kept.values()) == total, "nothing is lost"
        hidden = {value for (y, d, value) in given_cells if (y, d) == (year, dimension)} - kept.keys()
        assert len(hidden) != 1, "the other is never a single value one could name"


@given(cells)
def test_years_too_small_are_put_together_or_not_said(given_cells: dict[tuple[int, str, str], int]) -> None:
    merged = merge_small_cells(given_cells)
    for dimension in {dimension for (_year, dimension, _value) in given_cells}:
        years: dict[int, int] = defaultdict(int)
        for (year, d, _value), count in given_cells.items():
            if d == dimension:
                years[year] += count
        small = sum(total for total in years.values() if total < SMALLEST_CELL)
        together = sum(count for (year, d, _value), count in merged.items() if year is None and d == dimension)
        assert together == (small if small >= SMALLEST_CELL else 0)


def test_a_small_value_takes_the_next_along() -> None:
    merged = merge_small_cells(
        {(2020, "gender", "woman"): 40, (2020, "gender", "man"): 7, (2020, "gender", "other_"): 1}
    )
    assert merged == {(2020, "gender", "woman"): 40, (2020, "gender", OTHER): 8}


def test_the_digest_is_of_the_list_whatever_its_order() -> None:
    first, second = ("file", 1, date(2020, 1, 1)), ("file", 2, date(2020, 1, 2))
    assert digest_of([first, second]) == digest_of([second, first])
    assert digest_of([first]) != digest_of([first, second])
    assert digest_of([("file", 1, date(2020, 1, 2))]) != digest_of([first])
