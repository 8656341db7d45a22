"""The portrait on screen: charts with their words, figures under them, sources; how tables come in when none did."""

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.reporting.formats import PORTRAIT_FORMATS
from tests.statistics import extracts
from tests.statistics.extracts import admissions, run
from tests.web.visitor import visitor, words

pytestmark = pytest.mark.django_db
CHART = reverse("public:portrait_chart", args=["admissions_by_year_category-1"])


@pytest.fixture
def tables():
    run(admissions(hidden={(11, 5)}) + admissions(year=2021, months=7).partition("\n")[2])
    run(extracts.BIRTHPLACE)


def test_without_tables_the_page_says_which_command_brings_them_in():
    page = visitor(Role.REGIONAL_DIRECTOR).open("staff:portrait")
    assert "arrimage import statistics FICHIER.csv --wet-run" in page
    assert "Importer un tableau" not in page
    analyst = visitor(Role.MINISTRY_ANALYST, None).open("staff:portrait")
    assert reverse("staff:import", args=["statistics"]) in analyst


@pytest.mark.parametrize("who", ["staff", "public"])
def test_charts_say_what_they_show_and_figures_follow(tables, who):
    page = (
        visitor(Role.REGIONAL_DIRECTOR).open("staff:portrait")
        if who == "staff"
        else words(Client().get(reverse("public:portrait") + "?region=06"))
    )
    assert f'src="{CHART}?region=06&amp;width=wide"' in page
    assert f'srcset="{CHART}?region=06&amp;width=narrow"' in page
    assert "de 120 en 2020" in page
    assert "2021 (7 mois)" in page
    assert ">masqué</td>" in page
    assert "Citoyenneté Canada" in page
    assert "Millésime : 2021-07" in page
    assert "style=" not in page


def test_the_public_reads_it_in_its_language(tables):
    page = words(Client().get("/en/portrait/?region=06"))
    assert f'src="/en{CHART}?region=06' in page
    assert "Page introuvable" not in page


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_chart_is_an_svg_that_anybody_may_see(tables, width):
    response = Client().get(f"{CHART}?region=06&width={width}")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert 'role="img"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"{CHART}?region=99",
        CHART,
        reverse("public:portrait_chart", args=["admissions_by_year_category-9"]) + "?region=06",
        reverse("public:portrait_chart", args=["inconnu"]) + "?region=06",
    ],
)
def test_a_chart_that_is_not_there_is_not_found(tables, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("format", PORTRAIT_FORMATS)
def test_the_portrait_as_a_file(tables, format):
    director = visitor(Role.REGIONAL_DIRECTOR)
    response = director.client.get(reverse("staff:portrait_export", args=[format]))
    assert response.status_code == 200
    assert response["Content-Type"] == PORTRAIT_FORMATS[format].content_type
    assert f'filename="portrait-06.{PORTRAIT_FORMATS[format].extension}"' in response["Content-Disposition"]
    starts = {"pdf": b"%PDF", "xlsx": b"PK", "parquet": b"PAR1", "json": b"{", "html": b"<!DOCTYPE"}
    assert response.content.startswith(starts[format])


def test_regions_and_formats_that_are_not_there(tables):
    director = visitor(Role.REGIONAL_DIRECTOR)
    assert director.client.get(reverse("staff:portrait_export", args=["cire"])).status_code == 404
    assert director.client.get(reverse("staff:portrait") + "?region=13").status_code == 403
    assert "Laval" in visitor(Role.MINISTRY_ANALYST, None).open("staff:portrait", query="?region=13")


def test_the_page_costs_the_same_whatever_the_years(tables):
    director = visitor(Role.REGIONAL_DIRECTOR)
    before = director.queries("staff:portrait")
    run(admissions(year=2021).partition("\n")[0] + "\n" + admissions(year=2021, months=7).partition("\n")[2])
    assert director.queries("staff:portrait") == before
