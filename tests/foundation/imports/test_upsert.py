"""Create what is missing, change what differs, leave the rest."""

import pytest

from arrimage.foundation.imports import Counts, upsert
from arrimage.foundation.imports.upsert import differing_fields
from arrimage.territory.models import Place, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region.objects.get_or_create(code="06", defaults={"name": "Montréal", "file_prefix": "MTL"})[0]


def test_counts_and_writes(region):
    kept, changed = (
        Place.objects.create(region=region, kind="borough", name=name, code="1") for name in ("Essai A", "Essai B")
    )
    existing = {"A": kept, "B": changed}
    rows = [
        ("A", {"name": "Essai A", "code": "1"}),
        ("B", {"name": "Essai B", "code": "2"}),
        ("C", {"name": "Essai C", "code": "3"}),
    ]

    counts = upsert(Place, existing, rows, only_when_created={"region": region, "kind": "borough"})

    assert counts == Counts(created=1, updated=1, unchanged=1)
    assert existing["C"].pk
    assert dict(Place.objects.filter(name__startswith="Essai").values_list("name", "code")) == {
        "Essai A": "1",
        "Essai B": "2",
        "Essai C": "3",
    }


def test_a_key_twice_is_one_record(region):
    rows = [("A", {"name": "Essai A", "code": code}) for code in ("1", "2")]

    counts = upsert(Place, {}, rows, only_when_created={"region": region, "kind": "borough"})

    assert counts.created == 1
    assert Place.objects.get(name="Essai A").code == "2"


def test_comparing_a_relation_costs_no_query(region, django_assert_num_queries):
    place = Place.objects.get(pk=Place.objects.create(region=region, kind="borough", name="Essai A").pk)

    with django_assert_num_queries(0):
        assert differing_fields(place, {"region": region, "within": None, "name": "Essai B"}) == ["name"]
