"""The parts of the score: their values on both sides of each boundary, and their words."""

from datetime import date, timedelta

import pytest

from arrimage.directory.choosing import components as parts
from arrimage.directory.choosing import weights
from arrimage.directory.choosing.components import Component, Past, Places
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.choosing.words import plain, said
from arrimage.directory.finding.distance import km_between

TODAY = date(2026, 11, 25)


def words(component: Component) -> str:
    return said(component).replace("\u00a0", " ").replace("\u202f", " ")


def distance(km: float | None = None, **fields) -> Component:
    return parts.distance(km, "Verdun", **({"same_place": False, "travels": True, "elsewhere": ""} | fields))


# --- Language -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("offered", "interpreter", "value", "sentence"),
    [
        (["fr", "ar"], False, weights.OWN_LANGUAGE, "Offert en arabe."),
        (["en"], True, weights.OTHER_LANGUAGE, "Offert en anglais, que la personne parle bien."),
        (["fr"], True, weights.WITH_INTERPRETER, "N’est pas offert en arabe, mais un interprète est disponible."),
        (["fr"], False, weights.NOT_OFFERED, "N’est pas offert en arabe : prévoyez un interprète."),
        ([], True, None, "Langues du service inconnues : à vérifier."),
    ],
)
def test_language(offered, interpreter, value, sentence) -> None:
    found = parts.language("ar", ["en"], offered, interpreter=interpreter)
    assert (found.value, words(found)) == (value, sentence)


def test_a_person_whose_language_is_not_known_is_not_judged_by_it() -> None:
    assert parts.language("", [], ["fr"], interpreter=False).value is None


# --- Distance -------------------------------------------------------------------------------------------------------
def test_distance_is_worth_less_the_further_and_half_at_its_constant() -> None:
    assert distance(0).value == 1
    assert distance(weights.HALVING_KM).value == 0.5
    assert distance(3).value > distance(3.1).value


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (distance(3.2), "À environ 3 km de : Verdun."),
        (distance(0.4), "À moins de 1 km de : Verdun."),
        (distance(0.6), "À environ 1 km de : Verdun."),
        (distance(3.2, same_place=True), "Dans le même secteur : Verdun."),
        (distance(None), "Distance inconnue."),
        (distance(None, elsewhere="Laval"), "Dans une autre région : Laval."),
        (distance(None, travels=False), "À distance ou à domicile : aucun déplacement."),
    ],
)
def test_distance_in_words(found, sentence) -> None:
    assert words(found) == sentence


def test_an_unknown_distance_has_no_value_and_another_region_the_least() -> None:
    assert distance(None).value is None
    assert distance(None, elsewhere="Laval").value == 0
    assert distance(None, travels=False).value == 1


def test_a_degree_of_latitude_is_some_111_km() -> None:
    assert km_between((-73.5, 45.0), (-73.5, 46.0)) == pytest.approx(111.19, abs=0.01)
    assert km_between((-73.5, 45.5), (-73.5, 45.5)) == 0


# --- Delay ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("usual", "places", "value", "sentence"),
    [
        (None, None, None, "Délai inconnu."),
        (1, None, 30 / 31, "Délai habituel : 1 jour."),
        (30, None, 0.5, "Délai habituel : 30 jours."),
        (30, Places(1), 1, "1 place libre."),
        (30, Places(2), 1, "2 places libres."),
        (5, Places(0), 0, "Complet, sans date connue."),
        (5, Places(0, TODAY), 0, "Complet, sans date connue."),
        (5, Places(0, TODAY + timedelta(days=30)), 0.5, "Aucune place avant le 25 déc. 2026."),
    ],
)
def test_delay(usual, places, value, sentence) -> None:
    found = parts.delay(usual, places, TODAY)
    assert (found.value, words(found)) == (value, sentence)


# --- Past -----------------------------------------------------------------------------------------------------------
def test_few_cases_are_drawn_towards_the_mean_of_the_theme() -> None:
    theme = Past(100, 60)
    prior = weights.PRIOR_CASES
    assert parts.completion(Past(), theme).value == pytest.approx(0.6)
    assert parts.completion(Past(2, 2), theme).value == pytest.approx((2 + prior * 0.6) / (2 + prior))
    assert parts.completion(Past(90, 90), theme).value == pytest.approx((90 + prior * 0.6) / (90 + prior))
    # Two successes of two say less than eighty of ninety.
    assert parts.completion(Past(2, 2), theme).value < parts.completion(Past(90, 80), theme).value


def test_a_share_is_said_from_ten_cases_on() -> None:
    theme = Past(100, 60)
    nine = parts.completion(Past(weights.CASES_TO_SAY - 1, 9), theme)
    ten = parts.completion(Past(weights.CASES_TO_SAY, 8), theme)
    assert words(nine) == "Suites : trop peu de cas pour le dire."
    assert words(ten) == "Environ 8 personnes sur 10 dirigées ici vont jusqu’au bout."
    assert nine.facts == {"few": True}


def test_a_theme_without_a_past_says_nothing() -> None:
    assert parts.completion(Past(), Past()).value is None


# --- Preference -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mode", "modes", "value"),
    [("", ["remote"], None), ("remote", [], None), ("remote", ["on_site", "remote"], 1), ("remote", ["on_site"], 0)],
)
def test_preference(mode, modes, value) -> None:
    assert parts.preference(mode, modes).value == value


# --- What the person reads ------------------------------------------------------------------------------------------
def test_the_person_reads_plain_words_and_nothing_of_what_is_not_known() -> None:
    assert plain(parts.language("ar", [], ["ar"], interpreter=False)) == "On y parle arabe."
    assert plain(parts.delay(None, Places(2), TODAY)) == "Il y avait de la place."
    assert plain(distance(None, travels=False)) == "Vous n’avez pas à vous déplacer."
    for unknown in Kind:
        assert plain(Component(unknown)) == ""
    few = parts.completion(Past(3, 3), Past(10, 9))
    assert plain(few) == ""
    assert plain(parts.completion(Past(20, 8), Past(20, 8))) == ""
