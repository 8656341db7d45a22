"""A questionnaire edited on pages, from a draft to its publication; published versions have no way to be changed."""

from typing import Any

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import Assessment
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.questionnaires.queries import current_version, draft_of
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db
CODE = "needs_assessment"


@pytest.fixture
def analyst() -> Visitor:
    return visitor(Role.MINISTRY_ANALYST, None)


@pytest.fixture
def draft(analyst: Visitor) -> QuestionnaireVersion:
    analyst.send("staff:questionnaire_draft", CODE)
    return now()


def now() -> QuestionnaireVersion:
    found = draft_of(CODE)
    assert found is not None
    return found


def fields(analyst: Visitor, name: str, *args: Any) -> dict[str, Any]:
    """Return what the form of a page would send, as it opens."""
    context = analyst.client.get(reverse(name, args=args)).context
    sent = {"version": context["version"].version}
    for key in ("form", "first"):
        form = context.get(key)
        if form is not None:
            values = {form.add_prefix(field): form[field].value() for field in form.fields}
            sent |= {field: value for field, value in values.items() if value not in (None, "", False)}
    return sent


def test_the_list_leads_to_versions_and_a_draft(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    page = analyst.open("staff:questionnaires")
    assert "Poursuivre le brouillon" in page
    assert "En vigueur" in page
    page = analyst.open("staff:questionnaire_version", draft.uid)
    assert "Posée si « Où habitez-vous en ce moment ? » : " in page
    assert "Personne demandant l’asile" in page


def test_a_question_is_added_changed_moved_and_removed(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    sent = {**fields(analyst, "staff:question_add", draft.uid), "section": "housing", "kind": "choice"}
    sent |= {
        "label-fr": "Avez-vous un bail ?",
        "label-ar": "هل لديك عقد إيجار؟",
        "option-0-fr": "Oui, écrit",
        "option-1-fr": "Non",
    }
    sent |= {"option-1-points": 3}
    analyst.send("staff:question_add", draft.uid, **sent)
    question = now().content.question("avez_vous_un_bail")
    assert question.option_keys() == ("oui_ecrit", "non")
    assert question.scores == {"non": 3}
    assert question.label.in_language("ar") == "هل لديك عقد إيجار؟"
    sent = {
        **fields(analyst, "staff:question_edit", draft.uid, question.key),
        "help-fr": "Un papier signé.",
        "section": "finances",
    }
    analyst.send("staff:question_edit", draft.uid, question.key, **sent)
    moved = next(section for section in now().content.sections if section.key == "finances").questions[-1]
    assert (moved.key, moved.help.fr if moved.help else "") == ("avez_vous_un_bail", "Un papier signé.")
    analyst.send("staff:question_move", draft.uid, question.key, version=now().version, direction="up")
    analyst.send("staff:question_remove", draft.uid, question.key, version=now().version)
    assert question.key not in {each.key for each in now().content.questions()}


def test_what_cannot_be_is_refused_by_the_question_s_name(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    page = analyst.send("staff:question_remove", draft.uid, "housing_now", version=draft.version)
    assert "Question « Combien de temps pouvez-vous y rester ? »" in page
    assert now().version == draft.version


def test_two_people_edit_one_draft(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    analyst.send("staff:question_move", draft.uid, "housing_now", version=draft.version, direction="down")
    page = analyst.send("staff:question_move", draft.uid, "housing_now", version=draft.version, direction="down")
    assert "Quelqu’un a modifié ce brouillon entre-temps" in page


def test_a_condition_is_built_test_by_test(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    where = (draft.uid, "question", "bank_account", 0)
    page = analyst.open("staff:questionnaire_condition", *where, query="?sujet=fact.category")
    assert "Personne demandant l’asile" in page
    address = reverse("staff:questionnaire_condition", args=where)
    for query, sent in (
        ("?sujet=fact.category", {"operator": "in", "value": ["student", "family"]}),
        ("?sujet=question.housing_now", {"operator": "answered", "negate": "on"}),
    ):
        analyst.client.post(address + query, {"act": "add", "version": now().version, **sent})
    analyst.client.post(address, {"act": "joint", "joint": "any", "version": now().version})
    raw = next(
        question for section in now().definition["sections"] for question in section["questions"]
        if question["key"] == "bank_account"
    )  # fmt: skip
    assert raw["show_if"] == {
        "any": [
            {"fact": "category", "in": ["student", "family"]},
            {"not": {"question": "housing_now", "answered": True}},
        ]
    }
    page = analyst.open("staff:questionnaire_condition", *where)
    assert "sauf si « Où habitez-vous en ce moment ? » a une réponse" in page
    analyst.client.post(address, {"act": "remove", "part": "0", "version": now().version})
    analyst.client.post(address, {"act": "remove", "part": "0", "version": now().version})
    assert now().content.question("bank_account").show_if is None


def test_a_need_is_raised_by_an_answer(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    sent = {**fields(analyst, "staff:need_rule_add", draft.uid, "pregnancy"), "label-fr": "Préparer la naissance"}
    sent |= {"theme": "health", "priority": "2", "operator": "yes"}
    analyst.send("staff:need_rule_add", draft.uid, "pregnancy", **sent)
    rule = now().content.question("pregnancy").raises[-1]
    assert (rule.label.fr, rule.priority, rule.code) == ("Préparer la naissance", 2, "preparer_la_naissance")
    index = len(now().content.question("pregnancy").raises) - 1
    analyst.send("staff:need_rule_edit", draft.uid, "pregnancy", index, act="remove", version=now().version)
    assert len(now().content.question("pregnancy").raises) == index


def test_a_section_is_added_with_its_first_question(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    sent = fields(analyst, "staff:section_add", draft.uid)
    sent |= {"title-fr": "Loisirs", "first-label-fr": "Faites-vous du sport ?", "first-kind": "yes_no"}
    analyst.send("staff:section_add", draft.uid, **sent)
    section = now().content.sections[-1]
    assert (section.key, [question.key for question in section.questions]) == ("loisirs", ["faites_vous_du_sport"])
    analyst.send("staff:section_move", draft.uid, "loisirs", direction="up", version=now().version)
    analyst.send("staff:section_remove", draft.uid, "loisirs", version=now().version)
    assert "loisirs" not in {section.key for section in now().content.sections}


def test_translations_are_written_beside_french_with_their_review(
    analyst: Visitor, draft: QuestionnaireVersion
) -> None:
    page = analyst.open("staff:questionnaire_translations", draft.uid, "es")
    assert "À traduire" in page
    sent = {"version": draft.version, "text-sections.0.title": "Vivienda", "reviewed-sections.0.title": "1"}
    analyst.send("staff:questionnaire_translations", draft.uid, "es", **sent)
    title = now().content.sections[0].title
    assert (title.in_language("es"), title.reviewed) == ("Vivienda", {"es"})


def test_trying_it_out_branches_and_keeps_nothing(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    alone = analyst.open("staff:questionnaire_try", draft.uid, query="?category=family")
    asylum = analyst.open("staff:questionnaire_try", draft.uid, query="?category=asylum_seeker&has_children_under_5=on")
    assert "place en garderie" not in alone
    assert "place en garderie" in asylum
    assert "Programme fédéral de santé intérimaire" in asylum
    page = analyst.send("staff:questionnaire_try", draft.uid, status=200, housing_now="nowhere")
    assert "Trouver un toit dès aujourd’hui" in page
    assert not Assessment.objects.exists()
    english = analyst.open("staff:questionnaire_try", draft.uid, query="?langue=en")
    assert "Where are you living right now?" in english


def test_publishing_shows_what_changes_and_closes_the_draft(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    before = current_version(CODE)
    analyst.send("staff:question_remove", draft.uid, "driving_licence", version=draft.version)
    assert "Voulez-vous conduire au Québec ?" in analyst.open("staff:questionnaire_publish", draft.uid)
    analyst.send("staff:questionnaire_publish", draft.uid, version=now().version)
    published = current_version(CODE)
    assert published.number == draft.number
    assert "Retirée" in analyst.open("staff:questionnaire_compare", before.uid, published.uid)
    for name in ("staff:question_add", "staff:section_add", "staff:questionnaire_publish"):
        analyst.open(name, published.uid, status=404)


def test_a_draft_is_thrown_away(analyst: Visitor, draft: QuestionnaireVersion) -> None:
    analyst.send("staff:questionnaire_discard", draft.uid, version=draft.version)
    assert draft_of(CODE) is None
