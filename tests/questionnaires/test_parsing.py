"""A definition that does not hold together is refused, and the refusal says where."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.questionnaires.conditions import as_json, questions_in
from arrimage.questionnaires.definition import Definition
from arrimage.questionnaires.nodes import InvalidDefinition
from arrimage.questionnaires.parsing import parse_definition
from tests.questionnaires.samples import needs_assessment, small, small_json

HOUSED = ("sections", 0, "questions", 0)
ROOMS = ("sections", 0, "questions", 1)
TROUBLES = ("sections", 0, "questions", 2)


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return the small questionnaire with one value replaced."""
    data = small_json()
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("purpose",), "game", "purpose"),
        (("extra",), 1, ""),
        (("title",), {"en": "Only English"}, "title"),
        (("title",), {"fr": " "}, "title.fr"),
        (("sections",), [], "sections"),
        (("facts", "category"), {"kind": "choice", "meaning": "x"}, "facts.category"),
        (("themes", 1, "code"), "housing", "themes[1]"),
        (("sections", 0, "theme"), "unheard_of", "sections[0].theme"),
        (("sections", 1, "key"), "housing", "sections[1]"),
        ((*ROOMS, "key"), "housed", "sections[0].questions[1].key"),
        ((*ROOMS, "key"), "Trop Long", "sections[0].questions[1].key"),
        ((*ROOMS, "kind"), "essay", "sections[0].questions[1].kind"),
        ((*ROOMS, "colour"), "red", "sections[0].questions[1]"),
        ((*ROOMS, "minimum"), 21, "sections[0].questions[1]"),
        ((*ROOMS, "options"), [{"key": "a", "label": {"fr": "A"}}], "sections[0].questions[1]"),
        ((*ROOMS, "show_if"), {"question": "nothing", "equals": True}, "sections[0].questions[1].show_if"),
        ((*ROOMS, "show_if"), {"question": "housed", "equals": "yes"}, "sections[0].questions[1].show_if.equals"),
        ((*ROOMS, "show_if"), {"question": "housed", "at_least": 1}, "sections[0].questions[1].show_if.at_least"),
        ((*ROOMS, "show_if"), {"fact": "category", "in": ["alien"]}, "sections[0].questions[1].show_if.in[0]"),
        ((*ROOMS, "show_if"), {"equals": True}, "sections[0].questions[1].show_if"),
        ((*ROOMS, "show_if"), {"all": []}, "sections[0].questions[1].show_if.all"),
        ((*ROOMS, "show_if"), {"question": "housed"}, "sections[0].questions[1].show_if"),
        ((*TROUBLES, "options", 1, "key"), "cold", "sections[0].questions[2].options[1]"),
        ((*HOUSED, "sensitive"), True, "sections[0].questions[0]"),
        ((*HOUSED, "raises", 0, "priority"), 4, "sections[0].questions[0].raises[0].priority"),
        ((*HOUSED, "raises", 1, "theme"), "school", "sections[0].questions[0].raises[1]"),
        ((*HOUSED, "scores"), {"perhaps": 1}, "sections[0].questions[0].scores"),
    ],
)
def test_refusal_names_the_place(path: tuple[Any, ...], value: Any, place: str) -> None:
    with pytest.raises(InvalidDefinition) as refusal:
        parse_definition(changed(path, value))
    assert refusal.value.place == place


def test_need_without_a_theme_is_refused_outside_a_theme_section() -> None:
    rule = {"when": {"answered": True}, "priority": 1, "label": {"fr": "Besoin"}}
    with pytest.raises(InvalidDefinition) as refusal:
        parse_definition(changed(("sections", 2, "questions", 0, "raises"), [rule]))
    assert refusal.value.place == "sections[2].questions[0].raises[0]"


def test_conditions_that_go_round_in_a_circle_are_refused() -> None:
    data = changed((*HOUSED, "show_if"), {"question": "troubles", "answered": True})
    with pytest.raises(InvalidDefinition, match="tournent en rond") as refusal:
        parse_definition(data)
    assert all(key in str(refusal.value) for key in ("housed", "rooms", "troubles"))


def test_a_condition_may_speak_of_a_later_question() -> None:
    data = changed(("sections", 0, "questions", 3, "show_if"), {"question": "level", "at_least": 3})
    order = parse_definition(data).order
    assert order.index("level") < order.index("since")


def test_two_comparisons_in_one_condition_both_count() -> None:
    data = changed((*TROUBLES, "show_if"), {"question": "rooms", "at_least": 2, "at_most": 4})
    condition = parse_definition(data).question("troubles").show_if
    assert condition is not None
    assert as_json(condition) == {"all": [{"question": "rooms", "at_least": 2}, {"question": "rooms", "at_most": 4}]}


@given(st.lists(st.sets(st.integers(0, 7), max_size=3), min_size=8, max_size=8))
def test_circles_are_found_and_nothing_else(reads: list[set[int]]) -> None:
    questions = []
    for index, read in enumerate(reads):
        question: dict[str, Any] = {"key": f"q{index}", "kind": "yes_no", "label": {"fr": "?"}}
        if read:
            question["show_if"] = {"any": [{"question": f"q{each}", "equals": True} for each in sorted(read)]}
        questions.append(question)
    data = small_json()
    data["sections"] = [{"key": "all", "title": {"fr": "Tout"}, "questions": questions}]

    if goes_round(reads):
        with pytest.raises(InvalidDefinition):
            parse_definition(data)
    else:
        place = {key: rank for rank, key in enumerate(parse_definition(data).order)}
        assert all(place[f"q{each}"] < place[f"q{index}"] for index, read in enumerate(reads) for each in read)


def goes_round(reads: list[set[int]]) -> bool:
    """Say whether taking away, again and again, what reads nothing that is left, leaves something."""
    left = set(range(len(reads)))
    while free := {each for each in left if not reads[each] & left}:
        left -= free
    return bool(left)


@pytest.mark.parametrize("definition", [small(), needs_assessment()], ids=["small", "real"])
def test_each_question_comes_after_what_its_condition_reads(definition: Definition) -> None:
    place = {key: index for index, key in enumerate(definition.order)}
    assert set(place) == {question.key for question in definition.questions()}
    for question in definition.questions():
        assert all(place[read] < place[question.key] for read in questions_in(question.show_if))
