"""From one assessment to the next: branching by what the file says, answers kept for one version at a time."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.assessments import CompletedAssessment
from arrimage.casework.models import Assessment
from arrimage.casework.queries import assessment_facts
from arrimage.casework.reassessment import compare_with_last, last_completed
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.people.enums import Category, Relation
from arrimage.questionnaires.actions import publish_draft, save_draft, start_draft
from arrimage.questionnaires.editing import without_question
from arrimage.questionnaires.moving import NeedChange
from arrimage.questionnaires.queries import current_version
from arrimage.questionnaires.rules import visible_questions
from tests import factories as f

pytestmark = pytest.mark.django_db


def asked(file) -> set[str]:
    definition = current_version("needs_assessment").content
    return {question.key for question in visible_questions(definition, {}, assessment_facts([file])[file.pk])}


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def household(category: Category, child_years: int | None):
    file = f.FileFactory()
    f.PersonStatusFactory(person=file.person, category=category)
    home = f.HouseholdFactory()
    f.MemberFactory(household=home, person=file.person, relation=Relation.PRINCIPAL)
    if child_years is not None:
        child = f.PersonFactory(birth_date=clock.today() - timedelta(days=366 * child_years))
        f.MemberFactory(household=home, person=child, relation=Relation.CHILD)
    return file


def test_the_questions_follow_the_household_and_the_status() -> None:
    alone = asked(household(Category.FAMILY, None))
    baby = asked(household(Category.FAMILY, 2))
    pupil = asked(household(Category.FAMILY, 9))
    asylum = asked(household(Category.ASYLUM_SEEKER, None))
    assert not {"childcare", "school_registration", "family_benefits"} & alone
    assert {"childcare", "family_benefits"} <= baby
    assert "school_registration" not in baby
    assert {"school_registration", "family_benefits"} <= pupil
    assert "childcare" not in pupil
    assert {"interim_health_papers", "asylum_lawyer", "work_permit"} <= asylum
    assert "health_insurance" not in asylum
    assert "health_insurance" in alone
    assert not {"interim_health_papers", "asylum_lawyer"} & alone


def completed(agent, file, answers, days_ago: int = 0) -> Assessment:
    required = {"housing_now": "home", "money_this_month": "yes", "enough_food": "yes", **answers}
    return f.AssessmentFactory(
        file=file, completed=True, answers=required, facts=assessment_facts([file])[file.pk],
        completed_at=clock.now() - timedelta(days=days_ago),
    )  # fmt: skip


def test_needs_new_gone_and_more_pressing_since_last_time(agent) -> None:
    file = f.FileFactory()
    first = completed(agent, file, {"housing_now": "relatives", "housing_until": "longer", "bank_account": False}, 90)
    second = completed(
        agent, file, {"housing_now": "relatives", "housing_until": "under_30_days", "winter_clothing": False}
    )
    comparison = compare_with_last(second)
    assert comparison is not None
    assert comparison.previous == first == last_completed(file, second)
    found = {need.code: kind for kind, need in comparison.needs}
    assert found["find_housing"] == NeedChange.MORE_PRESSING
    assert found["bank_account"] == NeedChange.GONE
    assert NeedChange.NEW in found.values()
    changed = {each.question.key: (each.before, each.after) for each in comparison.answers}
    assert changed["housing_until"] == ("longer", "under_30_days")
    assert changed["bank_account"] == (False, None)
    assert compare_with_last(first) is None


def test_completing_keeps_what_the_file_said_then(agent) -> None:
    file = household(Category.FAMILY, 2)
    assessment = actions.start_assessment(agent, file)
    definition = assessment.questionnaire.content
    facts = assessment_facts([file])[file.pk]
    answers: dict[str, object] = {}
    for _round in range(3):
        for question in visible_questions(definition, answers, facts):
            if question.required and question.key not in answers:
                answers[question.key] = question.options[0].key if question.options else True
    actions.complete_assessments(agent, [CompletedAssessment(file, answers)])
    assert Assessment.objects.get().facts == facts
    assert facts["has_children_under_5"]


def test_two_people_fill_one_draft_and_nothing_is_written_over(agent) -> None:
    file = f.FileFactory()
    draft = actions.start_assessment(agent, file)
    kept = actions.save_answers(agent, draft, {"housing_now": "home"}, read_at=draft.version)
    assert kept.version > draft.version
    with pytest.raises(Conflict, match="Quelqu’un d’autre"):
        actions.save_answers(agent, draft, {"housing_now": "shelter"}, read_at=draft.version)
    assert Assessment.objects.get().answers == {"housing_now": "home"}


def test_a_draft_stays_on_its_version_until_it_is_moved(agent) -> None:
    file = f.FileFactory()
    draft = actions.start_assessment(agent, file)
    kept = actions.save_answers(agent, draft, {"housing_now": "home", "winter_clothing": False})
    before = current_version("needs_assessment")
    drafted = start_draft(before.questionnaire)
    saved = save_draft(drafted, without_question(drafted.definition, "winter_clothing"), read_at=drafted.version)
    publish_draft(saved, read_at=saved.version)
    assert actions.start_assessment(agent, file).questionnaire == before
    moved = actions.move_assessment(agent, kept, read_at=kept.version)
    assert moved.questionnaire.number == saved.number
    assert moved.answers == {"housing_now": "home"}
