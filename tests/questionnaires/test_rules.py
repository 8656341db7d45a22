"""Which questions show, which answers stand, which needs come out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.questionnaires.conditions import holds
from arrimage.questionnaires.definition import Definition, with_themes
from arrimage.questionnaires.parsing import parse_definition
from arrimage.questionnaires.rules import (
    check_answers,
    needs_raised,
    possible_questions,
    progress,
    total_score,
    visible_questions,
)
from tests.questionnaires.samples import FAMILY, SINGLE, answers_to, facts_of, needs_assessment, small, small_json


def keys_shown(answers: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    return [question.key for question in visible_questions(small(), answers, facts)]


def test_questions_show_by_facts_and_answers() -> None:
    always = ["since", "level", "words"]
    assert keys_shown({}, SINGLE) == ["housed", *always, "other_needs"]
    assert keys_shown({"housed": True}, SINGLE) == ["housed", "rooms", *always, "other_needs"]
    assert keys_shown({"housed": True, "rooms": 1}, SINGLE) == ["housed", "rooms", "troubles", *always, "other_needs"]
    assert keys_shown({}, FAMILY) == ["housed", *always, "registered", "other_needs"]


def test_answer_to_a_hidden_question_hides_what_hangs_on_it() -> None:
    assert "troubles" not in keys_shown({"housed": False, "rooms": 1}, SINGLE)


def test_hidden_and_unknown_answers_are_dropped() -> None:
    answers = {"housed": False, "rooms": 2, "registered": "all", "from_an_older_version": 1}
    assert check_answers(small(), answers, SINGLE) == ({"housed": False}, {})


def test_compulsory_questions_wait_in_a_draft_only() -> None:
    assert check_answers(small(), {}, SINGLE).errors == {"housed": "Cette question attend une réponse."}
    assert check_answers(small(), {"housed": True}, SINGLE).errors == {"rooms": "Cette question attend une réponse."}
    assert check_answers(small(), {}, SINGLE, complete=False).errors == {}


def test_no_is_an_answer() -> None:
    assert check_answers(small(), {"housed": False}, SINGLE).errors == {}


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("words", "  court  ", "court"),
        ("words", "   ", None),
        ("troubles", ["noise", "cold"], ["cold", "noise"]),
        ("since", "2026-11-27", "2026-11-27"),
        ("level", 12, 12),
        (
            "other_needs",
            [{"label": " Un piano ", "theme": "school"}, {"label": "", "theme": "housing"}],
            [{"label": "Un piano", "theme": "school", "priority": 2}],
        ),
    ],
)
def test_answers_are_kept_in_one_form(key: str, value: Any, kept: Any) -> None:
    cleaned, errors = check_answers(small(), {"housed": True, "rooms": 1, key: value}, SINGLE)
    assert errors == {}
    assert cleaned.get(key) == kept


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("housed", "yes", "housed"),
        ("housed", 1, "housed"),
        ("rooms", 0, "rooms"),
        ("rooms", 21, "rooms"),
        ("rooms", "3", "rooms"),
        ("rooms", True, "rooms"),
        ("troubles", ["heat"], "troubles"),
        ("since", "2026-02-30", "since"),
        ("level", 13, "level"),
        ("words", "beaucoup trop long", "words"),
        ("registered", "some", "registered"),
        ("other_needs", "un piano", "other_needs"),
        ("other_needs", [{"label": ""}, {"label": "Un piano"}], "other_needs-1-theme"),
        ("other_needs", [{"label": "Un piano", "theme": "school", "priority": 7}], "other_needs-0-priority"),
    ],
)
def test_wrong_answers_are_named_and_not_kept(key: str, value: Any, field: str) -> None:
    cleaned, errors = check_answers(small(), {"housed": True, "rooms": 1} | {key: value}, FAMILY, complete=False)
    assert list(errors) == [field]
    assert key not in cleaned


def test_a_wrong_compulsory_answer_has_one_error() -> None:
    assert list(check_answers(small(), {"housed": "perhaps"}, SINGLE).errors) == ["housed"]


def test_the_most_urgent_rule_of_a_need_wins() -> None:
    (recent,) = needs_raised(small(), {"housed": False}, SINGLE)
    (settled,) = needs_raised(small(), {"housed": False}, FAMILY)
    assert (recent.theme, recent.priority, recent.label.in_language("en")) == ("housing", 1, "Find housing at once")
    assert (settled.code, settled.priority) == (recent.code, 2)


def test_needs_no_list_foresaw_are_raised_in_the_words_written() -> None:
    answers = {"other_needs": [{"label": "Un piano", "theme": "school", "priority": 3}] * 2}
    (need,) = needs_raised(small(), answers, SINGLE)
    assert (need.theme, need.priority, str(need.label)) == ("school", 3, "Un piano")


def test_most_urgent_needs_come_first() -> None:
    answers = {
        "housed": False,
        "registered": "none",
        "other_needs": [{"label": "Un piano", "theme": "school", "priority": 1}],
    }
    needs = needs_raised(small(), answers, FAMILY)
    assert [(need.priority, need.question) for need in needs] == [(1, "registered"), (1, "other_needs"), (2, "housed")]


def test_a_region_adds_its_own_themes() -> None:
    answers = {"other_needs": [{"label": "Un jardin", "theme": "gardens"}]}
    assert needs_raised(small(), answers, SINGLE) == []
    (need,) = needs_raised(with_themes(small(), {"gardens": "Jardins"}), answers, SINGLE)
    assert need.theme == "gardens"


def test_a_form_leaves_out_what_hangs_on_a_question_the_facts_exclude() -> None:
    data = small_json()
    data["sections"][0]["questions"][3]["show_if"] = {"question": "registered", "equals": "none"}
    definition = parse_definition(data)
    assert "since" in {each.question.key for each in possible_questions(definition, FAMILY)}
    assert "since" not in {each.question.key for each in possible_questions(definition, SINGLE)}


def test_progress_counts_only_what_shows() -> None:
    counts = progress(small(), {"housed": True, "level": 3}, SINGLE)
    assert counts == {"housing": (2, 5), "other": (0, 1)}


def test_score_adds_the_points_of_what_shows() -> None:
    assert total_score(small(), {"housed": False, "troubles": ["cold"]}, SINGLE) == 3
    assert total_score(small(), {"housed": True, "rooms": 1, "troubles": ["cold", "noise"]}, SINGLE) == 3


DEFINITIONS = pytest.mark.parametrize("definition", [small(), needs_assessment()], ids=["small", "real"])


@DEFINITIONS
@given(data=st.data())
def test_checking_twice_changes_nothing(definition: Definition, data: st.DataObject) -> None:
    answers, facts = data.draw(answers_to(definition)), data.draw(facts_of(definition))
    once = check_answers(definition, answers, facts, complete=False)
    again = check_answers(definition, once.cleaned, facts, complete=False)
    assert again == (once.cleaned, {})


@DEFINITIONS
@given(data=st.data())
def test_hidden_answers_never_raise_needs(definition: Definition, data: st.DataObject) -> None:
    answers, facts = data.draw(answers_to(definition)), data.draw(facts_of(definition))
    shown = {question.key for question in visible_questions(definition, answers, facts)}
    needs = needs_raised(definition, answers, facts)
    assert {need.question for need in needs} <= shown
    assert needs == needs_raised(definition, {key: answers[key] for key in shown if key in answers}, facts)


@DEFINITIONS
@given(data=st.data())
def test_silence_raises_nothing_and_needs_are_one_a_code(definition: Definition, data: st.DataObject) -> None:
    answers, facts = data.draw(answers_to(definition)), data.draw(facts_of(definition))
    assert needs_raised(definition, {}, facts) == []
    needs = needs_raised(definition, answers, facts)
    cleaned = check_answers(definition, answers, facts, complete=False).cleaned
    assert all(need.question in cleaned and need.theme in definition.theme_codes() for need in needs)
    assert len({need.code for need in needs}) == len(needs)
    assert [need.priority for need in needs] == sorted(need.priority for need in needs)


@DEFINITIONS
@given(data=st.data())
def test_a_form_holds_every_question_that_shows(definition: Definition, data: st.DataObject) -> None:
    """What is left of a condition once the facts are known decides as the whole condition does."""
    answers, facts = data.draw(answers_to(definition)), data.draw(facts_of(definition))
    cleaned = check_answers(definition, answers, facts, complete=False).cleaned
    shown = [question.key for question in visible_questions(definition, answers, facts)]
    possible = possible_questions(definition, facts)
    assert shown == [each.question.key for each in possible if holds(each.show_if, cleaned, {})]
