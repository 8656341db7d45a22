"""The map of a region: each place drawn and listed, leading to its services."""

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.engines.geometry import read_geometry
from arrimage.territory.models import Outline, Place
from arrimage.territory.outlines import fields_of
from tests.factories import OrganisationFactory, RoleGrantFactory, ServiceFactory

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


def test_a_place_without_services_is_a_link_that_says_what_to_do(verdun):
    ServiceFactory(organisation=OrganisationFactory(place=None))
    text = page()
    assert "map-nothing" in text
    address = f"{reverse('public:services')}?place={verdun.pk}"
    assert text.count(f'href="{address}"') == 2
    said = Client().get(address).content.decode().replace("\u00a0", " ")
    assert "Aucun service n’est encore inscrit à cet endroit : Verdun" in said
    assert "#points-de-services" in said


def test_the_map_cites_whom_the_import_named_and_nobody_else(verdun):
    assert "Tracés" not in page()
    Outline.objects.update(source="Ville inventée (CC BY 4.0)")
    assert "Ville inventée (CC BY 4.0)" in page()


def test_the_command_that_brings_outlines_in_is_for_those_who_may(client):
    assert "arrimage import territory" not in page()
    client.force_login(RoleGrantFactory(role=Role.ADMINISTRATOR, region=None).user)
    assert "arrimage import territory" in client.get(MAP).content.decode()


def test_a_place_that_does_not_exist_is_refused_in_words():
    for asked in ("0", "9" * 30, "verdun"):
        assert Client().get(f"{reverse('public:services')}?place={asked}").status_code == 200


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
