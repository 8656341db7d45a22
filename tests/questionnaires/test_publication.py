"""Publishing a questionnaire."""

import pytest
from django.db import ProgrammingError, transaction

from arrimage.foundation import clock
from arrimage.questionnaires.actions import load_content, packaged_content, publish_version
from arrimage.questionnaires.models import Questionnaire, QuestionnaireVersion
from arrimage.questionnaires.nodes import InvalidDefinition
from arrimage.questionnaires.queries import QuestionnaireNotPublished, current_version
from tests.questionnaires.samples import small_json

pytestmark = pytest.mark.django_db


def test_packaged_content_is_published_once() -> None:
    first = load_content()
    assert load_content() == first
    assert current_version("needs_assessment") in first
    assert {version.questionnaire.code for version in first} == {code for code, _ in packaged_content()}


def test_same_content_is_the_same_version_and_other_content_the_next() -> None:
    first = publish_version("small", small_json())
    assert publish_version("small", small_json()) == first
    changed = small_json() | {"title": {"fr": "Autre titre"}}
    second = publish_version("small", changed)
    third = publish_version("small", small_json())
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert current_version("small") == third
    assert third.questionnaire.title == "Petit questionnaire"
    assert Questionnaire.objects.get(code="small").title == "Petit questionnaire"


def test_a_stored_definition_reads_as_it_was_written() -> None:
    publish_version("small", small_json())
    assert current_version("small").content.order[0] == "housed"


def test_a_wrong_definition_is_not_published() -> None:
    with pytest.raises(InvalidDefinition):
        publish_version("small", small_json() | {"sections": []})
    with pytest.raises(QuestionnaireNotPublished):
        current_version("small")


def test_a_draft_is_not_asked() -> None:
    published = publish_version("small", small_json())
    QuestionnaireVersion.objects.create(questionnaire=published.questionnaire, number=2, definition=small_json())
    assert current_version("small") == published


@pytest.mark.parametrize("change", [{"definition": {}}, {"published_at": None}, {"number": 7}])
def test_a_published_version_never_changes(change: dict) -> None:
    version = publish_version("small", small_json())
    with pytest.raises(ProgrammingError), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk).delete()
    version.refresh_from_db()
    assert version.definition == small_json()


def test_a_draft_changes_until_it_is_published() -> None:
    questionnaire = Questionnaire.objects.create(code="small", title="Petit", purpose="report")
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, definition={})
    version.definition = small_json()
    version.published_at = clock.now()
    version.save()
    assert current_version("small").content.title.fr == "Petit questionnaire"
