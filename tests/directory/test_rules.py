"""Who is admitted to a service: on both sides of each date, and why not."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from arrimage.directory.enums import CountedFrom
from arrimage.directory.rules import Held, Situation, add_months, admits, age_on, eligibility
from arrimage.people.enums import Category

TODAY = date(2026, 11, 25)


@dataclass
class Conditions:
    """A rule as the model has it."""

    categories: list[str] = field(default_factory=list)
    counted_from: str = CountedFrom.ARRIVAL
    months_at_least: int | None = None
    months_less_than: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    region_id: int | None = None
    reason: str = ""


def admitted(rule: Conditions, on: date = TODAY, **situation) -> bool | None:
    return eligibility([rule], Situation(**situation), on).admitted


def why(rule: Conditions, on: date = TODAY, **situation) -> str:
    found = eligibility([rule], Situation(**situation), on)
    assert found.admitted is not True
    return " ".join(found.reasons).replace("\u00a0", " ")


def test_without_rules_everybody_is_admitted():
    assert eligibility([], Situation(), TODAY).admitted is True


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)]
)  # arrived on 1 December 2021: sixty months end on 1 December 2026
def test_less_than_sixty_months_ends_the_day_before(day, expected):
    rule = Conditions(months_less_than=60)
    assert admitted(rule, day, arrived_on=date(2021, 12, 1)) is expected


def test_it_says_since_when_it_is_too_late():
    sentence = why(Conditions(months_less_than=60), date(2026, 12, 1), arrived_on=date(2021, 12, 1))
    assert sentence == "Trop tard après l’arrivée au Québec : n’est plus admissible depuis le 1er déc. 2026."


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 2, 27), False), (date(2026, 2, 28), True)])
def test_at_least_three_months_begins_that_day_even_in_a_shorter_month(day, expected):
    assert admitted(Conditions(months_at_least=3), day, arrived_on=date(2025, 11, 30)) is expected


def test_it_says_from_when():
    sentence = why(Conditions(months_at_least=3), date(2026, 2, 27), arrived_on=date(2025, 11, 30))
    assert "admissible à partir du 28 févr. 2026" in sentence


@pytest.mark.parametrize(
    ("arrived_on", "expected"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2024, 6, 30), True), (date(2024, 7, 1), False)],
)
def test_arrived_between_two_dates_both_included(arrived_on, expected):
    rule = Conditions(from_on=date(2020, 1, 1), to_on=date(2024, 6, 30))
    assert admitted(rule, arrived_on=arrived_on) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 8, 31), True), (date(2026, 9, 1), False)],
)
def test_a_status_admits_from_its_first_day_to_its_last(day, expected):
    held = Held(Category.ASYLUM_SEEKER, date(2026, 3, 1), date(2026, 8, 31))
    assert admitted(Conditions(categories=[Category.ASYLUM_SEEKER]), day, statuses=[held]) is expected


def test_another_status_is_refused_with_both_named():
    held = Held(Category.STUDENT, date(2026, 1, 1))
    sentence = why(Conditions(categories=[Category.FAMILY, Category.SKILLED_WORKER]), statuses=[held])
    assert "Regroupement familial, Travailleuse ou travailleur qualifié" in sentence
    assert "Étudiante ou étudiant" in sentence


@pytest.mark.parametrize(("day", "expected"), [(date(2027, 5, 31), True), (date(2027, 6, 1), False)])
def test_months_may_count_from_the_start_of_the_status(day, expected):
    rule = Conditions(
        categories=[Category.REFUGEE_RECOGNISED_HERE], counted_from=CountedFrom.STATUS, months_less_than=12
    )
    statuses = [
        Held(Category.ASYLUM_SEEKER, date(2023, 1, 1)),
        Held(Category.REFUGEE_RECOGNISED_HERE, date(2026, 6, 1)),
    ]
    assert admitted(rule, day, statuses=statuses, arrived_on=date(2023, 1, 1)) is expected


def test_of_two_statuses_that_count_the_one_that_admits_decides():
    rule = Conditions(counted_from=CountedFrom.STATUS, months_less_than=12)
    statuses = [Held(Category.STUDENT, date(2020, 1, 1)), Held(Category.FAMILY, date(2026, 9, 1))]
    assert admitted(rule, statuses=statuses) is True
    assert admitted(rule, statuses=statuses[:1]) is False


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [(date(2010, 11, 26), False), (date(2010, 11, 25), True), (date(1960, 11, 26), True), (date(1960, 11, 25), False)],
)
def test_ages_are_both_included(born_on, expected):
    assert admitted(Conditions(minimum_age=16, maximum_age=65), born_on=born_on) is expected
    of_the_service = eligibility([], Situation(born_on=born_on), TODAY, minimum_age=16, maximum_age=65)
    assert of_the_service.admitted is expected


def test_the_region_is_that_of_residence():
    assert admitted(Conditions(region_id=6), region_id=6) is True
    assert admitted(Conditions(region_id=6), region_id=13) is False
    assert admitted(Conditions(region_id=6)) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Conditions(categories=[Category.FAMILY]), "statut d’immigration"),
        (Conditions(months_less_than=60), "l’arrivée au Québec"),
        (Conditions(counted_from=CountedFrom.STATUS, months_less_than=6), "le début du statut"),
        (Conditions(minimum_age=18), "date de naissance"),
        (Conditions(region_id=6), "région de résidence"),
    ],
)
def test_what_is_not_known_neither_admits_nor_refuses(rule, words):
    assert admitted(rule) is None
    assert words in why(rule)


def test_what_fails_refuses_whatever_else_is_not_known():
    assert admitted(Conditions(minimum_age=18, region_id=6), region_id=13) is False


def test_one_rule_that_admits_is_enough_and_the_rule_s_own_reason_is_given():
    young = Conditions(maximum_age=25, reason="Réservé aux jeunes.")
    new = Conditions(months_less_than=12)
    situation = Situation(born_on=date(1980, 1, 1), arrived_on=date(2026, 6, 1))
    assert eligibility([young, new], situation, TODAY).admitted is True
    refused = eligibility([young, new], Situation(born_on=date(1980, 1, 1), arrived_on=date(2020, 6, 1)), TODAY)
    assert refused.admitted is False
    assert refused.reasons[0] == "Réservé aux jeunes."
    assert len(refused.reasons) == 2


def test_the_ages_of_the_service_refuse_whatever_its_rules_say():
    found = eligibility([Conditions()], Situation(born_on=date(2020, 1, 1)), TODAY, minimum_age=16)
    assert found.admitted is False


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 1, 15), 0, date(2025, 1, 15)),
    ],
)
def test_months_are_of_the_calendar(day, months, expected):
    assert add_months(day, months) == expected


def test_an_age_changes_on_the_birthday():
    assert (age_on(date(2008, 2, 29), date(2026, 2, 28)), age_on(date(2008, 2, 29), date(2026, 3, 1))) == (17, 18)


def test_an_answer_without_words_is_the_same_as_with_them():
    rules = [
        Conditions(categories=[Category.SPONSORED_REFUGEE], months_less_than=60),
        Conditions(counted_from=CountedFrom.ARRIVAL, months_at_least=12, reason="Un an de présence."),
        Conditions(minimum_age=18, region_id=1),
    ]
    held = [Held(Category.SPONSORED_REFUGEE, date(2025, 1, 1))]
    situations = [
        Situation(),
        Situation(statuses=held, arrived_on=date(2025, 1, 1)),
        Situation(statuses=held, arrived_on=date(2026, 10, 1), born_on=date(2015, 1, 1), region_id=2),
        Situation(arrived_on=date(2026, 10, 1), born_on=date(1990, 1, 1), region_id=1),
    ]
    answers = [
        (admits(some, one, TODAY), eligibility(some, one, TODAY).admitted)
        for one in situations
        for some in ([], rules, *([rule] for rule in rules))
    ]
    assert {True, False, None} <= {answer for answer, _said in answers}
    assert all(answer is said for answer, said in answers)
