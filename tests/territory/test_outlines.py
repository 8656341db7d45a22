"""Outlines come in from GeoJSON, by kind, name and region; they say in which place a point lies."""

import csv
import io
import json

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import importers, run_import
from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Outline, Place, ServicePoint
from arrimage.territory.outlines import outlines_of, place_at
from tests.factories import actor, region
from tests.official import official

pytestmark = pytest.mark.django_db
IMPORT = system_actor("import", Right.IMPORT_REFERENCE)
OFFICES = system_actor("import", Right.MANAGE_ACCOUNTS)


def square(west: float, south: float, size: float = 0.1) -> dict:
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(name="Verdun", kind="Arrondissement", geometry=None, **properties):
    geometry = geometry if geometry is not None else square(-73.6, 45.4)
    return {"type": "Feature", "properties": {"nom": name, "type": kind, **properties}, "geometry": geometry}


def run(*features, who=IMPORT, wet=True, source="", **collection):
    content = {"type": "FeatureCollection", "features": list(features), **collection}
    file = io.BytesIO(json.dumps(content).encode())
    return run_import(importers()["territory"], file, "lieux.geojson", who, wet=wet, source=source)


def test_an_outline_comes_in_and_a_repeat_changes_nothing():
    assert run(feature(no_arr="12")).created == 1
    report = run(feature(no_arr="12"))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
    outline = Outline.objects.get()
    assert (outline.place.name, outline.place.region.code) == ("Verdun", "06")
    assert (outline.west, outline.south) == (-73.6, 45.4)


def test_a_dry_run_writes_nothing():
    assert run(feature("Nouvelle-Ville", "Ville", region="06"), wet=False).created == 1
    assert not Outline.objects.exists()
    assert not Place.objects.filter(name="Nouvelle-Ville").exists()


def test_an_outline_or_a_number_that_changes_is_an_update():
    run(feature())
    assert run(feature(geometry=square(-73.7, 45.4))).updated == 1
    report = run(feature(geometry=square(-73.7, 45.4), no_arr="99"))
    assert (report.updated, report.unchanged) == (1, 0)
    assert Place.objects.get(name="Verdun").code == "99"


def test_accents_case_and_apostrophes_of_names_are_forgiven():
    run(feature("L'Ile-Dorval", "ville liee"))
    assert Outline.objects.get().place.name == "L’Île-Dorval"


def test_a_place_that_is_not_known_is_created_in_its_region():
    assert run(feature("La Matapédia", "MRC", region="01", code_mrc="07")).created == 1
    place = Place.objects.get(name="La Matapédia")
    assert (place.region.code, place.kind, place.code) == ("01", PlaceKind.COUNTY, "07")


def test_a_region_has_an_outline_of_its_own():
    assert run(feature("Montréal", "Région")).created == 1
    assert Outline.objects.get().region == region("06")
    assert run(feature("Montréal", "Région")).unchanged == 1


def test_whom_a_map_cites_is_kept_with_the_outline():
    assert any("d’où viennent" in remark for remark in run(feature()).warnings)
    report = run(feature(), source="Ville de Montréal (CC BY 4.0)")
    assert (report.updated, any("d’où viennent" in remark for remark in report.warnings)) == (1, False)
    assert run(feature()).unchanged == 1, "a file that says nothing of it leaves what is known"
    assert Outline.objects.get().source == "Ville de Montréal (CC BY 4.0)"
    assert run(feature(source="Un autre éditeur"), source="Ville de Montréal (CC BY 4.0)").updated == 1
    assert Outline.objects.get().source == "Un autre éditeur"


def test_what_the_file_leaves_without_an_outline_is_said():
    (remark,) = [each for each in run(feature()).warnings if "sans tracé" in each]
    assert "18" in remark
    assert "Verdun" not in remark


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (feature("Inconnue", "Ville"), "region"),
        (feature(region="99"), "region"),
        (feature("Nulle-Part", "Région"), "name"),
        (feature(kind="Quartier"), "kind"),
        (feature(name=None), "name"),
        (feature(geometry={"type": "Point", "coordinates": [-73.6, 45.4]}), "geometry"),
        (feature(geometry=square(45.4, -73.6)), "geometry"),
        (feature(geometry=square(300_000, 5_000_000)), "geometry"),
        ({"type": "Feature", "properties": {"nom": "Verdun", "type": "Arrondissement"}, "geometry": None}, "geometry"),
    ],
)
def test_one_wrong_feature_refuses_the_file_and_is_named(row, column):
    report = run(feature("Anjou"), row)
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert not Outline.objects.exists()


def test_two_features_of_one_place_are_refused():
    report = run(feature(region="06"), feature(region="Montréal", geometry=square(-73.7, 45.4)))
    assert [(error.row, error.column) for error in report.errors] == [(3, "name")]


@pytest.mark.parametrize(
    "content",
    [
        b'{"type": "Feature"}',
        b"[1, 2]",
        b'{"type": "FeatureCollection", "features": [',
        b'{"type": "FeatureCollection", "features": 4}',
        b'{"type": "FeatureCollection", "features": [4]}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [{"properties": {"nom": NaN}}]}',
        b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG::32188"}}, "features": []}',
    ],
)
def test_a_file_that_is_no_geojson_is_refused_with_a_sentence(content):
    report = run_import(importers()["territory"], io.BytesIO(content), "lieux.geojson", IMPORT, wet=True)
    assert len(report.errors) == 1
    assert str(report.errors[0]).endswith(".")


def test_somebody_of_one_region_writes_in_that_region_only():
    who = system_actor("import", Right.IMPORT_REFERENCE, region_id=region("03").pk)
    assert run(feature(region="06"), who=who).errors[0].column == "region"
    assert run(feature("Québec", "Ville"), who=who).created == 1
    assert Place.objects.get(name="Québec").region == region("03")


def test_only_an_administrator_may():
    with pytest.raises(NotAllowed):
        run(feature(), who=actor(Role.REGIONAL_ADVISOR))


def test_a_point_is_in_the_smallest_place_that_holds_it():
    run(feature("Montréal", "Ville", square(-73.8, 45.3, 0.5), region="06"), feature("Verdun"))
    assert place_at((-73.55, 45.45)).name == "Verdun"
    assert place_at((-73.75, 45.45)).name == "Montréal"
    assert place_at((-72.0, 45.45)) is None


def test_coordinates_of_a_point_of_service_say_its_place():
    run(feature())
    titles = "name,region,kind,address,opened_on,latitude,longitude\n"

    def bring_in(row):
        file = io.BytesIO((titles + row).encode())
        return run_import(importers()["service_points"], file, "p.csv", OFFICES, wet=True)

    assert bring_in("Bureau,06,office,1 rue A,2020-07-01,45.45,-73.55").created == 1
    assert ServicePoint.objects.get().place.name == "Verdun"
    assert bring_in("Bureau,06,office,1 rue A,2020-07-01,45.45,-73.55").unchanged == 1
    assert bring_in("Bureau,06,office,1 rue A,2020-07-01,45.45,-70").errors[0].column == "latitude"
    assert bring_in("Bureau,06,office,1 rue A,2020-07-01,45.45,").errors[0].column == "longitude"


def test_the_official_outlines_of_montreal_come_in_once_and_each_point_is_in_its_place():
    path = official("montreal_arrondissements_villes_liees_simplifie.geojson")

    def bring_in():
        with path.open("rb") as file:
            return run_import(importers()["territory"], file, path.name, IMPORT, wet=True)

    report = bring_in()
    assert (report.errors, report.created) == ([], 33)
    assert [warning for warning in report.warnings if "tracé" in warning and "L’Île-Dorval" in warning]
    again = bring_in()
    assert (again.created, again.updated, again.unchanged) == (0, 0, 33)
    places = Place.objects.filter(region__code="06")
    assert places.filter(kind=PlaceKind.BOROUGH).count() == 19
    assert places.filter(kind=PlaceKind.LINKED_CITY).count() == 15  # L’Île-Dorval, which the file lacks, among them
    assert len(outlines_of(region("06"))) == 33
    with official("montreal_territoires.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found = place_at((float(row["lon"]), float(row["lat"])))
            assert found is not None, row["nom"]
            assert found.name.replace("’", "'").lower() == row["nom"].lower()
