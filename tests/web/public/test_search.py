"""The public search: all of it is in the address, each filter may be taken away, the map says what the list says."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from arrimage.config.map_tiles import sources
from arrimage.directory.models import Location, ServicePlaces
from tests.directory.exchange.directories import a_directory
from tests.factories import ServiceFactory, theme
from tests.web.public.test_places import outline
from tests.web.signed import words

pytestmark = pytest.mark.django_db
SEARCH, POINTS, OUTLINES = reverse("public:services"), reverse("public:points"), reverse("public:outlines")
BOUNDS = "west=-74&south=45&east=-73&north=46"


def located(name: str, latitude: float, longitude: float, **fields):
    service = ServiceFactory(name=name, address=f"Rue {name}", **fields)
    Location.objects.filter(pk=service.main.location_id).update(latitude=latitude, longitude=longitude)
    return service


def page(query: str = "") -> str:
    return words(Client().get(SEARCH + query))


def test_each_filter_is_a_chip_whose_address_leaves_the_others():
    ServiceFactory(name="Cours", themes=[theme("french")], languages=["es"])
    text = page("?q=cours&theme=french&language=es")
    assert 'href="?theme=french&amp;language=es"' in text
    assert 'href="?q=cours&amp;language=es"' in text
    assert 'href="?q=cours&amp;theme=french"' in text


def test_a_shared_address_gives_the_same():
    ServiceFactory(name="Cours du soir", modes=["remote"])
    ServiceFactory(name="Cours de jour", modes=["on_site"])
    query = "?q=cours&mode=remote&sort=name"
    assert "Cours du soir" in page(query)
    assert "Cours de jour" not in page(query)
    assert page(query) == page(query)


def test_the_nearest_comes_first_with_its_distance_unless_by_name():
    located("Ancienne", 45.60, -73.60)
    located("Zélée", 45.501, -73.60)
    text = page("?near=45.5,-73.6")
    assert text.index("Zélée") < text.index("Ancienne")
    assert "à 0,1 km" in text
    assert "près de moi" in text
    text = page("?near=45.5,-73.6&sort=name")
    assert text.index("Ancienne") < text.index("Zélée")


@pytest.mark.parametrize("near", ["ici", "95,0", "45.5", "45.5,-190", "45.5,-73.6,1"])
def test_a_point_that_is_none_asks_nothing(near):
    ServiceFactory(name="Partout")
    assert "Partout" in page(f"?near={near}")


def coded(name: str, latitude: float, longitude: float, code: str) -> None:
    service = located(name, latitude, longitude)
    service.main.location.addresses.update(postal_code=code)


def test_near_a_postal_code_distances_are_about():
    coded("Ancienne", 45.60, -73.60, "H1A 1A1")
    coded("Zélée", 45.501, -73.60, "H2X 1Y4")
    text = page("?postal_code=h2x")
    assert text.index("Zélée") < text.index("Ancienne")
    assert "à environ 11 km" in text
    assert "autour de H2X" in text
    assert 'data-here="45.501,-73.6"' in text
    assert page("?postal_code=H2X9Z9&near=40,-70").count("près de moi") == page().count("près de moi")


def test_a_postal_code_nobody_has_is_said_by_the_field_and_asks_nothing_else():
    coded("Cours", 45.60, -73.60, "H1A 1A1")
    located("Vestiaire", 45.60, -73.60)
    text = page("?postal_code=G1A&q=cours")
    assert "Aucun lieu du répertoire n’a un code postal qui commence par G1A" in text
    assert "Cours" in text
    assert "Vestiaire" not in text


def test_a_line_says_its_hours_its_places_and_why():
    a_directory()
    text = page("?q=français&language=es&theme=french")
    assert "lundi, mercredi, de 9 h à 16 h 30" in text
    assert "16 places libres" in text
    assert "Trouvé parce que : français ;" in text
    assert "en espagnol" in text


def test_services_with_free_places_alone():
    full = ServiceFactory(name="Plein", address="1, rue A")
    ServicePlaces.objects.create(service_at_location=full.main, capacity=2, taken=2)
    free = ServiceFactory(name="Libre", address="2, rue A")
    ServicePlaces.objects.create(service_at_location=free.main, capacity=2, taken=1)
    text = page("?free=on")
    assert "Libre" in text
    assert "Plein" not in text


def test_nothing_found_says_what_to_take_away():
    ServiceFactory(name="Cours", languages=["fr", "es"])
    ServiceFactory(name="Ailleurs", modes=["remote"])
    text = page("?q=cours&mode=remote")
    assert "Aucun service ne correspond" in text
    assert "Chercher sans « De quelle façon : À distance »" in text


def test_without_script_the_map_drawn_here_is_a_link_and_the_list_is_whole():
    ServiceFactory(name="Visible")
    text = page()
    assert f'href="{reverse("public:places")}"' in text
    assert "Visible" in text
    assert 'id="services-map-section" aria-label="Carte des services" hidden' in text
    assert " style=" not in text


def test_points_are_those_of_the_search_within_bounds():
    located("Dedans", 45.5, -73.6, languages=["fr", "ar"])
    located("Autre langue", 45.51, -73.61, languages=["fr"])
    located("Dehors", 47.0, -71.0, languages=["fr", "ar"])
    found = Client().get(f"{POINTS}?language=ar&{BOUNDS}").json()["points"]
    assert [(point["latitude"], point["count"]) for point in found] == [(45.5, 1)]
    there = words(Client().get(found[0]["url"]))
    assert "Dedans" in there
    assert "Autre langue" not in there


@pytest.mark.parametrize("bounds", ["", "west=a&south=45&east=-73&north=46", "west=nan&south=45&east=-73&north=inf"])
def test_points_without_bounds_are_refused(bounds):
    assert Client().get(f"{POINTS}?{bounds}").status_code == 400


def test_outlines_of_a_region_lead_to_the_services_of_each_place():
    place = outline("Verdun", -73.6)
    found = Client().get(f"{OUTLINES}?region=06").json()
    assert found["type"] == "FeatureCollection"
    assert [feature["properties"]["name"] for feature in found["features"]] == ["Verdun"]
    assert found["features"][0]["properties"]["url"] == f"{SEARCH}?place={place.pk}"
    assert Client().get(f"{OUTLINES}?region=13").status_code == 404


def test_images_come_from_elsewhere_only_where_tiles_are_set():
    assert sources("") == []
    assert sources("https://{s}.tiles.example/{z}/{x}/{y}.png") == ["https://*.tiles.example"]
    assert settings.MAP_TILES == ""
    answer = Client().get(SEARCH)
    assert "img-src 'self' data:;" in answer.headers["Content-Security-Policy"] + ";"
    assert 'data-tiles=""' in words(Client().get(SEARCH)) or "data-services-map" not in words(answer)
