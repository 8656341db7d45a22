"""Agreeing a plan: what was agreed is kept whole; what changes later is an amendment, until it is agreed again."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.agreements import Agreed, contents_of
from arrimage.casework.enums import AmendmentKind, PlanStatus, Signing, StepStatus
from arrimage.casework.models import Amendment, Plan, PlanVersion
from arrimage.casework.plan_content import Difference, PlanContent, differences
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from tests import factories as f

pytestmark = pytest.mark.django_db
STROKES = [[[10, 10], [20, 20], [30, 15], [40, 30], [50, 10]]]


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def step():
    step = f.StepFactory(title="S’inscrire à l’école")
    f.GoalFactory(plan=step.plan, words="أريد أن أعمل", language="ar")
    return step


def test_agreeing_keeps_the_content_its_digest_and_the_signature(agent, step) -> None:
    agreed = Agreed(step.plan, language="ar", by="Mme Saleh", signing=Signing.SIGNATURE, signature=STROKES)
    (version,) = actions.agree_plans(agent, [agreed])
    content = PlanContent.from_json(version.content)
    assert [each.title for each in content.steps] == ["S’inscrire à l’école"]
    assert [(each.words, each.language) for each in content.goals] == [("أريد أن أعمل", "ar")]
    assert version.digest == content.digest() == contents_of([step.plan_id])[step.plan_id].digest()
    assert (version.number, version.signature, version.explained_by) == (1, STROKES, "Mme Saleh")
    version.content = {"goals": [], "steps": []}
    with pytest.raises(ProgrammingError), transaction.atomic():
        version.save()


def test_a_signature_that_is_none_is_refused(agent, step) -> None:
    with pytest.raises(InvalidInput, match="Signez") as refused:
        actions.agree_plans(agent, [Agreed(step.plan, signing=Signing.SIGNATURE)])
    assert refused.value.field == "signature"


def test_what_changed_since_it_was_read_is_a_conflict(agent, step) -> None:
    read = contents_of([step.plan_id])[step.plan_id].digest()
    actions.edit_step(agent, step, version=step.version, title="Autre chose", owner="agent", due_on=step.due_on)
    with pytest.raises(Conflict, match="changé pendant"):
        actions.agree_plans(agent, [Agreed(step.plan, digest=read)])


def test_drafts_have_no_amendments(agent, step) -> None:
    actions.edit_step(agent, step, version=step.version, title="Autre chose", owner="agent", due_on=step.due_on)
    assert not Amendment.objects.exists()


def test_changes_of_an_agreed_plan_say_what_who_and_why(agent, step) -> None:
    actions.agree_plans(agent, [Agreed(step.plan)])
    plan = Plan.objects.select_related("file").get()
    day = step.due_on + timedelta(days=3)
    step.plan = plan
    actions.edit_step(
        agent, step, version=step.version, title=step.title, owner=step.owner, due_on=day, why="École fermée"
    )
    changed = Amendment.objects.get()
    assert (changed.kind, changed.since, changed.why) == (AmendmentKind.STEP_CHANGED, 1, "École fermée")
    assert changed.author_id == agent.user_id
    assert (changed.before["due_on"], changed.after["due_on"]) == (
        (day - timedelta(days=3)).isoformat(),
        day.isoformat(),
    )
    actions.add_goal(agent, plan, words="Apprendre à nager", language="fr")
    actions.set_step_status(agent, step, StepStatus.DROPPED, why="Déménagement")
    kinds = {each.kind for each in Amendment.objects.all()}
    assert kinds == {AmendmentKind.STEP_CHANGED, AmendmentKind.GOAL_ADDED, AmendmentKind.STEP_DROPPED}
    changed.why = "Autre"
    with pytest.raises(ProgrammingError), transaction.atomic():
        changed.save()


def test_the_course_of_a_step_is_no_amendment(agent, step) -> None:
    actions.agree_plans(agent, [Agreed(step.plan)])
    actions.set_step_status(agent, step, StepStatus.IN_PROGRESS)
    actions.set_step_status(agent, step, StepStatus.DONE)
    assert not Amendment.objects.exists()


def test_agreeing_again_makes_the_next_version_and_needs_a_change(agent, step) -> None:
    actions.agree_plans(agent, [Agreed(step.plan)])
    with pytest.raises(Conflict, match="déjà convenu"):
        actions.agree_plans(agent, [Agreed(step.plan)])
    plan = Plan.objects.select_related("file").get()
    actions.add_step(agent, plan, title="Ouvrir un compte", owner="person", due_on=clock.today(), why="Nouvel emploi")
    actions.agree_plans(agent, [Agreed(plan, language="es")])
    first, second = PlanVersion.objects.order_by("number")
    found = differences(PlanContent.from_json(first.content), PlanContent.from_json(second.content))
    assert [(each.kind, each.after.title) for each in found] == [(Difference.ADDED, "Ouvrir un compte")]
    assert Plan.objects.get().explained_language == "es"
    assert Plan.objects.get().status == PlanStatus.AGREED
    with pytest.raises(Conflict):
        actions.agree_plans(agent, [Agreed(plan)])


def test_agreeing_many_takes_as_many_queries_as_one(agent, django_assert_max_num_queries) -> None:
    plans = [f.StepFactory().plan for _each in range(5)]
    with django_assert_max_num_queries(20):
        assert len(actions.agree_plans(agent, [Agreed(plan) for plan in plans])) == 5
