"""Lists: sentence, filters, chips, sort, pages, file, telling empty state, constant cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arrimage.territory.models import Place
from tests.factories import region

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages")]
ADDRESS = "/essai/lieux/"


def make(count: int, name: str = "Lieu d’essai") -> None:
    Place.objects.bulk_create(Place(region=region(), kind="county", name=f"{name} {n:03}") for n in range(count))


def page(client: Client, query: str = "") -> str:
    return client.get(f"{ADDRESS}{query}").content.decode()


def test_the_sentence_counts_what_the_filters_keep(client: Client) -> None:
    make(30)

    assert "30 lieux" in page(client, "?name=essai")


def test_a_page_shows_25_and_the_last_page_answers_for_those_beyond(client: Client) -> None:
    make(30)

    assert page(client, "?name=essai").count('<tr role="row" class="') == 25
    assert page(client, "?name=essai&page=99").count('<tr role="row" class="') == 5
    assert page(client, "?name=essai&page=x").count('<tr role="row" class="') == 25


def test_sorting_by_the_address(client: Client) -> None:
    make(30)

    assert "Lieu d’essai 029" in page(client, "?name=essai&sort=-name")
    assert 'aria-sort="descending"' in page(client, "?name=essai&sort=-name")


def test_each_filter_in_force_is_a_chip_that_takes_only_itself_away(client: Client) -> None:
    make(3)
    found = page(client, "?name=essai&kind=county&kind=city&since_after=2021-01-01&page=2")

    assert 'href="?kind=county&amp;kind=city&amp;since_after=2021-01-01"' in found
    assert 'href="?name=essai&amp;kind=county&amp;since_after=2021-01-01"' in found
    assert 'href="?name=essai&amp;kind=county&amp;kind=city"' in found
    assert "à partir du 1er\u00a0janv.\u00a02021" in found


def test_an_empty_list_says_why_and_what_to_do(client: Client) -> None:
    assert "Rien ne correspond à ces filtres." in page(client, "?name=introuvable")


def test_a_list_with_nothing_at_all_says_why_and_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Place.objects, "select_related", lambda *_: Place.objects.none())
    found = page(client)

    assert "Aucun lieu." in found
    assert 'href="/ajouter/"' in found


def test_the_file_holds_every_row_of_the_filter_in_its_order(client: Client) -> None:
    make(40)
    Place.objects.create(region=region(), kind="county", name="=essai")
    response = client.get(f"{ADDRESS}?name=essai&sort=-name&export=csv")
    lines = b"".join(response).decode("utf-8").split("\r\n")

    assert lines[0] == "\ufeffNom;Région"
    assert lines[1] == "Lieu d’essai 039;Montréal"
    assert "'=essai;Montréal" in lines
    assert len(lines) == 43  # title, 41 rows, the end
    assert response["Content-Disposition"].startswith('attachment; filename="lieux-')


def test_the_cost_does_not_grow_with_the_rows(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, "?name=essai")
        return len(queries)

    make(2)
    few = cost()
    make(20, "Autre essai")
    assert cost() == few
