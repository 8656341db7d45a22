"""The portrait of a region: its tables, their rules, who may ask."""

import json

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.reporting.formats import portrait_to_json
from arrimage.reporting.portrait import portrait_for
from tests.factories import actor
from tests.statistics import extracts
from tests.statistics.extracts import admissions, run

pytestmark = pytest.mark.django_db
PROVINCE = system_actor("arrimage portrait", Right.SEE_BILAN)


def tables(region: str = "06") -> dict[str, dict]:
    data = json.loads(portrait_to_json(portrait_for(PROVINCE, region)))
    assert data["region"] == region
    return {table["code"]: table for table in data["tables"]}


def rows(table: dict) -> list[dict]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def test_nothing_imported_gives_no_table():
    assert tables() == {}


def test_admissions_by_year_and_category():
    run(admissions(hidden={(11, 5)}) + admissions(year=2021, months=7).partition("\n")[2])
    table = tables()["admissions_by_year_category"]
    assert table["columns"][:3] == ["year", "category", "admissions"]
    assert (table["vintage"], "Citoyenneté Canada" in table["source"]) == ("2021-07", True)
    found = {(row["year"], row["category"]): row for row in rows(table)}
    assert len(found) == 2 * len(extracts.LINES)
    assert found[2020, "total"]["admissions"] == 120
    assert found[2020, "Economic - Total > Provincial Nominee Program > Caregiver"]["admissions"] is None
    assert (found[2021, "total"]["admissions"], found[2021, "total"]["partial"]) == (70, True)
    assert any("2021 est incomplète : 7 mois" in note.replace("\u00a0", " ") for note in table["notes"])


def test_permits_claims_and_studies():
    run(extracts.TFWP)
    run(extracts.IMP)
    run(extracts.months(extracts.ASYLUM_TITLES, "Airport", [10] * 12))
    run(extracts.months(extracts.STUDY_TITLES, "", [120] * 12, total=True))
    found = tables()
    assert list(found) == [
        "tfwp_permit_holders_by_year_category",
        "imp_permit_holders_by_year_category",
        "asylum_claims_by_year_office",
        "study_permit_holders_by_year_level",
    ]
    assert rows(found["asylum_claims_by_year_office"])[0]["claims"] == 120
    assert rows(found["study_permit_holders_by_year_level"])[0]["level"] == "total"
    hidden = {row["category"] for row in rows(found["tfwp_permit_holders_by_year_category"]) if row["holders"] is None}
    assert hidden == {"Other Agricultural Workers", "Caregivers"}


def test_the_census_gives_the_metropolitan_area_to_its_region_only():
    run(extracts.BIRTHPLACE)
    code = "immigrants_by_birthplace"
    montreal = [(row["area_code"], row["birthplace_code"], row["immigrants"]) for row in rows(tables()[code])]
    assert montreal[:2] == [("462", "total", 800), ("24", "total", 1000)]
    assert {row["area_code"] for row in rows(tables("03")[code])} == {"24"}
    by_admission = rows(tables()["immigrants_by_period_admission"])
    assert {"area_code": "24", "period": "2011-2016", "admission": "other", "immigrants": None}.items() <= next(
        row for row in by_admission if row["immigrants"] is None
    ).items()


def test_who_may_ask_and_for_what():
    with pytest.raises(NotAllowed):
        portrait_for(actor(Role.INTEGRATION_AGENT), "06")
    with pytest.raises(InvalidInput):
        portrait_for(PROVINCE, "99")
