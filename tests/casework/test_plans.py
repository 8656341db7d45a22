"""Plans and their steps: what is proposed, what changes, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.agreements import Agreed
from arrimage.casework.actions.plans import NewPlan
from arrimage.casework.enums import NeedStatus, PlanStatus, StepOwner, StepStatus
from arrimage.casework.models import Plan, Step
from arrimage.casework.step_rules import propose_step
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.territory.working_days import add_working_days
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def test_a_plan_proposes_a_step_for_each_open_need(agent) -> None:
    file = f.FileFactory()
    urgent = f.NeedFactory(file=file, priority=1, theme=f.theme("french"), label="Commencer un cours de français")
    later = f.NeedFactory(file=file, priority=3, theme=f.theme("transport"), label="Échanger le permis de conduire")
    f.NeedFactory(file=file, met=True)
    (plan,) = actions.draft_plans(agent, [NewPlan(file, goal="Travailler.")])
    steps = list(plan.steps.all())
    assert [step.need for step in steps] == [urgent, later]
    assert [step.title for step in steps] == [urgent.label, later.label]
    assert [step.owner for step in steps] == [StepOwner.PARTNER, StepOwner.PERSON]
    assert steps[0].due_on == add_working_days(clock.today(), 5)
    assert plan.status == PlanStatus.DRAFT


@pytest.mark.parametrize(("priority", "days"), [(1, 5), (2, 20), (3, 60)])
def test_a_pressing_need_is_answered_sooner(priority: int, days: int) -> None:
    assert propose_step("health", "S’inscrire", priority).working_days == days


def test_one_live_plan_a_file(agent) -> None:
    plan = f.PlanFactory()
    with pytest.raises(Conflict):
        actions.draft_plans(agent, [NewPlan(plan.file)])
    with pytest.raises(IntegrityError), transaction.atomic():
        f.PlanFactory(file=plan.file, agreed=True)


def test_bulk_or_nothing(agent) -> None:
    live = f.PlanFactory()
    with pytest.raises(Conflict), transaction.atomic():
        actions.draft_plans(agent, [NewPlan(f.FileFactory()), NewPlan(live.file)])
    assert Plan.objects.count() == 1


def test_agreeing_says_in_which_language_and_by_whom(agent) -> None:
    step = f.StepFactory()
    actions.agree_plans(agent, [Agreed(step.plan, language="ar", by="Mme Saleh")])
    plan = Plan.objects.get()
    assert (plan.status, plan.agreed_on) == (PlanStatus.AGREED, clock.today())
    assert (plan.explained_language, plan.explained_by) == ("ar", "Mme Saleh")
    with pytest.raises(Conflict):
        actions.agree_plans(agent, [Agreed(plan)])


def test_a_plan_without_a_step_to_do_is_not_agreed(agent) -> None:
    plan = f.PlanFactory()
    f.StepFactory(plan=plan, status=StepStatus.DROPPED)
    with pytest.raises(InvalidInput):
        actions.agree_plans(agent, [Agreed(plan)])


def test_adding_a_step(agent) -> None:
    plan = f.PlanFactory()
    step = actions.add_step(agent, plan, title=" Visiter l’école ", owner="agent", due_on=clock.today())
    assert (step.title, step.file, step.region) == ("Visiter l’école", plan.file, plan.region)
    with pytest.raises(InvalidInput):
        actions.add_step(agent, plan, title=" ", owner="agent", due_on=clock.today())
    with pytest.raises(InvalidInput):
        actions.add_step(agent, plan, title="A", owner="agent", due_on=clock.today(), need=f.NeedFactory())
    closed = f.PlanFactory(status=PlanStatus.CLOSED)
    with pytest.raises(Conflict):
        actions.add_step(agent, closed, title="A", owner="agent", due_on=clock.today())


def test_editing_what_somebody_else_changed_is_a_conflict(agent) -> None:
    step = f.StepFactory()
    read = step.version
    changed = {"title": "Une autre", "owner": "agent", "due_on": step.due_on}
    actions.edit_step(agent, step, version=read, **changed)
    assert step.version == read + 1
    with pytest.raises(Conflict):
        actions.edit_step(agent, step, version=read, **{**changed, "title": "La mienne"})
    step.refresh_from_db()
    assert step.title == "Une autre"


def test_a_closed_step_is_not_edited(agent) -> None:
    step = f.StepFactory(done=True)
    with pytest.raises(Conflict):
        actions.edit_step(agent, step, version=step.version, title="B", owner="agent", due_on=step.due_on)


def test_states_of_a_step(agent) -> None:
    need = f.NeedFactory()
    step = f.StepFactory(plan__file=need.file, need=need)
    actions.set_step_status(agent, step, StepStatus.IN_PROGRESS)
    need.refresh_from_db()
    assert need.status == NeedStatus.IN_PROGRESS
    done = actions.set_step_status(agent, step, StepStatus.DONE)
    assert done.done_on == clock.today()
    with pytest.raises(TransitionNotAllowed):
        actions.set_step_status(agent, step, StepStatus.DROPPED)
    assert actions.set_step_status(agent, step, StepStatus.TODO).done_on is None


def test_rights(agent) -> None:
    step = f.StepFactory()
    for stranger in (f.actor(Role.INTEGRATION_AGENT, code="03"), f.actor(Role.RECEPTION_AGENT)):
        with pytest.raises(NotAllowed):
            actions.set_step_status(stranger, step, StepStatus.DONE)
        with pytest.raises(NotAllowed):
            actions.agree_plans(stranger, [Agreed(step.plan)])
        with pytest.raises(NotAllowed):
            actions.draft_plans(stranger, [NewPlan(f.FileFactory())])
    assert Step.objects.get().status == StepStatus.TODO


def test_nothing_moves_in_a_closed_file(agent) -> None:
    step = f.StepFactory(plan__file__closed=True)
    with pytest.raises(Conflict):
        actions.set_step_status(agent, step, StepStatus.DONE)
    with pytest.raises(Conflict):
        actions.draft_plans(agent, [NewPlan(f.FileFactory(closed=True))])


def test_a_closed_plan_lets_another_begin(agent) -> None:
    plan = f.PlanFactory(status=PlanStatus.CLOSED, drafted_on=clock.today() - timedelta(days=400))
    assert actions.draft_plans(agent, [NewPlan(plan.file)])
