"""A published table comes in as it is, whole or not at all, and a repeat changes nothing."""

import io

import pytest
from openpyxl import Workbook

from arrimage.accounts.enums import Role
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import importers, template_csv
from arrimage.statistics.models import Observation, Series, Vintage
from tests.factories import actor
from tests.statistics import extracts
from tests.statistics.extracts import admissions, run

pytestmark = pytest.mark.django_db
ASYLUM = extracts.months(extracts.ASYLUM_TITLES, "Airport", [10, 2, 30])
STUDY = extracts.months(extracts.STUDY_TITLES, "", [120, 95], total=True)


@pytest.mark.parametrize(
    ("text", "dataset", "vintage", "rows", "figures"),
    [
        (admissions(), "ircc_admissions", "2020-12", 84, 84),
        (extracts.TFWP, "ircc_tfwp", "2023", 5, 5),
        (extracts.IMP, "ircc_imp", "2024", 4, 4),
        (ASYLUM, "ircc_asylum", "2024-03", 3, 3),
        (STUDY, "ircc_study", "2024-02", 2, 2),
        (extracts.BIRTHPLACE, "census_2016_birthplace", "2016", 6, 48),
    ],
    ids=["admissions", "tfwp", "imp", "asylum", "study", "birthplace"],
)
def test_each_shape_is_known_by_its_content_and_a_repeat_changes_nothing(text, dataset, vintage, rows, figures):
    report = run(text, name="sans-indice.csv")
    assert (report.errors, report.rows, report.created) == ([], rows, figures)
    assert [(each.dataset, each.label) for each in Vintage.objects.all()] == [(dataset, vintage)]
    before = list(Observation.objects.order_by("pk").values())
    again = run(text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, figures)
    assert list(Observation.objects.order_by("pk").values()) == before
    assert Vintage.objects.get().version == 1


def test_dry_unless_told():
    assert run(admissions(), wet=False).created == 84
    assert not Vintage.objects.exists()
    assert not Series.objects.exists()


def test_a_workbook_and_tabs_say_the_same_as_a_csv():
    workbook = Workbook()
    for number, line in enumerate(extracts.TFWP.splitlines()):
        cells = [cell or None for cell in line.split(",")]
        workbook.active.append([int(cell) if number and cell and cell.isdigit() else cell for cell in cells])
    content = io.BytesIO()
    workbook.save(content)
    assert run(extracts.TFWP).created == 5
    assert run(content.getvalue(), name="tableau.xlsx").unchanged == 5
    assert run(extracts.TFWP.replace(",", "\t"), name="tableau.tsv").unchanged == 5


def test_equal_names_at_different_depths_or_headings_are_not_merged():
    run(admissions())
    keys = set(Series.objects.values_list("key", flat=True))
    assert {
        "total",
        "Economic - Total > Provincial Nominee Program > Caregiver",
        "Sponsored Family - Total > Caregiver",
        "Economic - Total > Provincial Nominee Program",
        "Economic - Total > Provincial Nominee Program > Provincial Nominee Program",
    } <= keys
    assert len(keys) == len(extracts.LINES)


def test_the_lines_of_a_later_file_may_have_other_numbers():
    run(admissions())
    later = "".join(f"9{row}" if row[0].isdigit() else row for row in admissions().splitlines(keepends=True))
    report = run(later)
    assert (report.created, report.updated, report.unchanged) == (0, len(extracts.LINES), 84)


def test_hidden_is_neither_zero_nor_two():
    run(extracts.TFWP)
    hidden = Observation.objects.filter(hidden=True)
    assert sorted(hidden.values_list("series__name", "value")) == [
        ("Caregivers", None),
        ("Other Agricultural Workers", None),
    ]


def test_a_suppressed_census_cell_is_hidden():
    run(extracts.BIRTHPLACE)
    assert Observation.objects.get(hidden=True).series.key == "2011-2016 > total > other"


def test_a_corrected_figure_is_an_update_and_a_later_vintage_stands_beside():
    run(extracts.TFWP)
    assert run(extracts.TFWP.replace(",120", ",130")).updated == 2
    assert run(extracts.TFWP + "Quebec,,,True,2024,200\n").created == 6
    assert list(Vintage.objects.values_list("label", flat=True)) == ["2023", "2024"]
    assert Observation.objects.filter(vintage__label="2023").count() == 5


def test_what_a_shorter_file_leaves_out_is_kept_and_said():
    run(extracts.TFWP)
    report = run(extracts.TFWP.replace("Quebec,Caregivers,,False,2023,--\n", ""))
    assert (report.created, report.unchanged) == (0, 4)
    assert any("1 chiffres connus" in str(warning) for warning in report.warnings)
    assert Observation.objects.count() == 5


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        (admissions().replace("2020,1,10,0", "2020,1,10,1", 1), 2, "value"),  # hidden, and yet given
        (admissions().replace("2020,1,10,0", "2020,1,,0", 1), 2, "value"),  # neither given nor hidden
        (admissions().replace("2020,1,10,0", "2020,1,12,0", 1), 2, "value"),  # not rounded
        (admissions().replace("2020,1,10,0", "2020,13,10,0", 1), 2, "month"),
        (admissions().replace("Quebec - Total", "Ontario - Total"), 2, "area"),
        (extracts.TFWP.replace("Quebec,Caregivers", "Ontario,Caregivers"), 5, "area"),
        (extracts.TFWP.replace("2023,120", "2023,", 1), 2, "value"),
        (extracts.TFWP.replace("2023,120", "2023,-5", 1), 2, "value"),
        (extracts.TFWP.replace("Agricultural Workers,,True", ",,False"), 4, "value"),
        (extracts.TFWP + "Quebec,,,True,2023,130\n", 7, "dataset"),  # contradicts another row
        (extracts.BIRTHPLACE.replace("Total,462", "Total,535"), 7, "area"),
        (extracts.BIRTHPLACE.replace("1000,100", "1001,100"), 2, "value"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(text, row, column):
    report = run(text)
    assert (report.errors[0].row, report.errors[0].column) == (row, column)
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nom,ville\nA,B\n", "d’aucune forme connue"),
        (extracts.TFWP.replace("Agricultural", "Pastry").replace("Caregivers", "Cooks"), "aucune de ses catégories"),
        (admissions().replace("17,0,Quebec - Total", "17,1,Quebec - Total"), "pas de total"),
        (admissions().replace("11,3,Caregiver,2020,2", "11,2,Caregiver,2020,2"), "deux noms ou deux profondeurs"),
        (admissions().replace("11,3,Caregiver,2020,2", "onze,3,Caregiver,2020,2"), "n’est pas un nombre entier"),
    ],
)
def test_a_file_that_is_no_known_table_is_refused(text, sentence):
    report = run(text)
    assert sentence in str(report.errors[0])
    assert not Vintage.objects.exists()


def test_a_year_of_two_tables_is_refused():
    template = template_csv(importers()["statistics"])
    other = template.splitlines()[1].replace("ircc_admissions", "ircc_study")
    assert [error.column for error in run(template + other + "\r\n").errors] == ["dataset"]


def test_the_template_imports():
    assert run(template_csv(importers()["statistics"])).created == 1


def test_who_may_not_is_refused():
    with pytest.raises(NotAllowed):
        run(extracts.TFWP, who=actor(Role.INTEGRATION_AGENT))
