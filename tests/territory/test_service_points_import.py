"""Points of service come in by name and region; a repeat changes nothing."""

import io

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.demo.tables import as_csv
from arrimage.demo.tables.staff import service_points
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import importers, run_import, template_csv
from arrimage.territory.models import ServicePoint
from tests.factories import actor, region

pytestmark = pytest.mark.django_db
IMPORT = system_actor("import", Right.MANAGE_ACCOUNTS)
TITLES = "name,region,kind,address,opened_on,place,closed_on\n"


def run(text: str, who=IMPORT):
    return run_import(importers()["service_points"], io.BytesIO((TITLES + text).encode()), "p.csv", who, wet=True)


def test_a_point_comes_in_and_a_repeat_changes_nothing():
    row = 'Bureau de Verdun,06,office,"1, rue Wellington",2020-07-01,Verdun,'
    assert (run(row).created, run(row).unchanged) == (1, 1)
    point = ServicePoint.objects.get()
    assert (point.region.code, point.place.name, point.open_to_public) == ("06", "Verdun", True)


def test_a_change_is_written_over_and_an_empty_cell_is_not():
    run("Bureau de Verdun,06,office,1 rue A,2020-07-01,Verdun,")
    assert run("Bureau de verdun,06,office,2 rue B,2020-07-01,,2021-03-31").updated == 1
    point = ServicePoint.objects.get()
    assert (point.name, point.address, point.place.name, str(point.closed_on)) == (
        "Bureau de Verdun",
        "2 rue B",
        "Verdun",
        "2021-03-31",
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Bureau,99,office,1 rue A,2020-07-01,,", "region"),
        ("Bureau,,office,1 rue A,2020-07-01,,", "region"),
        ("Bureau,06,kiosque,1 rue A,2020-07-01,,", "kind"),
        ("Bureau,06,office,1 rue A,2020-07-01,Nulle-Part,", "place"),
        ("Bureau,06,office,1 rue A,2020-07-01,,2020-01-01", "closed_on"),
        ("Bureau,06,office,,2020-07-01,,", "address"),
    ],
)
def test_what_is_wrong_is_named(row, column):
    report = run(row)
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert not ServicePoint.objects.exists()


def test_somebody_of_one_region_writes_in_that_region_only():
    who = system_actor("import", Right.MANAGE_ACCOUNTS, region_id=region("03").pk)
    assert run("Bureau,06,office,1 rue A,2020-07-01,,", who).errors[0].column == "region"
    assert run("Bureau,,office,1 rue A,2020-07-01,,", who).created == 1
    assert ServicePoint.objects.get().region == region("03")


def test_only_an_administrator_may():
    with pytest.raises(NotAllowed):
        run("Bureau,06,office,1 rue A,2020-07-01,,", actor(Role.REGIONAL_DIRECTOR))


def test_the_template_and_the_demonstration_come_in():
    importer = importers()["service_points"]
    template = io.BytesIO(template_csv(importer).encode())
    assert run_import(importer, template, "t.csv", IMPORT, wet=True).created == 1
    rows = service_points()
    report = run_import(importer, as_csv(rows), "demo.csv", IMPORT, wet=True)
    assert not report.errors
    assert run_import(importer, as_csv(rows), "demo.csv", IMPORT, wet=True).unchanged == len(rows)
