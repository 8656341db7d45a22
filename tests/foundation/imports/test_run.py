"""An import writes everything or nothing, and says beforehand exactly what it would do."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection, transaction

from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.imports import Column, Counts, Importer, Row, RowRefused, parse, run_import, upsert
from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Place, Region
from tests.foundation.imports.files import Anyone, Nobody, csv_file

pytestmark = pytest.mark.django_db


class PlacesImporter(Importer):
    kind = "test_places"
    label = "Lieux"
    right = "import_places"
    columns = (
        Column("name", parse.text(400), required=True, example="Verdun"),
        Column("kind", parse.choice(PlaceKind), required=True, example="borough"),
        Column("code", parse.text(50), example="V1", empty=""),
    )
    key_columns = ("name",)
    region: Region

    def check_rows(self, rows: Sequence[Row], actor: Any) -> Any:
        self.region = Region.objects.get(code="06")
        for row in rows:
            if row["name"] == "Toronto":
                yield row.error("name", "Ce lieu n’est pas au Québec.")

    def apply(self, rows: Sequence[Row], actor: Any) -> Counts:
        for row in rows:
            if row["code"] == "refused":
                raise InvalidInput("Ce code est retiré.", field="code")
        known = Place.objects.filter(region=self.region, name__in=[row["name"] for row in rows])
        return upsert(
            Place,
            {place.name: place for place in known},
            ((row["name"], row.given("name", "kind", "code")) for row in rows),
            only_when_created={"region": self.region},
        )


@pytest.fixture(autouse=True)
def region():
    return Region.objects.get_or_create(code="06", defaults={"name": "Montréal", "file_prefix": "MTL"})[0]


@pytest.fixture(autouse=True)
def _no_places(region):
    Region.objects.update(main_city=None)
    Place.objects.filter(within__isnull=False).delete()
    Place.objects.all().delete()


def run(text, *, wet=False, importer=None, actor=None):
    importer = importer or PlacesImporter()
    return run_import(importer, csv_file("name;kind;code\n" + text), "a.csv", actor or Anyone(), wet=wet)


def counts(report):
    return (report.rows, report.created, report.updated, report.unchanged)


def stored():
    return set(Place.objects.values_list("name", "code"))


def places(report):
    return [(error.row, error.column) for error in report.errors]


TWO = "Verdun;borough;V1\nLasalle;Arrondissement;\n"


def test_a_dry_run_writes_nothing_and_counts_as_the_wet_one():
    dry = run(TWO)
    assert stored() == set()

    wet = run(TWO, wet=True)

    assert counts(dry) == counts(wet) == (2, 2, 0, 0)
    assert stored() == {("Verdun", "V1"), ("Lasalle", "")}


def test_a_second_run_changes_nothing():
    run(TWO, wet=True)

    assert counts(run(TWO)) == counts(run(TWO, wet=True)) == (2, 0, 0, 2)


def test_a_changed_row_is_updated():
    run(TWO, wet=True)

    assert counts(run("Verdun;borough;V2\nLasalle;borough;", wet=True)) == (2, 0, 1, 1)
    assert ("Verdun", "V2") in stored()


def test_a_column_the_file_lacks_is_left_alone():
    run(TWO, wet=True)

    report = run_import(PlacesImporter(), csv_file("name;kind\nVerdun;city"), "a.csv", Anyone(), wet=True)

    assert counts(report) == (1, 0, 1, 0)
    assert Place.objects.get(name="Verdun").code == "V1"


def test_an_identical_row_twice_is_one_record():
    assert counts(run("Verdun;borough;V1\nVerdun;borough;V1", wet=True)) == (2, 1, 0, 1)


def test_one_refused_row_refuses_the_whole_file():
    report = run("Verdun;borough;V1\nLasalle;planète;", wet=True)

    assert (places(report), counts(report), stored()) == ([(3, "kind")], (2, 0, 0, 0), set())


def test_a_refusal_of_check_rows_refuses_the_whole_file():
    report = run("Verdun;borough;V1\nToronto;city;", wet=True)

    assert (places(report), counts(report), stored()) == ([(3, "name")], (2, 0, 0, 0), set())


@pytest.mark.parametrize("wet", [False, True])
def test_refusals_of_the_rules_are_brought_back_to_their_rows(wet):
    rows = [f"Lieu {number};borough;{'refused' if number in (3, 40) else number}" for number in range(60)]

    report = run("\n".join(rows), wet=wet)

    assert places(report) == [(5, "code"), (42, "code")]
    assert (counts(report), stored()) == ((60, 0, 0, 0), set())


def test_refusals_of_the_database_are_brought_back_to_their_rows():
    rows = [f"Lieu {number};borough;{'x' * (50 if number == 7 else 3)}" for number in range(20)]

    report = run("\n".join(rows), wet=True)

    assert places(report) == [(9, None)]
    assert "trop longue" in report.errors[0].message
    assert stored() == set()


def test_a_unique_constraint_does_not_say_what_exists(region):
    class Careless(PlacesImporter):
        def apply(self, rows, actor):
            for row in rows:
                Place.objects.create(region=self.region, name=row["name"], kind=row["kind"])
            return Counts(created=len(rows))

    Place.objects.create(region=region, name="Verdun", kind="borough")

    report = run(TWO, wet=True, importer=Careless())

    assert places(report) == [(2, None)]
    assert "conflit avec un enregistrement qui existe déjà" in report.errors[0].message


def test_a_deferred_constraint_is_checked_by_a_dry_run_too():
    class Dangling(PlacesImporter):
        def apply(self, rows, actor):
            Place.objects.bulk_create(
                Place(region=self.region, name=row["name"], kind=row["kind"], within_id=9_999_999) for row in rows
            )
            return Counts(created=len(rows))

    report = run("Verdun;borough;", importer=Dangling())

    assert places(report) == [(2, None)]
    assert "n’existe pas" in report.errors[0].message


def test_a_refused_row_may_be_named_among_those_that_go_together():
    class Households(PlacesImporter):
        def unit(self, row):
            return row["code"]

        def apply(self, rows, actor):
            for row in rows:
                if row["name"] == "Refusé":
                    raise RowRefused("Membre inconnu.", row=row.number, column="name")
            return Counts(created=len({row["code"] for row in rows}))

    report = run("A;city;1\nB;city;2\nRefusé;city;1\nC;city;2", wet=True, importer=Households())

    assert places(report) == [(4, "name")]


def test_rows_that_go_together_are_applied_together_however_far_apart():
    seen = []

    class Households(PlacesImporter):
        batch_size = 2

        def unit(self, row):
            return row["code"] or None

        def apply(self, rows, actor):
            seen.append([row.number for row in rows])
            return Counts(created=len(rows))

    run("A;city;1\nB;city;\nC;city;1\nD;city;\nE;city;", wet=True, importer=Households())

    assert seen == [[2, 4], [3, 5], [6]]


def test_after_a_hundred_refusals_the_check_stops_and_says_so():
    report = run("\n".join(f"Lieu {number};borough;refused" for number in range(300)))

    assert len(report.errors) == 100
    assert "100 refus" in report.to_json()["warnings"][0].replace("\u00a0", " ")


def test_an_actor_without_the_right_is_refused():
    with pytest.raises(NotAllowed):
        run(TWO, wet=True, actor=Nobody())
    assert stored() == set()


def test_a_mistake_in_the_importer_is_not_blamed_on_a_row():
    class Broken(PlacesImporter):
        def apply(self, rows, actor):
            with connection.cursor() as cursor:
                cursor.execute("select no_such_column from territory_place")
            return Counts()

    with pytest.raises(Exception, match="no_such_column"), transaction.atomic():
        run(TWO, wet=True, importer=Broken())


def test_what_waits_for_the_commit_does_not_run_when_dry(django_capture_on_commit_callbacks):
    class Announcing(PlacesImporter):
        def apply(self, rows, actor):
            transaction.on_commit(lambda: None)
            return Counts(created=len(rows))

    with django_capture_on_commit_callbacks() as dry:
        run(TWO, importer=Announcing())
    with django_capture_on_commit_callbacks() as wet:
        run(TWO, wet=True, importer=Announcing())

    assert (len(dry), len(wet)) == (0, 1)


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    rows = "\n".join(f"Lieu {number};borough;{number}" for number in range(900))

    with django_assert_max_num_queries(12):
        run(rows, wet=True)
