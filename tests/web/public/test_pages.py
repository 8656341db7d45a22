"""The public finds a service and a point of service without an account; where referrals are sent stays hidden."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertInHTML

from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.searching import find_services
from arrimage.directory.models import Location, Organisation, Service, ServiceAtLocation, ServicePlaces
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.territory.models import Place
from tests.directory.exchange.directories import a_directory
from tests.factories import OrganisationFactory, ServiceFactory, ServicePointFactory, TimetableFactory, region, theme
from tests.web.signed import words

pytestmark = pytest.mark.django_db
SEARCH = reverse("public:services")


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()  # a page in another language leaves its language to the thread


@pytest.fixture
def browser():
    return Client()


def names(text: str = "", **filters) -> set[str]:
    return {service.name for service in find_services(Criteria(text, **filters))}


def test_home_shows_open_points_with_their_addresses_and_leads_to_services(browser):
    ServicePointFactory(name="Place Dupuis", address="845, rue Sainte-Catherine Est")
    ServicePointFactory(name="Bureau fermé", closed_on=clock.today() - timedelta(days=1))
    ServicePointFactory(name="Centre administratif", open_to_public=False)
    ServicePointFactory(airport=True, name="Aéroport caché")
    ServiceFactory(themes=[theme("housing")])
    page = words(browser.get(reverse("public:home")))
    assert "845, rue Sainte-Catherine Est" in page
    assert f"{SEARCH}?theme=housing" in page
    for hidden in ("Bureau fermé", "Centre administratif", "Aéroport caché"):
        assert hidden not in page


def test_a_search_forgives_accents_case_plurals_and_empty_words():
    ServiceFactory(name="Cours de français pour débutants")
    ServiceFactory(name="Aide à la recherche de logement", themes=[theme("housing")])
    for text in ("francais", "COURS DE FRANÇAIS", "des cours", "débutant", "  français  ", "french"):
        assert names(text) == {"Cours de français pour débutants"}, text
    for text in ("logements", "un logement pour moi", "Housing", "aide logement"):
        assert names(text) >= {"Aide à la recherche de logement"}, text


def test_a_mistyped_word_still_finds():
    ServiceFactory(name="Aide à la recherche de logement", themes=[theme("housing")])
    ServiceFactory(name="Vestiaire", themes=[theme("food_clothing")])
    assert names("logment") == {"Aide à la recherche de logement"}
    assert names("xyzxyz") == set()


def test_a_search_narrows_by_theme_language_and_place():
    borough = Place.objects.get(name="Verdun")
    there = OrganisationFactory(place=borough)
    ServiceFactory(name="A", themes=[theme("housing")], languages=["fr", "es"], organisation=there)
    ServiceFactory(name="B", themes=[theme("housing")], languages=["fr"])
    ServiceFactory(name="C", themes=[theme("health")], languages=["es"], place=borough)
    assert names(theme=theme("housing")) == {"A", "B"}
    assert names(language="es") == {"A", "C"}
    assert names(place=borough) == {"A", "C"}
    assert names(theme=theme("housing"), language="es", place=borough) == {"A"}


@pytest.mark.parametrize(
    ("language", "text"), [("es", "vivienda"), ("ar", "سكن"), ("en", "housing"), ("fr", "logement")]
)
def test_a_need_is_found_in_the_language_of_the_page(browser, language, text):
    ServiceFactory(name="Service cherché", themes=[theme("housing")])
    ServiceFactory(name="Autre chose", themes=[theme("health")])
    prefix = "" if language == "fr" else f"/{language}"
    page = words(browser.get(f"{prefix}{SEARCH}", {"q": text}))
    assert "Service cherché" in page
    assert "Autre chose" not in page


def test_the_page_keeps_what_was_asked_and_survives_nonsense(browser):
    ServiceFactory(name="Cours du soir", languages=["es"])
    page = words(browser.get(SEARCH + "?q=soir&language=es&theme=french"))
    assert "Cours du soir" in page
    assert 'value="soir"' in page
    for query in ("?theme=rien", "?place=x", "?language=zz", "?page=999", "?page=x", "?q=%00", "?q=" + "a" * 500):
        assert browser.get(SEARCH + query).status_code == 200
    assert "Aucun service ne correspond" in words(browser.get(SEARCH + "?q=zzzzzz"))


def test_where_referrals_are_sent_is_nowhere(browser):
    service = ServiceFactory(contact_email="orientations@secret.example", organisation__email="interne@secret.example")
    for address in (SEARCH, reverse("public:service", args=[service.uid]), reverse("public:home")):
        assert "secret.example" not in words(browser.get(address))


def test_a_service_no_longer_offered_is_gone(browser):
    service = ServiceFactory(is_offered=False, name="Retiré")
    assert browser.get(reverse("public:service", args=[service.uid])).status_code == 404
    assert "Retiré" not in words(browser.get(SEARCH))
    assert browser.get(reverse("public:service", args=[new_uid()])).status_code == 404


def test_a_service_says_where_and_how_to_reach_who_offers_it(browser):
    service = ServiceFactory(
        name="<i>Cours</i>",
        address="1, rue A",
        languages=["fr", "ar"],
        delay_days=5,
        organisation__phone="+15145550142",
    )
    page = words(browser.get(reverse("public:service", args=[service.uid])))
    for said in ("&lt;i&gt;Cours", "1, rue A", "arabe", "5 jours", "514 555-0142", "Français"):
        assert said in page


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_site_speaks_four_languages_and_says_when_a_translation_is_not_reviewed(browser, language):
    service = ServiceFactory()
    for address in ("/", SEARCH, f"/services/{service.uid}/"):
        response = browser.get(f"/{language}{address}")
        assert response.status_code == 200
        assert ("translation-notice" in words(response)) == (language != "en")
    assert "translation-notice" not in words(browser.get("/"))


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("ar,fr;q=0.5", ("ar", "rtl", "اقرأ هذه الصفحة بالعربية")),
        ("uk, es-MX;q=0.8, en;q=0.5", ("es", "ltr", "Leer esta página en español")),
        ("en-CA", ("en", "ltr", "Read this page in English")),
    ],
)
def test_a_browser_is_offered_its_language(browser, asked, offered):
    code, direction, text = offered
    page = browser.get("/services/?q=logement", headers={"Accept-Language": asked})
    assert page.headers["Content-Language"] == "fr"
    assert "Accept-Language" in page.headers["Vary"]
    link = f'<a href="/{code}/services/?q=logement" hreflang="{code}" dir="{direction}">{text}</a>'
    assertInHTML(link, page.content.decode())


@pytest.mark.parametrize(
    ("address", "asked"),
    [("/services/", "fr-CA,ar"), ("/services/", "uk"), ("/services/", "*"), ("/services/", ""), ("/es/services/", "ar"),
     ("/compte/login/", "ar")],
)  # fmt: skip
def test_nobody_is_offered_a_language_otherwise(browser, address, asked):
    page = browser.get(address, headers={"Accept-Language": asked})
    assert page.status_code == 200
    assert "language-offer" not in page.content.decode()


def test_pages_cost_the_same_for_ten_services_and_a_thousand(browser, django_assert_max_num_queries):
    def many(count: int) -> None:
        organisation = Organisation.objects.create(region=region(), name=f"Organisme {new_uid()}")
        made = Service.objects.bulk_create(
            [Service(organisation=organisation, name=f"Service {n}", languages=["fr"]) for n in range(count)]
        )
        link = Service.themes.through
        link.objects.bulk_create([link(service=service, theme=theme()) for service in made])

    def cost() -> list[int]:
        costs = []
        for address in (reverse("public:home"), SEARCH, SEARCH + "?q=service"):
            with django_assert_max_num_queries(20) as captured:
                assert browser.get(address).status_code == 200
            costs.append(len(captured))
        return costs

    many(25)
    few = cost()
    many(975)
    assert cost() == few


def test_a_service_says_where_when_for_whom_and_what_it_costs(browser):
    page = words(browser.get(reverse("public:service", args=[a_directory().uid])))
    for said in (
        "Siège",
        "lundi, mercredi, de 9 h à 16 h 30",
        "16 places libres",
        "Matériel : 12,50 $ (par session)",
        "Preuve de statut",
        "Rampe",
        "moins de 60 mois après le début du statut",
        "Accueil des cours",
        "514 555-0143",
    ):
        assert said in page, said
    assert "Secret des orientations" not in page
    assert "555-9999" not in page


def test_translated_texts_are_shown_unless_stale_and_machines_are_named(browser):
    service = a_directory()
    address = f"/es{reverse('public:service', args=[service.uid])}"
    page = words(browser.get(address))
    assert "Para empezar." in page
    assert "traduc" in page
    service.translations.update(status="stale")
    page = words(browser.get(address))
    assert "Para empezar." not in page
    assert "Pour débuter." in page


def test_the_home_page_says_the_hours_of_the_season(browser) -> None:
    written = ServicePointFactory()
    ServicePointFactory()
    TimetableFactory(service_point=written)
    page = words(browser.get("/"))
    assert "Lundi – vendredi : 9 h – 12 h, 13 h – 16 h" in page
    assert page.count("Du lundi au vendredi, de 8 h 30 à 16 h 30") == 1


def test_a_list_says_how_many_other_doors_a_service_has_and_its_page_there_is_that_door_s(browser):
    service = ServiceFactory(name="Halte-garderie")
    first, second = (
        ServiceAtLocation.objects.create(
            service=service, location=Location.objects.create(organisation=service.organisation, name=name)
        )
        for name in ("Premier local", "Second local")
    )
    ServicePlaces.objects.create(service_at_location=first, capacity=4, taken=4)
    ServicePlaces.objects.create(service_at_location=second, capacity=4, taken=1)
    page = words(browser.get(SEARCH))
    assert "et 1 autre lieu" in page
    assert "Complet" in page
    page = words(browser.get(SEARCH, {"free": "on"}))
    assert "3 places libres" in page
    assert "Complet" not in page
    there = words(browser.get(reverse("public:location", args=[second.location.uid])))
    assert "3 places libres" in there
    assert "Complet" not in there


def test_a_list_too_long_asks_to_be_narrowed(browser, monkeypatch):
    monkeypatch.setattr("arrimage.directory.finding.results.MOST", 2)
    for name in "ABC":
        ServiceFactory(name=f"Service {name}")
    page = words(browser.get(SEARCH))
    assert "Plus de 2 services : précisez votre recherche." in page
    assert "Service B" in page
    assert "Service C" not in page
