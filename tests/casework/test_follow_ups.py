"""Contacts, and what they settle."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.follow_ups import NewFollowUp
from arrimage.casework.enums import NeedStatus, StepStatus
from arrimage.casework.models import FollowUp
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def step():
    need = f.NeedFactory(status=NeedStatus.IN_PROGRESS)
    return f.StepFactory(plan__file=need.file, need=need, status=StepStatus.IN_PROGRESS)


def test_a_contact_closes_its_step_and_its_need(agent, step) -> None:
    day = clock.today() - timedelta(days=1)
    (made,) = actions.record_follow_ups(
        agent, [NewFollowUp(step.file, step=step, note=" Fait. ", on=day, closes_step=True, need_status="met")]
    )
    step.refresh_from_db()
    step.need.refresh_from_db()
    assert (made.note, made.author_id) == ("Fait.", agent.user_id)
    assert (step.status, step.done_on) == (StepStatus.DONE, day)
    assert (step.need.status, step.need.closed_on) == (NeedStatus.MET, day)


def test_a_contact_that_settles_nothing(agent, step) -> None:
    actions.record_follow_ups(agent, [NewFollowUp(step.file, step=step, reached=False)])
    step.refresh_from_db()
    assert step.status == StepStatus.IN_PROGRESS


def test_a_need_without_a_step_is_closed_too(agent) -> None:
    need = f.NeedFactory()
    actions.record_follow_ups(agent, [NewFollowUp(need.file, need=need, need_status="not_met")])
    need.refresh_from_db()
    assert need.status == NeedStatus.NOT_MET


def test_what_is_refused_leaves_nothing(agent, step) -> None:
    wrong = [
        NewFollowUp(f.FileFactory(), step=step),
        NewFollowUp(f.FileFactory(), need=step.need, need_status="met"),
        NewFollowUp(step.file, closes_step=True),
        NewFollowUp(step.file, on=clock.today() + timedelta(days=1)),
    ]
    for item in wrong:
        with pytest.raises(InvalidInput):
            actions.record_follow_ups(agent, [NewFollowUp(step.file), item])
    done = f.StepFactory(plan=step.plan, done=True)
    with pytest.raises(TransitionNotAllowed):
        actions.record_follow_ups(agent, [NewFollowUp(step.file, step=done, closes_step=True)])
    assert not FollowUp.objects.exists()


def test_rights(step) -> None:
    for stranger in (f.actor(Role.INTEGRATION_AGENT, code="03"), f.actor(Role.REGIONAL_DIRECTOR)):
        with pytest.raises(NotAllowed):
            actions.record_follow_ups(stranger, [NewFollowUp(step.file)])
