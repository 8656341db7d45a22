"""Editing a definition piece by piece: what comes out holds together, or the refusal names the question."""

from typing import Any

import pytest

from arrimage.questionnaires.editing import (
    find,
    joined,
    moved_question,
    moved_section,
    parts_of,
    text_json,
    texts_of,
    with_question,
    with_translations,
    without_question,
)
from arrimage.questionnaires.nodes import InvalidDefinition
from arrimage.questionnaires.parsing import parse_definition
from arrimage.questionnaires.words import ChangeKind, changes_between, condition_in_words, refusal_in_words


def question(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "yes_no", "label": {"fr": f"Question {key} ?"}, **more}


@pytest.fixture
def definition() -> dict[str, Any]:
    return {
        "title": {"fr": "Essai"},
        "purpose": "assessment",
        "facts": {
            "category": {
                "kind": "choice",
                "values": ["family"],
                "labels": {"family": "Famille"},
                "meaning": "Catégorie",
            }
        },
        "themes": [{"code": "housing", "label": {"fr": "Logement"}}],
        "sections": [
            {"key": "one", "title": {"fr": "Un"}, "questions": [question("a"), question("b")]},
            {
                "key": "two",
                "title": {"fr": "Deux", "en": "Two"},
                "questions": [question("c", show_if={"question": "a", "equals": True})],
            },
        ],
    }


def keys(definition: dict[str, Any]) -> list[list[str]]:
    return [[each["key"] for each in section["questions"]] for section in definition["sections"]]


def test_a_question_is_added_replaced_and_taken_to_another_section(definition: dict[str, Any]) -> None:
    added = with_question(definition, question("d"), "one")
    assert keys(added) == [["a", "b", "d"], ["c"]]
    replaced = with_question(added, question("b", required=True), "one", "b")
    assert replaced["sections"][0]["questions"][1]["required"]
    assert keys(with_question(replaced, question("b"), "two", "b")) == [["a", "d"], ["c", "b"]]
    assert keys(definition) == [["a", "b"], ["c"]], "the definition one edits stays as it is"


def test_a_question_moves_within_its_section_then_into_the_next(definition: dict[str, Any]) -> None:
    down = moved_question(definition, "a", 1)
    assert keys(down) == [["b", "a"], ["c"]]
    assert keys(moved_question(down, "a", 1)) == [["b"], ["a", "c"]]
    assert keys(moved_question(definition, "a", -1)) == [["a", "b"], ["c"]]
    assert [section["key"] for section in moved_section(definition, "two", -1)["sections"]] == ["two", "one"]


def test_removing_what_a_condition_reads_is_refused_in_words(definition: dict[str, Any]) -> None:
    changed = without_question(definition, "a")
    with pytest.raises(InvalidDefinition) as refused:
        parse_definition(changed)
    said = refusal_in_words(refused.value, changed)
    assert "Question c ?" in said
    assert "condition d’affichage" in said
    assert "sections[" not in said


def test_conditions_come_apart_and_together() -> None:
    one, other = {"question": "a", "equals": True}, {"fact": "category", "equals": "family"}
    assert parts_of(None) == ("all", [])
    assert parts_of(one) == ("all", [one])
    assert parts_of({"any": [one, other]}) == ("any", [one, other])
    assert joined("any", [one, other]) == {"any": [one, other]}
    assert joined("all", [one]) == one
    assert joined("all", []) is None


def test_conditions_are_said_in_words(definition: dict[str, Any]) -> None:
    definition["sections"][1]["show_if"] = {"not": {"fact": "category", "equals": "family"}}
    content = parse_definition(definition)
    said = condition_in_words(content.question("c").show_if, content).replace("\u00a0", " ")
    assert said == "sauf si Catégorie : « Famille » et « Question a ? » : oui"


def test_a_translation_stays_reviewed_while_neither_text_changes(definition: dict[str, Any]) -> None:
    address = next(place.address for place in texts_of(definition) if place.text["fr"] == "Deux")
    reviewed = with_translations(definition, "en", {address: "Two"}, {address})
    assert reviewed["sections"][1]["title"] == {"fr": "Deux", "en": "Two", "reviewed": ["en"]}
    title = reviewed["sections"][1]["title"]
    assert text_json({"fr": "Deux", "en": "Two"}, title)["reviewed"] == ["en"]
    assert "reviewed" not in text_json({"fr": "Second", "en": "Two"}, title)
    gone = with_translations(reviewed, "en", {address: ""}, set())
    assert gone["sections"][1]["title"] == {"fr": "Deux"}
    assert parse_definition(reviewed).sections[1].title.reviewed == {"en"}


def test_what_changed_is_said_question_by_question(definition: dict[str, Any]) -> None:
    changed = with_question(without_question(definition, "b"), question("c", required=True), "two", "c")
    changed = with_question(changed, question("d"), "one")
    found = {each.key: each for each in changes_between(parse_definition(definition), parse_definition(changed))}
    assert {key: each.kind for key, each in found.items()} == {
        "b": ChangeKind.REMOVED,
        "c": ChangeKind.CHANGED,
        "d": ChangeKind.ADDED,
    }
    parts = {name: (was, now) for name, was, now in found["c"].parts}
    assert parts["Obligatoire"] == ("non", "oui")
    was, now = parts["Affichée si"]
    assert (was.replace("\u00a0", " "), now) == ("« Question a ? » : oui", "")


def test_find_says_where_a_question_is(definition: dict[str, Any]) -> None:
    assert find(definition, "c") == (1, 0)
    with pytest.raises(KeyError):
        find(definition, "z")
