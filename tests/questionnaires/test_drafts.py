"""Drafts of questionnaires: begun from the version of today, changed by one person at a time, published for ever."""

from copy import deepcopy

import pytest
from django.db import ProgrammingError, transaction

from arrimage.foundation.errors import Conflict
from arrimage.questionnaires.actions import (
    discard_draft,
    load_content,
    publish_draft,
    publish_version,
    save_draft,
    start_draft,
)
from arrimage.questionnaires.editing import without_question
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.questionnaires.moving import move_answers
from arrimage.questionnaires.nodes import InvalidDefinition
from arrimage.questionnaires.queries import answered_in_the_past, current_version, draft_of, every_key

pytestmark = pytest.mark.django_db
CODE = "needs_assessment"


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return start_draft(current_version(CODE).questionnaire)


def test_a_draft_begins_from_today_and_there_is_one(draft: QuestionnaireVersion) -> None:
    current = current_version(CODE)
    assert draft.definition == current.definition
    assert draft.number == current.number + 1
    assert start_draft(current.questionnaire) == draft == draft_of(CODE)


def test_saving_refuses_what_moved_on_and_what_does_not_hold(draft: QuestionnaireVersion) -> None:
    changed = without_question(draft.definition, "driving_licence")
    saved = save_draft(draft, changed, read_at=draft.version)
    assert saved.version > draft.version
    with pytest.raises(Conflict, match="modifié"):
        save_draft(draft, draft.definition, read_at=draft.version)
    with pytest.raises(InvalidDefinition):
        save_draft(draft, without_question(changed, "housing_now"), read_at=saved.version)


def test_publishing_makes_it_the_version_of_new_assessments_for_ever(draft: QuestionnaireVersion) -> None:
    before = current_version(CODE)
    saved = save_draft(draft, without_question(draft.definition, "driving_licence"), read_at=draft.version)
    published = publish_draft(saved, read_at=saved.version)
    assert current_version(CODE) == published
    assert "driving_licence" in {question.key for question in before.content.questions()}
    assert answered_in_the_past(published, "driving_licence") == [before.number]
    assert "driving_licence" in every_key(published.questionnaire)
    published.definition = deepcopy(before.definition)
    with pytest.raises(ProgrammingError), transaction.atomic():
        published.save()
    with pytest.raises(Conflict):
        save_draft(published, before.definition, read_at=published.version)


def test_what_comes_with_the_program_does_not_replace_what_was_edited(draft: QuestionnaireVersion) -> None:
    saved = save_draft(draft, without_question(draft.definition, "driving_licence"), read_at=draft.version)
    published = publish_draft(saved, read_at=saved.version)
    assert published in load_content()
    assert current_version(CODE) == published


def test_a_draft_overtaken_by_another_version_is_published_after_it(draft: QuestionnaireVersion) -> None:
    other = publish_version(CODE, without_question(draft.definition, "winter_clothing"), packaged=False)
    assert other.number > draft.number
    published = publish_draft(draft, read_at=draft.version)
    assert published.number > other.number
    assert current_version(CODE) == published


def test_a_draft_is_thrown_away(draft: QuestionnaireVersion) -> None:
    discard_draft(draft, read_at=draft.version)
    assert draft_of(CODE) is None


def test_answers_move_where_the_key_the_kind_and_the_value_are_known(draft: QuestionnaireVersion) -> None:
    before = current_version(CODE).content
    changed = without_question(draft.definition, "driving_licence")
    saved = save_draft(draft, changed, read_at=draft.version)
    moved = move_answers({"housing_now": "home", "driving_licence": "exchange"}, before, saved.content)
    assert moved.answers == {"housing_now": "home"}
    assert [question.key for question in moved.lost] == ["driving_licence"]
