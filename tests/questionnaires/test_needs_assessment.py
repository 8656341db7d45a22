"""The needs assessment that comes with the program."""

import json
import re
from typing import Any

import pytest

from arrimage.people.enums import Category
from arrimage.questionnaires.actions import packaged_content
from arrimage.questionnaires.rules import RaisedNeed, check_answers, needs_raised, visible_questions
from tests.questionnaires.samples import needs_assessment

THEMES = {
    "housing", "health", "administrative", "finances", "french", "childcare_school", "employment", "recognition",
    "food_clothing", "transport", "social_network", "rights_civic", "psychosocial",
}  # fmt: skip


def facts(category: str, **others: Any) -> dict[str, Any]:
    return {"category": category, "arrived_days": 5, "has_children": False} | others


def shown(given: dict[str, Any], **answers: Any) -> set[str]:
    return {question.key for question in visible_questions(needs_assessment(), answers, given)}


def needs(given: dict[str, Any], **answers: Any) -> dict[str, RaisedNeed]:
    return {need.code: need for need in needs_raised(needs_assessment(), answers, given)}


def texts(value: Any) -> list[dict[str, str]]:
    """Return every translated text of a JSON value."""
    if isinstance(value, dict):
        return [value] if "fr" in value else [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


def test_every_theme_is_asked_in_two_to_five_questions() -> None:
    definition = needs_assessment()
    assert set(definition.theme_codes()) == THEMES
    counts = {section.theme: len(section.questions) for section in definition.sections if section.theme}
    assert set(counts) == THEMES
    assert all(2 <= count <= 5 for count in counts.values())


def test_every_theme_can_raise_a_need() -> None:
    assert {rule.theme for question in needs_assessment().questions() for rule in question.raises} == THEMES


def test_last_section_is_for_what_no_list_foresaw() -> None:
    assert [question.key for question in needs_assessment().sections[-1].questions] == ["other_needs"]


def test_every_text_is_in_french_and_english_with_typographic_apostrophes() -> None:
    found = texts(dict(packaged_content())["needs_assessment"])
    assert len(found) > 250
    assert all(set(text) == {"fr", "en"} for text in found)
    assert "'" not in json.dumps(found, ensure_ascii=False)
    assert not [text["fr"] for text in found if re.search(r"\S[?!;:]", text["fr"])]


def test_categories_are_those_people_have() -> None:
    (category,) = [fact for fact in needs_assessment().facts if fact.key == "category"]
    assert set(category.values) == set(Category.values)


def test_psychosocial_questions_may_always_be_left() -> None:
    (section,) = [section for section in needs_assessment().sections if section.key == "psychosocial"]
    assert section.intro is not None
    assert "Vous pouvez ne pas répondre" in section.intro.fr
    assert all(question.sensitive and not question.required for question in section.questions)


def test_school_is_asked_of_families_only() -> None:
    school = {"childcare", "school_registration", "school_support"}
    assert not school & shown(facts("skilled_worker"))
    assert school <= shown(facts("skilled_worker", has_children=True))
    toddlers = facts("skilled_worker", has_children=True, has_children_under_5=True, has_school_age_children=False)
    assert school & shown(toddlers) == {"childcare"}


@pytest.mark.parametrize(
    ("category", "asked", "not_asked"),
    [
        (
            "asylum_seeker",
            {"work_permit", "asylum_lawyer", "interim_health_papers"},
            {"first_needs", "health_insurance"},
        ),
        ("state_supported_refugee", {"first_needs", "last_resort_assistance"}, {"work_permit", "asylum_lawyer"}),
        ("skilled_worker", {"health_insurance"}, {"work_permit", "first_needs", "last_resort_assistance"}),
        ("temporary_worker", {"work_permit"}, {"asylum_lawyer"}),
    ],
)
def test_questions_follow_the_status(category: str, asked: set[str], not_asked: set[str]) -> None:
    found = shown(facts(category))
    assert asked <= found
    assert not not_asked & found


def test_no_housing_within_30_days_is_urgent() -> None:
    given = facts("skilled_worker")
    assert needs(given, housing_now="nowhere")["find_housing"].priority == 1
    assert needs(given, housing_now="short_stay", housing_until="under_30_days")["find_housing"].priority == 1
    assert needs(given, housing_now="relatives", housing_until="up_to_90_days")["find_housing"].priority == 2
    assert needs(given, housing_now="home") == {}
    assert needs(given, housing_now="home", housing_until="under_30_days") == {}


def test_asylum_seeker_without_permit_or_lawyer() -> None:
    found = needs(facts("asylum_seeker"), work_permit="none", asylum_lawyer=False, social_insurance_number=False)
    assert {code: need.priority for code, need in found.items()} == {
        "work_permit": 1,
        "asylum_legal_aid": 1,
        "social_insurance_number": 2,
    }


def test_first_needs_of_a_state_supported_refugee() -> None:
    found = needs(facts("state_supported_refugee"), first_needs=["bedding", "baby"], winter_clothing=False)
    assert {need.priority for need in found.values()} == {1}
    assert set(found) == {"first_needs", "winter_clothing"}


def test_short_first_appointment_is_enough() -> None:
    """The compulsory questions alone make a complete assessment, with no need invented."""
    answers = {
        "housing_now": "home",
        "health_insurance": "card",
        "social_insurance_number": True,
        "french_daily": "fluent",
        "work_now": "own_field",
    }
    assert check_answers(needs_assessment(), answers, facts("family")) == (answers, {})
    assert needs(facts("family"), **answers) == {}
