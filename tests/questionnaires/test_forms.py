"""The form of a questionnaire."""

import json
import re
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from arrimage.questionnaires.definition import Definition, Kind
from arrimage.questionnaires.fields import NEED_CELLS
from arrimage.questionnaires.forms import QuestionnaireForm, build_form
from arrimage.questionnaires.rules import check_answers
from tests.questionnaires.samples import FAMILY, SINGLE, answers_to, facts_of, needs_assessment, small


def sent(answers: dict[str, Any], prefix: str = "") -> QueryDict:
    """Return answers as a browser sends them."""
    data = QueryDict(mutable=True)
    for key, value in answers.items():
        name = f"{prefix}{key}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for index, row in enumerate(value):
                for cell in NEED_CELLS:
                    data[f"{name}-{index}-{cell}"] = str(row.get(cell, ""))
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return data


def question_of(form: QuestionnaireForm, key: str) -> Any:
    return next(each for section in form.sections for each in section.questions if each.question.key == key)


def test_fields_are_named_by_question() -> None:
    form = build_form(small(), FAMILY, "fr")
    assert [name for name in form.fields if "-" not in name] == [
        "housed", "rooms", "troubles", "since", "level", "words", "registered",
    ]  # fmt: skip
    assert [section.key for section in form.sections] == ["housing", "school", "other"]


def test_what_the_facts_exclude_is_not_in_the_form() -> None:
    form = build_form(small(), SINGLE, "fr")
    assert "registered" not in form.fields
    assert [section.key for section in form.sections] == ["housing", "other"]


def test_conditions_left_are_written_for_the_script() -> None:
    form = build_form(small(), FAMILY, "fr")
    attributes = str(question_of(form, "rooms").attributes)
    written = re.search(r'data-show-if="([^"]*)"', attributes)
    assert written is not None
    assert json.loads(written[1].replace("&quot;", '"')) == {"question": "housed", "equals": True}
    assert "data-show-if" not in str(question_of(form, "registered").attributes)
    assert (question_of(form, "housed").shown, question_of(form, "rooms").shown) == (True, False)


def test_yes_no_is_radio_buttons_and_may_be_taken_back_unless_compulsory() -> None:
    form = build_form(small(), FAMILY, "fr")
    housed, registered = form.fields["housed"], form.fields["registered"]
    assert housed.widget.input_type == registered.widget.input_type == "radio"
    assert [value for value, _ in housed.choices] == ["yes", "no"]  # type: ignore[attr-defined]
    assert registered.choices[-1] == ("", "Je préfère ne pas répondre")  # type: ignore[attr-defined]


def test_nothing_is_styled_inline() -> None:
    assert "style=" not in build_form(needs_assessment(), {"has_children": True}, "fr").as_div()


def test_labels_in_the_language_asked_and_french_otherwise() -> None:
    assert build_form(small(), SINGLE, "en").fields["housed"].label == "Do you have housing?"
    assert build_form(small(), SINGLE, "en").fields["rooms"].label == "Combien de pièces\u00a0?"
    assert build_form(small(), SINGLE, "fr").sections[0].title == "Logement"


def test_answers_come_out_as_they_are_stored() -> None:
    answers = {
        "housed": True,
        "rooms": 2,
        "troubles": ["cold"],
        "since": "2026-11-27",
        "level": 4,
        "words": "Merci",
        "registered": "none",
        "other_needs": [{"label": "Un piano", "theme": "school", "priority": 3}],
    }
    form = build_form(small(), FAMILY, "fr", data=sent(answers))
    assert form.is_valid(), form.errors
    assert form.answers == answers
    again = build_form(small(), FAMILY, "fr", answers=answers)
    assert question_of(again, "other_needs").rows[0][0].value() == "Un piano"
    assert again["housed"].value() == "yes"
    assert 'value="2026-11-27"' in str(again["since"])
    assert (again.sections[0].answered, again.sections[0].asked) == (6, 6)


def test_hidden_answers_are_dropped_even_when_they_are_wrong() -> None:
    form = build_form(small(), SINGLE, "fr", data=sent({"housed": False, "rooms": "many"}))
    assert form.is_valid(), form.errors
    assert form.answers == {"housed": False}


def test_errors_are_beside_their_field_and_what_was_typed_stays() -> None:
    data = sent({"housed": True, "rooms": "many", "other_needs": [{"label": ""}, {"label": "Un piano"}]})
    form = build_form(small(), SINGLE, "fr", data=data)
    assert not form.is_valid()
    assert set(form.errors) == {"rooms", "other_needs-1-theme"}
    assert form["rooms"].value() == "many"
    assert [section.has_errors for section in form.sections] == [True, True]
    assert question_of(form, "other_needs").rows[1][0].value() == "Un piano"


def test_compulsory_questions_may_wait_in_a_draft() -> None:
    assert not build_form(small(), SINGLE, "fr", data={}).is_valid()
    assert build_form(small(), SINGLE, "fr", data={}, complete=False).is_valid()


def test_a_prefix_keeps_two_forms_apart() -> None:
    data = sent({"housed": False, "other_needs": [{"label": "Un piano", "theme": "school"}]}, prefix="a-")
    form = build_form(small(), SINGLE, "fr", data=data, prefix="a")
    assert form.is_valid(), form.errors
    assert form.answers["other_needs"] == [{"label": "Un piano", "theme": "school", "priority": 2}]


def test_endless_rows_are_not_built() -> None:
    form = build_form(small(), SINGLE, "fr", data={"other_needs-999-label": "x", "other_needs-9999999-label": "x"})
    assert sum(name.startswith("other_needs") for name in form.fields) == 20 * len(NEED_CELLS)


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=10)


@pytest.mark.parametrize("definition", [small(), needs_assessment()], ids=["small", "real"])
@given(data=st.data())
def test_form_and_rules_agree(definition: Definition, data: st.DataObject) -> None:
    """What a browser sends for good answers is read back as the rules read the answers themselves."""
    answers, facts = data.draw(answers_to(definition, junk=False)), data.draw(facts_of(definition))
    for question in definition.questions():
        if question.kind is Kind.TEXT and question.key in answers:
            answers[question.key] = data.draw(PRINTABLE)
        for row in answers.get(question.key, []) if question.kind is Kind.NEEDS else []:
            row["label"] = data.draw(PRINTABLE)
    expected = check_answers(definition, answers, facts)
    form = build_form(definition, facts, "fr", data=sent(answers))
    assert set(form.errors) == set(expected.errors)
    assert form.answers == expected.cleaned
