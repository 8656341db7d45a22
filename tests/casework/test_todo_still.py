"""Steps under way that nobody speaks of any more come up by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from arrimage.accounts.enums import Role
from arrimage.casework.enums import StepStatus
from arrimage.casework.models import Plan, Step
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.territory.working_days import add_working_days
from tests import factories as f

pytestmark = pytest.mark.django_db
LONG = settings.STILL_WORKING_DAYS


def under_way(plan: Plan, quiet_for: int, **fields: Any) -> Step:
    """Return a step under way that nothing changed for so many working days."""
    since = clock.at(add_working_days(clock.today(), -quiet_for), 9)
    fields = {"due_on": clock.today() + timedelta(days=60), "status": StepStatus.IN_PROGRESS, **fields}
    return f.StepFactory(plan=plan, updated_at=since, **fields)


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def plan(agent):
    return f.PlanFactory(file=f.FileFactory(agent_id=agent.user_id), agreed=True)


def still(agent) -> list[Step]:
    return list(waiting(agent, Reason.STEP_STILL))


def test_a_step_without_news_comes_up_after_the_set_days(agent, plan) -> None:
    under_way(plan, LONG - 1)
    quiet = under_way(plan, LONG + 1)
    assert still(agent) == [quiet]


def test_a_contact_about_it_is_news(agent, plan) -> None:
    step = under_way(plan, LONG + 5)
    f.FollowUpFactory(file=step.file, step=step)
    assert still(agent) == []


def test_a_referral_that_moves_is_news_and_one_that_is_silent_is_not(agent, plan) -> None:
    step = under_way(plan, LONG + 5)
    referral = f.ReferralFactory(file=step.file, step=step, accepted=True)
    assert still(agent) == [step]
    referral.events.create(from_status="accepted", to_status="scheduled", happened_at=clock.now())
    assert still(agent) == []


def test_what_is_late_or_not_begun_comes_up_elsewhere(agent, plan) -> None:
    step = under_way(plan, LONG + 5)
    under_way(plan, LONG + 5, due_on=clock.today() - timedelta(days=1))
    under_way(plan, LONG + 5, status=StepStatus.TODO)
    assert still(agent) == [step]
