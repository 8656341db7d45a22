"""A year is known when all its months are: a hidden one hides it, a missing one marks it."""

import pytest

from arrimage.statistics.datasets import DatasetCode
from arrimage.statistics.queries import latest_vintage, years_of
from tests.statistics import extracts
from tests.statistics.extracts import admissions, run

pytestmark = pytest.mark.django_db


def years(dataset: DatasetCode) -> dict[tuple[str, int], object]:
    vintage = latest_vintage(dataset)
    assert vintage is not None
    return {(each.series.key, each.year): each for each in years_of(vintage)}


def test_a_year_is_the_sum_of_its_months():
    run(admissions())
    total = years(DatasetCode.ADMISSIONS)["total", 2020]
    assert (total.value, total.months, total.partial) == (120, 12, False)


def test_a_hidden_month_hides_its_year_and_no_other():
    run(admissions(hidden={(11, 5)}) + admissions(year=2021).partition("\n")[2])
    found = years(DatasetCode.ADMISSIONS)
    assert found["Economic - Total > Provincial Nominee Program > Caregiver", 2020].value is None
    assert not found["Economic - Total > Provincial Nominee Program > Caregiver", 2020].partial
    assert found["Economic - Total > Provincial Nominee Program > Caregiver", 2021].value == 120
    assert found["Sponsored Family - Total > Caregiver", 2020].value == 120
    assert found["total", 2020].value == 120


def test_a_year_that_is_not_over_is_marked():
    run(admissions(months=7))
    total = years(DatasetCode.ADMISSIONS)["total", 2020]
    assert (total.value, total.months, total.partial) == (70, 7, True)


def test_a_yearly_table_is_never_partial():
    run(extracts.TFWP)
    found = years(DatasetCode.TFWP)
    assert (found["total", 2023].value, found["total", 2023].months, found["total", 2023].partial) == (125, None, False)
    assert found["Caregivers", 2023].value is None


def test_the_latest_vintage_alone_is_read():
    run(admissions(months=6))
    run(admissions(months=7).replace(",10,0", ",20,0"))
    total = years(DatasetCode.ADMISSIONS)["total", 2020]
    assert (total.value, total.months) == (140, 7)


def test_reading_a_vintage_asks_two_questions(django_assert_num_queries):
    run(admissions())
    vintage = latest_vintage(DatasetCode.ADMISSIONS)
    with django_assert_num_queries(2):
        assert len(years_of(vintage)) == len(extracts.LINES)
