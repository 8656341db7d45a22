"""An occupation is found by what people call it."""

import pytest

from arrimage.occupations.models import Occupation
from arrimage.occupations.queries import search_occupations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _occupations():
    Occupation.objects.bulk_create(
        [
            Occupation(code="21231", title_fr="Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel",
                       title_en="Software engineers and designers"),
            Occupation(code="31301", title_fr="Infirmiers autorisés/infirmières autorisées et infirmiers "
                       "psychiatriques autorisés/infirmières psychiatriques autorisées",
                       title_en="Registered nurses and registered psychiatric nurses"),
            Occupation(code="72106", title_fr="Soudeurs/soudeuses et opérateurs/opératrices de machines à souder "
                       "et à braser", title_en="Welders and related machine operators"),
        ]
    )  # fmt: skip


def codes(text):
    return set(search_occupations(text).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("infirmière", {"31301"}),
        ("INFIRMIERES", {"31301"}),
        ("nurse", {"31301"}),
        ("ingenieure logiciel", {"21231"}),
        ("software engineer", {"21231"}),
        ("logiciel engineers", {"21231"}),
        ("soudeuse", {"72106"}),
        ("7", {"72106"}),
        ("313", {"31301"}),
        ("31301", {"31301"}),
        ("noc 31301", {"31301"}),
        ("infirmierre", {"31301"}),
        ("astronaute", set()),
        ("", {"21231", "31301", "72106"}),
    ],
)
def test_words_codes_and_slips(text, found):
    assert codes(text) == found
