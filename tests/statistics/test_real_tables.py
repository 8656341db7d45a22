"""The real public tables come in, and their check figures come back; skipped where the files are not."""

import pytest

from arrimage.statistics.datasets import TOTAL, DatasetCode
from arrimage.statistics.models import Observation, Series
from arrimage.statistics.queries import figures_by, latest_vintage, years_of
from tests.statistics.extracts import REAL, run

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL.is_dir(), reason="the public tables are not beside the project"),
]


@pytest.mark.parametrize(
    ("name", "rows", "figures", "vintage"),
    [
        ("ircc_pr_quebec_categorie_mensuel.csv", 3_175, 3_175, "2025-07"),
        ("ircc_tfw_quebec.csv", 275, 275, "2024"),
        ("ircc_imp_quebec.csv", 925, 925, "2024"),
        ("ircc_asylum_quebec.csv", 381, 381, "2025-07"),
        ("ircc_study_quebec.csv", 635, 635, "2025-07"),
        ("recensement2016_immigrants_lieu_naissance_qc_rmr_mtl.csv", 2_801, 22_408, "2016"),
    ],
)
def test_a_real_table_comes_in_and_a_repeat_changes_nothing(name, rows, figures, vintage):
    content = (REAL / name).read_bytes()
    report = run(content)
    assert (report.errors, report.rows, report.created) == ([], rows, figures)
    assert Observation.objects.filter(vintage__label=vintage).count() == figures
    again = run(content)
    assert (again.created, again.updated, again.unchanged) == (0, 0, figures)


def test_provincial_admissions():
    run((REAL / "ircc_pr_quebec_categorie_mensuel.csv").read_bytes())
    figures = years_of(latest_vintage(DatasetCode.ADMISSIONS))
    total = {each.year: each for each in figures if each.series.key == TOTAL}
    expected = {2015: 49_005, 2022: 68_720, 2023: 52_815, 2024: 59_450}
    assert {year: total[year].value for year in expected} == expected
    assert [(each.year, each.months) for each in total.values() if each.partial] == [(2025, 7)]
    assert Series.objects.filter(name="Provincial Nominee Program").count() == 2
    hidden = {(each.series.name, each.year) for each in figures if each.value is None}
    assert ("Canadian Experience", 2015) in hidden
    assert ("Skilled Worker", 2015) not in hidden


def test_immigrants_of_the_census():
    run((REAL / "recensement2016_immigrants_lieu_naissance_qc_rmr_mtl.csv").read_bytes())
    census = latest_vintage(DatasetCode.BIRTHPLACE)
    found = figures_by(census, ["24", "462"], period=TOTAL, birthplace=TOTAL, admission=TOTAL)
    assert {each.series.area: each.value for each in found} == {"24": 1_091_305, "462": 936_305}
