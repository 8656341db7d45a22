"""The map of a region: each place drawn and listed, leading to its services."""

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.engines.geometry import read_geometry
from arrimage.territory.models import Outline, Place
from arrimage.territory.outlines import fields_of
from tests.factories import OrganisationFactory, ServiceFactory

pytestmark = pytest.mark.django_db
MAP = reverse("public:places")


def outline(name: str, west: float) -> Place:
    ring = [[west, 45.4], [west + 0.1, 45.4], [west + 0.1, 45.5], [west, 45.4]]
    place = Place.objects.get(name=name, region__code="06")
    Outline.objects.create(place=place, **fields_of(read_geometry({"type": "Polygon", "coordinates": [ring]})))
    return place


@pytest.fixture
def verdun():
    return outline("Verdun", -73.6)


def page(query: str = "") -> str:
    return Client().get(MAP + query).content.decode()


def test_without_outlines_the_page_says_so_and_leads_to_the_services():
    text = page()
    assert "<svg viewBox" not in text
    assert "Aucune carte" in text
    assert f'href="{reverse("public:services")}"' in text


def test_a_place_with_services_is_a_link_on_the_map_and_in_the_table(verdun):
    ServiceFactory(place=verdun)
    ServiceFactory(place=None, organisation=OrganisationFactory(place=verdun))
    ServiceFactory(place=verdun, is_offered=False)
    text = page()
    address = f"{reverse('public:services')}?place={verdun.pk}"
    assert text.count(f'href="{address}"') == 2
    assert "Verdun, 2 services" in text
    assert "2 services" in Client().get(address).content.decode()


def test_a_place_without_services_is_drawn_and_is_no_link(verdun):
    text = page()
    assert "map-nothing" in text
    assert f"?place={verdun.pk}" not in text


def test_every_borough_and_linked_city_is_listed_those_without_an_outline_too(verdun):
    text = page()
    assert text.count('<td data-label="Lieu">') == 34
    assert "L’Île-Dorval" in text
    assert text.count("fill-rule") == 1


def test_the_cost_does_not_grow_with_the_outlines(verdun, django_assert_max_num_queries):
    outline("Anjou", -73.5)
    outline("Lachine", -73.4)
    with django_assert_max_num_queries(12):
        page()


def test_an_unknown_region_shows_the_first_that_has_a_map(verdun):
    assert "Verdun" in page("?region=zz")
