"""Contacts planned for a day: made, changed, called off, never twice."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.contacts import ToPlan
from arrimage.casework.actions.follow_ups import NewFollowUp
from arrimage.casework.enums import Channel, PlannedStatus
from arrimage.casework.models import FollowUp, PlannedContact
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.models import new_uid
from tests import factories as f

pytestmark = pytest.mark.django_db
SUBJECT = "Demander si le cours convient"


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def tomorrow():
    return clock.today() + timedelta(days=1)


def test_a_contact_is_planned_for_whoever_has_the_file(agent) -> None:
    file = f.FileFactory()
    made = actions.plan_contact(agent, file, ToPlan(tomorrow(), f" {SUBJECT} ", Channel.VISIT))
    assert (made.subject, made.channel, made.agent, made.author_id) == (SUBJECT, Channel.VISIT, None, agent.user_id)
    assert made.status == PlannedStatus.PLANNED


def test_the_same_day_is_planned_once(agent) -> None:
    file = f.FileFactory()
    actions.plan_contact(agent, file, ToPlan(tomorrow(), SUBJECT))
    with pytest.raises(Conflict):
        actions.plan_contact(agent, file, ToPlan(tomorrow(), "Autre chose"))
    actions.plan_contact(agent, f.FileFactory(), ToPlan(tomorrow(), SUBJECT))
    assert PlannedContact.objects.count() == 2


def test_what_is_refused(agent) -> None:
    file = f.FileFactory()
    elsewhere = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=f.region("03")).user
    for wrong in (
        ToPlan(clock.today() - timedelta(days=1), SUBJECT),
        ToPlan(tomorrow(), "  "),
        ToPlan(tomorrow(), SUBJECT, step=f.StepFactory()),
    ):
        with pytest.raises(InvalidInput):
            actions.plan_contact(agent, file, wrong)
    with pytest.raises(Conflict):
        actions.plan_contact(agent, file, ToPlan(tomorrow(), SUBJECT, agent=elsewhere))
    with pytest.raises(Conflict):
        actions.plan_contact(agent, f.FileFactory(closed=True), ToPlan(tomorrow(), SUBJECT))
    with pytest.raises(NotAllowed):
        actions.plan_contact(f.actor(Role.INTEGRATION_AGENT, code="03"), file, ToPlan(tomorrow(), SUBJECT))
    assert not PlannedContact.objects.exists()


def test_a_follow_up_makes_the_contact_that_was_planned(agent) -> None:
    planned = f.PlannedContactFactory()
    (follow_up,) = actions.record_follow_ups(
        agent, [NewFollowUp(planned.file, planned=planned, language="ar", interpreter=" Nour, Maison d’Haïti ")]
    )
    planned.refresh_from_db()
    assert (planned.status, planned.follow_up) == (PlannedStatus.DONE, follow_up)
    assert (follow_up.language, follow_up.interpreter) == ("ar", "Nour, Maison d’Haïti")
    with pytest.raises(Conflict):
        actions.record_follow_ups(agent, [NewFollowUp(planned.file, planned=planned)])
    with pytest.raises(Conflict):
        actions.cancel_planned_contact(agent, planned)
    assert FollowUp.objects.count() == 1


def test_a_contact_planned_in_another_file_is_refused(agent) -> None:
    with pytest.raises(InvalidInput):
        actions.record_follow_ups(agent, [NewFollowUp(f.FileFactory(), planned=f.PlannedContactFactory())])


def test_a_form_sent_twice_records_one_contact(agent) -> None:
    planned, uid = f.PlannedContactFactory(), new_uid()
    for _time in range(2):
        actions.record_follow_ups(agent, [NewFollowUp(planned.file, planned=planned, uid=uid)])
    assert FollowUp.objects.count() == 1


def test_it_changes_as_it_was_read(agent) -> None:
    planned = f.PlannedContactFactory()
    version = planned.version
    changed = actions.change_planned_contact(agent, planned, version, ToPlan(tomorrow(), SUBJECT))
    assert (changed.planned_on, changed.subject) == (tomorrow(), SUBJECT)
    with pytest.raises(Conflict):
        actions.change_planned_contact(agent, planned, version, ToPlan(clock.today(), "Trop tard"))


def test_called_off_twice_is_called_off_once(agent) -> None:
    planned = f.PlannedContactFactory()
    actions.cancel_planned_contact(agent, planned)
    actions.cancel_planned_contact(agent, planned)
    planned.refresh_from_db()
    assert planned.status == PlannedStatus.CANCELLED
    f.PlannedContactFactory(file=planned.file)  # the day is free again
    with pytest.raises(Conflict):
        actions.change_planned_contact(agent, planned, planned.version, ToPlan(tomorrow(), SUBJECT))
