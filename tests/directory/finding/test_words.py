"""Words: stems, accents, synonyms, four languages, typos, and what nobody can read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.searching import find_services
from arrimage.directory.finding.words import understand
from arrimage.directory.models import Translation
from arrimage.territory.models import Place
from tests.factories import OrganisationFactory, ServiceFactory, theme

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [service.name for service in find_services(Criteria(text))]


def offer(*names: str, code: str = "social_network", **said) -> None:
    for name in names:
        ServiceFactory(name=name, themes=[theme(code)], **said)


@pytest.mark.parametrize(
    "text", ["familles immigrantes", "famille immigrante", "FAMILLE IMMIGRANTE", "immigrantes, familles !"]
)
def test_plurals_and_feminines_are_one_word(text):
    offer("Accueil des familles immigrantes", "Vestiaire")
    assert found(text) == ["Accueil des familles immigrantes"]


@pytest.mark.parametrize("text", ["aîné", "aine", "AÎNÉS", "ainees", "l’aîné", "d'aînés"])
def test_accents_and_elisions_are_forgiven(text):
    offer("Visites aux aînés", "Vestiaire")
    assert found(text) == ["Visites aux aînés"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("francisation", "cours de français"), ("logement", "appartement"), ("habitation", "logement"),
        ("emploi", "travail"), ("emploi", "job"), ("garderie", "service de garde"), ("RAMQ", "carte soleil"),
        ("vêtements", "vestiaire"), ("avocat", "aide juridique"),
    ],
)  # fmt: skip
def test_synonyms_lead_both_ways(one, other):
    offer("Activité", description=f"Notre {one} du quartier.")
    offer("Autre activité", description=f"Notre {other} du quartier.")
    offer("Randonnée")
    assert sorted(found(one)) == sorted(found(other)) == ["Activité", "Autre activité"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("housing", "housing"), ("vivienda", "housing"), ("سكن", "housing"), ("السكن", "housing"),
        ("work", "employment"), ("empleo", "employment"), ("وظيفة", "employment"),
        ("health card", "health"), ("tarjeta de salud", "health"), ("french classes", "french"),
        ("clases de francés", "french"), ("daycare", "childcare_school"), ("food bank", "food_clothing"),
    ],
)  # fmt: skip
def test_a_need_is_found_in_four_languages(text, code):
    offer("Service cherché", code=code)
    offer("Autre chose", code="transport")
    assert found(text) == ["Service cherché"]


def test_translations_are_found_by_the_stems_of_their_language():
    service = ServiceFactory(name="Jumelage")
    for language, text in (
        ("en", "Walking groups for neighbours"),
        ("es", "Caminatas"),
        ("ar", "الكتاب"),
        ("uk", "Прогулянки"),
    ):
        Translation.objects.create(service=service, field="description", language=language, text=text)
    offer("Vestiaire")
    for text in ("walking group", "walks neighbour", "caminata", "كتاب", "прогулянки"):
        assert found(text) == ["Jumelage"], text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lgoement", "logement"), ("logemant", "logement"), ("francisaton", "francisation"), ("emlpoi", "emploi")],
)
def test_a_mistyped_word_is_corrected_and_said(typed, meant):
    offer("Aide au logement", "Francisation à temps partiel", "Recherche d’emploi")
    understood = understand(typed)
    assert understood.corrections == ((typed, meant),)
    assert found(typed) == found(meant) != []


def test_a_word_no_service_bears_any_more_corrects_nothing():
    service = ServiceFactory(name="Sophrologie")
    assert understand("sophrolojie").corrections == (("sophrolojie", "sophrologie"),)
    service.name = "Yoga"
    service.save()
    assert understand("sophrolojie").corrections == ()


def test_the_beginning_of_a_word_is_enough():
    offer("Sophrologie", "Vestiaire")
    assert found("sophro") == ["Sophrologie"]
    assert understand("sophro").corrections == ()


def test_all_the_words_first_and_some_of_them_rather_than_nothing():
    offer("Yoga du matin", "Yoga du soir", "Couture")
    assert found("yoga soir") == ["Yoga du soir"]
    assert not understand("yoga soir").is_partial
    assert set(found("couture soir")) == {"Couture", "Yoga du soir"}
    assert understand("couture soir").is_partial


def test_words_nobody_bears_are_put_aside_and_alone_find_nothing():
    offer("Yoga du matin")
    assert found("yoga xyzxyz") == ["Yoga du matin"]
    assert understand("yoga xyzxyz").ignored == ("xyzxyz",)
    assert found("xyzxyz") == []


def test_empty_words_ask_nothing():
    offer("Yoga du matin", "Couture")
    assert found("pour moi") == found("") == found(" ,;! ") == ["Couture", "Yoga du matin"]
    assert found("je veux du yoga") == ["Yoga du matin"]


def test_a_name_weighs_more_than_a_theme_and_a_theme_than_a_description():
    offer("C", description="On y parle de danse.")
    offer("A danse")
    offer("B", organisation=OrganisationFactory(name="Danse pour tous"))
    assert found("danse") == ["A danse", "B", "C"]


def test_organisation_and_place_are_words_too():
    offer("Ici", place=Place.objects.get(name="Verdun"), organisation=OrganisationFactory(name="Maison Saint-Zénon"))
    offer("Ailleurs")
    for text in ("verdun", "Saint-Zénon", "saint zenon", "st zenon verdun"):
        assert found(text) == ["Ici"], text


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_answered(text):
    list(find_services(Criteria(text))[:5])


@pytest.mark.parametrize(
    "text", ["'", "':*", "a & b | !c", "\\", "(((", "<->", "\x00", "%s %d", "🙂", "ﷺ", "a" * 5_000, "a " * 500]
)
def test_signs_of_a_query_are_no_signs(text):
    assert found(text) == []


def test_understanding_costs_few_queries(django_assert_num_queries):
    offer("Yoga du matin")
    for text, queries in (("", 0), ("yoga", 1), ("yoga matin", 2), ("yogga", 3)):
        with django_assert_num_queries(queries):
            understand(text)
