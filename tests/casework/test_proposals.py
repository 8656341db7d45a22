"""What rules propose for needs: why, taken, refused, proposed again."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.plans import NewPlan
from arrimage.casework.enums import StepOwner
from arrimage.casework.models import DeclinedProposal, Step
from arrimage.casework.proposals import proposals_for
from arrimage.casework.step_rules import propose_step, step_rules, title_of
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.questionnaires.actions import packaged_content
from arrimage.questionnaires.definition import LANGUAGES
from arrimage.questionnaires.parsing import parse_definition
from tests import factories as f


def test_every_rule_is_in_every_language_and_about_needs_that_exist() -> None:
    (definition,) = [content for code, content in packaged_content() if code == "needs_assessment"]
    codes = {rule.code for question in parse_definition(definition).questions() for rule in question.raises}
    spoken_of: list[str] = []
    for rule in step_rules().values():
        assert {"fr", *rule.title.others} == set(LANGUAGES), rule.code
        spoken_of += rule.needs
    assert set(spoken_of) <= codes
    assert len(spoken_of) == len(set(spoken_of)), "two rules speak of one need"


def test_a_rule_says_what_who_when_and_why() -> None:
    proposed = propose_step("childcare_school", "Inscrire les enfants", 1, "school_registration")
    assert proposed.title == "Inscrire les enfants à l’école du quartier"
    assert (proposed.owner, proposed.working_days) == (StepOwner.AGENT, 3)
    assert "obligatoire" in proposed.why
    title = title_of(proposed.rule, proposed.title)
    assert title is not None
    assert title.in_language("ar") == "تسجيل الأطفال في مدرسة الحي"
    assert title_of(proposed.rule, "Autres mots") is None


@pytest.mark.django_db
def test_drafting_leaves_out_what_is_refused_and_it_may_come_back() -> None:
    agent, file = f.actor(Role.INTEGRATION_AGENT), f.FileFactory()
    taken = f.NeedFactory(file=file, code="bank_account", theme=f.theme("finances"))
    refused = f.NeedFactory(file=file, code="food", theme=f.theme("food_clothing"))
    (plan,) = actions.draft_plans(agent, [NewPlan(file, without=frozenset({refused.pk}))])
    assert [step.need for step in plan.steps.all()] == [taken]
    found = proposals_for(plan)
    assert found.waiting == []
    assert [each.need for each in found.refused] == [refused]
    actions.propose_again(agent, DeclinedProposal.objects.get())
    assert [each.need for each in proposals_for(plan).waiting] == [refused]
    step = actions.take_proposal(agent, plan, refused)
    assert (step.title, step.rule) == ("Aller à une banque alimentaire", "food")
    with pytest.raises(Conflict):
        actions.take_proposal(agent, plan, refused)
    assert Step.objects.count() == 2


@pytest.mark.django_db
def test_refusing_twice_is_refusing_once_and_another_file_s_need_is_refused() -> None:
    agent, plan = f.actor(Role.INTEGRATION_AGENT), f.PlanFactory()
    need = f.NeedFactory(file=plan.file)
    actions.refuse_proposal(agent, plan, need)
    actions.refuse_proposal(agent, plan, need)
    assert DeclinedProposal.objects.count() == 1
    with pytest.raises(InvalidInput):
        actions.take_proposal(agent, plan, f.NeedFactory())
