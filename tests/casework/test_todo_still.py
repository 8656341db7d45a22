"""Steps under way that nobody speaks of any more come up by themselves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from arrimage.accounts.enums import Role
from arrimage.casework.enums import StepStatus
from arrimage.casework.models import Step
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.territory.working_days import add_working_days
from tests import factories as f
from tests import roles

pytestmark = pytest.mark.django_db


def quiet_since(step: Step, working_days: int) -> None:
    """Make a step one that nothing changed for so many working days."""
    day = clock.at(add_working_days(clock.today(), -working_days), 9)
    with roles.as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table casework_step disable trigger user")
        cursor.execute("update casework_step set updated_at = %s where id = %s", [day, step.pk])
        cursor.execute("alter table casework_step enable trigger user")


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def step(agent):
    file = f.FileFactory(agent_id=agent.user_id)
    plan = f.PlanFactory(file=file, agreed=True)
    return f.StepFactory(plan=plan, status=StepStatus.IN_PROGRESS, due_on=clock.today() + timedelta(days=60))


def still(agent) -> list[Step]:
    return list(waiting(agent, Reason.STEP_STILL))


def test_a_step_without_news_comes_up_after_the_set_days(agent, step) -> None:
    quiet_since(step, settings.STILL_WORKING_DAYS - 1)
    assert still(agent) == []
    quiet_since(step, settings.STILL_WORKING_DAYS + 1)
    assert still(agent) == [step]


def test_a_contact_about_it_is_news(agent, step) -> None:
    quiet_since(step, settings.STILL_WORKING_DAYS + 5)
    f.FollowUpFactory(file=step.file, step=step)
    assert still(agent) == []


def test_a_referral_that_moves_is_news_and_one_that_is_silent_is_not(agent, step) -> None:
    quiet_since(step, settings.STILL_WORKING_DAYS + 5)
    referral = f.ReferralFactory(file=step.file, step=step, accepted=True)
    assert still(agent) == [step]
    referral.events.create(from_status="accepted", to_status="scheduled", happened_at=clock.now())
    assert still(agent) == []


def test_what_is_late_or_not_begun_comes_up_elsewhere(agent, step) -> None:
    quiet_since(step, settings.STILL_WORKING_DAYS + 5)
    late = f.StepFactory(plan=step.plan, status=StepStatus.IN_PROGRESS, due_on=clock.today() - timedelta(days=1))
    todo = f.StepFactory(plan=step.plan, due_on=clock.today() + timedelta(days=9))
    for other in (late, todo):
        quiet_since(other, settings.STILL_WORKING_DAYS + 5)
    assert still(agent) == [step]
