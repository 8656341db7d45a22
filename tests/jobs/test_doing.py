"""In whose name a job is done."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.jobs import JobRefused
from arrimage.accounts.rights import actor_of, system_actor
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from tests import factories as make
from tests.jobs import samples
from tests.jobs.running import do_waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    samples.DONE.clear()


def test_the_database_knows_who_acts() -> None:
    grant = make.RoleGrantFactory(role=Role.TEAM_LEAD)
    samples.who.defer(actor_of(grant))
    do_waiting_jobs()

    [(actor, role, reason, user)] = samples.DONE
    assert (actor, role, reason) == (str(grant.user_id), "team_lead", "travail tests.who")
    assert user == "arrimage_test_web"


def test_an_actor_of_the_system_acts_as_the_system() -> None:
    samples.who.defer(system_actor("clock", Right.ACCOMPANY))
    do_waiting_jobs()

    assert samples.DONE == [("", "system", "travail tests.who", "arrimage_test_web")]


def test_whoever_has_left_asks_for_nothing_any_more() -> None:
    grant = make.RoleGrantFactory(role=Role.TEAM_LEAD, starts_on=clock.today() - timedelta(days=30))
    samples.note.defer(actor_of(grant), uid=new_uid())
    grant.ends_on = clock.today() - timedelta(days=1)
    grant.save()

    with pytest.raises(JobRefused, match="n’a plus le rôle"):
        do_waiting_jobs()
    assert samples.DONE == []


def test_a_closed_account_asks_for_nothing_any_more() -> None:
    grant = make.RoleGrantFactory(role=Role.TEAM_LEAD)
    samples.note.defer(actor_of(grant), uid=new_uid())
    type(grant.user).objects.filter(pk=grant.user_id).update(is_active=False)

    with pytest.raises(JobRefused):
        do_waiting_jobs()


def test_somebody_else_s_grant_is_nobody_s() -> None:
    mine, other = (
        make.RoleGrantFactory(role=Role.TEAM_LEAD),
        make.RoleGrantFactory(role=Role.ADMINISTRATOR, region=None),
    )
    forged = {"user": str(mine.user.uid), "grant": other.key()}

    with pytest.raises(JobRefused):
        samples.note.run(forged, {"uid": str(new_uid())})
