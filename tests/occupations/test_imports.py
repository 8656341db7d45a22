"""The classification comes in by code; a repeat changes nothing."""

import io

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import importers, run_import
from arrimage.occupations.enums import BroadCategory, Teer
from arrimage.occupations.models import Occupation
from arrimage.occupations.queries import search_occupations
from tests.factories import actor
from tests.official import official

pytestmark = pytest.mark.django_db
IMPORT = system_actor("import", Right.IMPORT_REFERENCE)
TITLES = "code,teer,broad_category,major_group,submajor_group,minor_group,title_en,title_fr\n"
NURSES = "31301,1,3,31,313,3130,Registered nurses,Infirmiers autorisés/infirmières autorisées\n"


def run(text: str, who=IMPORT, *, wet: bool = True):
    return run_import(importers()["occupations"], io.BytesIO((TITLES + text).encode()), "cnp.csv", who, wet=wet)


def test_an_occupation_comes_in_and_a_repeat_changes_nothing():
    assert (run(NURSES).created, run(NURSES).unchanged) == (1, 1)
    nurses = Occupation.objects.get()
    assert (nurses.teer, nurses.broad_category) == (Teer.UNIVERSITY, BroadCategory.HEALTH)
    assert (nurses.major_group, nurses.submajor_group, nurses.minor_group) == ("31", "313", "3130")


def test_a_dry_run_writes_nothing():
    assert run(NURSES, wet=False).created == 1
    assert not Occupation.objects.exists()


def test_a_new_title_is_written_over():
    run(NURSES)
    assert run(NURSES.replace("Registered nurses", "Registered and psychiatric nurses")).updated == 1
    assert Occupation.objects.get().title_en == "Registered and psychiatric nurses"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("3130,1,3,31,313,3130,A,B", "code"),
        ("36301,,,,,,A,B", "code"),
        ("31301,2,3,31,313,3130,A,B", "teer"),
        ("31301,1,4,31,313,3130,A,B", "broad_category"),
        ("31301,1,3,32,313,3130,A,B", "major_group"),
        ("31301,1,3,31,313,3131,A,B", "minor_group"),
        ("31301,1,3,31,313,3130,A,", "title_fr"),
    ],
)
def test_one_wrong_row_refuses_the_file_and_is_named(row, column):
    report = run(NURSES.replace("31301,1,3,31,313,3130", "21231,1,2,21,212,2123") + row + "\n")
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert not Occupation.objects.exists()


def test_zeros_at_the_start_are_kept():
    run("00010,0,0,00,000,0001,Legislators,Membres des corps législatifs\n")
    assert Occupation.objects.get().code == "00010"


def test_only_an_administrator_may():
    with pytest.raises(NotAllowed):
        run(NURSES, actor(Role.REGIONAL_ADVISOR))


def test_the_official_classification_comes_in_whole_and_once():
    path = official("noc_cnp_2021_unit_groups.csv")

    def bring_in():
        with path.open("rb") as file:
            return run_import(importers()["occupations"], file, path.name, IMPORT, wet=True)

    report = bring_in()
    assert (report.errors, report.warnings, report.created) == ([], [], 516)
    assert (bring_in().unchanged, Occupation.objects.count()) == (516, 516)
    assert {occupation.code[1] for occupation in Occupation.objects.all()} == set("012345")
    for text in ("infirmiere autorisee", "Registered Nurses", "CNP 31301", "infirmières autoriséees"):
        assert "31301" in search_occupations(text).values_list("code", flat=True), text
    assert set(search_occupations("3130").values_list("code", flat=True)) >= {"31300", "31301"}
