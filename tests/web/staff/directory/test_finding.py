"""The staff finds services as the public does: by meaning, whatever the spelling and the language, and is told why."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import Location, ServiceAtLocation, ServicePlaces
from arrimage.territory.models import Place
from tests.factories import OrganisationFactory, ServiceFactory, theme
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return visitor(Role.INTEGRATION_AGENT)


@pytest.fixture
def searched(agent):
    def search(text: str, query: str = "", name: str = "staff:services") -> str:
        return agent.open(name, query=f"?q={text}{query}").replace("\u00a0", " ")

    return search


@pytest.mark.parametrize("text", ["appartement", "housing", "logment", "سكن", "logements"])
def test_synonyms_typos_stems_and_other_languages_find(searched, text):
    ServiceFactory(name="Aide au logement", themes=[theme("housing")])
    ServiceFactory(name="Vestiaire", themes=[theme("social_network")])
    page = searched(text)
    assert "Aide au logement" in page
    assert "Vestiaire" not in page


def test_what_was_understood_and_why_each_was_found_are_said(searched):
    ServiceFactory(name="Aide au logement", themes=[theme("housing")])
    assert "Trouvé parce que : logement (pour « appartement »)" in searched("appartement")
    assert "Résultats pour « logement »." in searched("logmeent")
    page = searched("logement zzyzx")
    assert "Aucun service ne contient « zzyzx »" in page
    assert "Aide au logement" in page
    assert "Trouvé parce que" not in searched("")


def test_the_most_relevant_come_first_and_a_column_on_asking(searched):
    ServiceFactory(name="Accueil", description="Nous parlons aussi de couture.", themes=[theme("social_network")])
    ServiceFactory(name="Couture", themes=[theme("social_network")])
    page = searched("couture")
    assert page.index(">Couture<") < page.index(">Accueil<")
    assert "les plus pertinents" not in page
    page = searched("couture", "&sort=name")
    assert page.index(">Accueil<") < page.index(">Couture<")
    assert "les plus pertinents" in page


def test_words_find_a_service_no_longer_offered_on_asking(searched):
    ServiceFactory(name="Ancienne friperie", is_offered=False)
    ServiceFactory(name="Friperie")
    assert "Ancienne friperie" not in searched("friperie")
    assert "Ancienne friperie" in searched("fripperie", "&ended=on")


def test_words_cost_the_same_for_two_services_and_thirty(agent):
    ServiceFactory.create_batch(2, name="Aide au logement")
    few = agent.queries("staff:services", query="?q=appartement")
    ServiceFactory.create_batch(28, name="Aide au logement")
    assert agent.queries("staff:services", query="?q=appartement") == few <= 22


def at(name: str, latitude: float, code: str) -> None:
    location = ServiceFactory(name=name, address="1, rue A").main.location
    Location.objects.filter(pk=location.pk).update(latitude=latitude, longitude=-73.6)
    location.addresses.update(postal_code=code)


def test_near_a_postal_code_the_nearest_come_first_with_their_distance(agent):
    at("Ancienne", 45.6, "H1A 1A1")
    at("Zélée", 45.501, "H2X 1Y4")
    page = agent.open("staff:services", query="?postal_code=h2x")
    assert page.index("Zélée") < page.index("Ancienne")
    assert ">11<" in page.replace("\n", "").replace(" ", "")
    assert "autour de H2X" in page
    assert "[invalid name]" not in page
    assert "environ)" not in agent.open("staff:services")
    page = agent.open("staff:services", query="?postal_code=G1A")
    assert "qui commence par G1A" in page
    assert "Ancienne" in page


def test_the_words_narrow_the_file_too(searched):
    ServiceFactory(name="Aide au logement")
    ServiceFactory(name="Vestiaire")
    page = searched("appartement", "&export=csv")
    assert "Aide au logement" in page
    assert "Vestiaire" not in page


def test_an_organisation_is_found_by_its_name_its_number_or_what_it_offers(searched):
    offering = OrganisationFactory(name="Le Pont")
    ServiceFactory(name="Aide au logement", organisation=offering)
    OrganisationFactory(name="Maison Ahuntsic", neq="1160000001")
    for text, here, absent in (
        ("housing", "Le Pont", "Maison Ahuntsic"),
        ("ahuntsic", "Maison Ahuntsic", "Le Pont"),
        ("1160000001", "Maison Ahuntsic", "Le Pont"),
    ):
        page = searched(text, name="staff:organisations")
        assert here in page
        assert absent not in page


def test_one_door_answers_all_the_filters_of_a_door(agent):
    here, there = Place.objects.get(name="Verdun"), Place.objects.get(name="Ahuntsic-Cartierville")
    service = ServiceFactory(name="Halte-garderie")
    for place, taken in ((here, 5), (there, 0)):
        location = Location.objects.create(organisation=service.organisation, place=place)
        door = ServiceAtLocation.objects.create(service=service, location=location)
        ServicePlaces.objects.create(service_at_location=door, capacity=5, taken=taken)
    for query, is_found in (
        (f"place={here.pk}", True), ("free_places=on", True),
        (f"place={there.pk}&free_places=on", True), (f"place={here.pk}&free_places=on", False),
    ):  # fmt: skip
        page = agent.open("staff:services", query=f"?{query}")
        assert ("Halte-garderie" in page) is is_found, query
