"""The facts laid after migrations: regions, and Montréal's places."""

import csv
from pathlib import Path

import pytest

from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Place, Region
from arrimage.territory.reference import load_reference

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def names(kind: PlaceKind) -> set[str]:
    return set(Place.objects.filter(region__code="06", kind=kind).values_list("name", flat=True))


def test_the_seventeen_regions_and_the_island_of_montreal() -> None:
    assert list(Region.objects.values_list("code", flat=True)) == [f"{number:02}" for number in range(1, 18)]
    assert len(names(PlaceKind.BOROUGH)) == 19
    assert len(names(PlaceKind.LINKED_CITY)) == 15
    assert "L’Île-Dorval" in names(PlaceKind.LINKED_CITY)
    montreal = Region.objects.get(code="06")
    assert montreal.main_city is not None
    assert montreal.main_city.name == "Montréal"
    boroughs = Place.objects.filter(region=montreal, kind=PlaceKind.BOROUGH)
    assert set(boroughs.values_list("within", flat=True)) == {montreal.main_city.pk}


def test_laying_them_again_changes_nothing_and_keeps_what_was_corrected() -> None:
    Region.objects.filter(code="06").update(name="Montréal (corrigé)")
    before = list(Place.objects.order_by("pk").values())
    load_reference()
    assert list(Place.objects.order_by("pk").values()) == before
    assert Region.objects.get(code="06").name == "Montréal (corrigé)"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public reference data is not beside the project")
def test_they_are_those_of_the_city_s_open_data() -> None:
    with (SHARED / "montreal_territoires.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    boroughs = {row["nom"].replace("'", "’"): row["no_arr"] for row in rows if row["type"] == "Arrondissement"}
    ours = Place.objects.filter(region__code="06", kind=PlaceKind.BOROUGH)
    assert dict(ours.values_list("name", "code")) == boroughs
    cities = {row["nom"].replace("'", "’") for row in rows if row["type"] == "Ville liée"}
    assert names(PlaceKind.LINKED_CITY) == cities | {"L’Île-Dorval"}
