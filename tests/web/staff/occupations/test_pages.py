"""The classification on screen, for the staff."""

import pytest

from arrimage.occupations.models import Occupation
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _occupations():
    Occupation.objects.create(code="31301", title_fr="Infirmiers/infirmières", title_en="Registered nurses")
    Occupation.objects.create(code="72106", title_fr="Soudeurs/soudeuses", title_en="Welders")


@pytest.fixture
def advisor():
    return visitor()


def test_both_languages_and_what_the_code_says_are_shown(advisor):
    page = advisor.open("staff:occupations")
    for text in ("2 professions", "Infirmiers/infirmières", "Registered nurses", "31301", "Secteur de la santé"):
        assert text in page
    assert "Diplôme universitaire" in page


@pytest.mark.parametrize(
    "query", ["?q=infirmiere", "?q=NURSES", "?q=31301", "?category=3", "?teer=1", "?q=nurse&category=3&teer=1"]
)
def test_the_list_is_narrowed(advisor, query):
    page = advisor.open("staff:occupations", query=query)
    assert "1 profession " in page
    assert "Soudeurs" not in page


def test_the_employers_pages_lead_there(advisor):
    assert "/espace/professions/" in advisor.open("staff:employers")


def test_the_file_has_both_titles(advisor):
    text = advisor.open("staff:occupations", query="?export=csv")
    assert "Infirmiers/infirmières" in text
    assert "Registered nurses" in text


def test_without_the_classification_the_page_says_how_it_comes_in(advisor):
    Occupation.objects.all().delete()
    assert "arrimage import occupations" in advisor.open("staff:occupations")
