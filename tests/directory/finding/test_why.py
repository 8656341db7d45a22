"""Why a service was found is said in the reader's words, and so is what was corrected."""

import pytest

from arrimage.directory.finding.why import reasons, said_of_words
from arrimage.directory.finding.words import understand
from tests.factories import ServiceFactory, theme

pytestmark = pytest.mark.django_db


def plain(sentences: list[str]) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def said(text: str) -> list[str]:
    return plain(said_of_words(understand(text)))


def test_the_words_a_service_bears_are_named_with_what_they_stand_for(django_assert_num_queries):
    services = [ServiceFactory(name=name, themes=[theme("transport")]) for name in ("Aide au logement", "Appartement")]
    understood = understand("logements")
    with django_assert_num_queries(1):
        why = reasons(understood, services)
    assert [plain(why[service.pk]) for service in services] == [["logements"], ["appartement (pour « logements »)"]]
    why = reasons(understand("aide housing"), services)
    assert plain(why[services[0].pk]) == ["aide", "logement (pour « housing »)"]


def test_nothing_typed_needs_no_reason():
    service = ServiceFactory()
    assert reasons(understand(""), [service]) == {service.pk: []}
    assert said("") == []


def test_a_correction_is_said():
    ServiceFactory(name="Francisation")
    assert said("francisaton") == ["Résultats pour « francisation »."]


def test_words_put_aside_and_partial_results_are_said():
    ServiceFactory(name="Yoga du matin")
    ServiceFactory(name="Couture")
    assert said("yoga") == []
    assert said("yoga xyzxyz") == ["Aucun service ne contient « xyzxyz » : ce mot est laissé de côté."]
    [sentence] = said("yoga couture")
    assert sentence.startswith("Aucun service ne contient tous ces mots")
