"""The load of each agent, and what would balance it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.enums import Role
from arrimage.casework.balancing import proposals
from arrimage.casework.caseload import loads
from arrimage.casework.enums import CaseFactor, Priority
from arrimage.casework.models import CaseWeight
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=400)


@pytest.fixture
def point():
    return f.ServicePointFactory()


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


def agent(point, *languages: str, hours: int = 35):
    user = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point).user
    f.AgentProfileFactory(user=user, languages=list(languages) or ["fr"], hours=hours)
    return user


def file_of(user, language: str = "fr", **fields):
    known = {"opened_on": LONG_AGO, "person__preferred_language": language} | fields
    return f.FileFactory(agent=user, **known)


def load_of(lead, user):
    return next(load for load in loads(lead) if load.agent == user)


def test_a_file_weighs_one_and_something_more_for_each_thing_true_of_it(lead, point) -> None:
    user = agent(point)
    file_of(user)
    file_of(user, opened_on=clock.today())
    urgent = file_of(user, "ar")
    for _each in range(2):
        f.NeedFactory(file=urgent, priority=Priority.URGENT)
    f.NeedFactory(file=file_of(user), priority=Priority.URGENT, met=True)
    household = f.MemberFactory(person=file_of(user).person).household
    for _each in range(3):
        f.MemberFactory(household=household)
    file_of(user, closed=True)
    load = load_of(lead, user)
    assert load.counts == {
        CaseFactor.BASE: 5,
        CaseFactor.FIRST_MONTHS: 1,
        CaseFactor.URGENT_NEED: 1,
        CaseFactor.INTERPRETER: 1,
        CaseFactor.HOUSEHOLD: 1,
    }
    assert load.weighted == Decimal("7.5")


def test_weights_are_settings(lead, point) -> None:
    user = agent(point)
    file_of(user)
    CaseWeight.objects.filter(factor=CaseFactor.BASE).update(weight=3)
    assert load_of(lead, user).weighted == 3


def test_a_short_week_carries_more(lead, point) -> None:
    user = agent(point, hours=21)
    for _each in range(3):
        file_of(user)
    assert load_of(lead, user).full_week == Decimal("5.0")


def test_an_agent_sees_their_own_only(point) -> None:
    agent(point)
    me = f.actor(Role.INTEGRATION_AGENT)
    assert [load.agent.pk for load in loads(me)] == [me.user_id]


def test_files_go_from_the_most_loaded_to_the_least_and_those_better_spoken_first(lead, point) -> None:
    full, free = agent(point, "fr"), agent(point, "fr", "es")
    french = [file_of(full) for _each in range(8)]
    spanish = [file_of(full, "es") for _each in range(2)]
    (proposal,) = proposals(lead)
    assert (proposal.giver.agent, proposal.receiver.agent) == (full, free)
    assert proposal.files[:2] == spanish[::-1]
    assert proposal.spoken == {"es": 2}
    assert proposal.lighter_by == 100
    assert proposal.after[1] <= proposal.after[0]
    assert set(proposal.files) - set(spanish) < set(french)


def test_a_household_moves_whole_and_one_about_to_be_met_does_not(lead, point) -> None:
    full, _free = agent(point), agent(point)
    met, _first, _second = (file_of(full) for _each in range(3))
    household = f.HouseholdFactory()
    members = [f.MemberFactory(household=household, person=file_of(full).person) for _each in range(2)]
    f.AppointmentFactory(persons=[met.person], agent=full, service_point=point, on=clock.today() + timedelta(days=3))
    (proposal,) = proposals(lead)
    assert {file.person for file in proposal.files} == {member.person for member in members}


def test_nothing_is_proposed_to_a_balanced_team_nor_across_points(lead, point) -> None:
    for user in (agent(point), agent(point)):
        file_of(user)
    alone = agent(f.ServicePointFactory())
    for _each in range(5):
        file_of(alone)
    assert proposals(lead) == []


def test_the_cost_does_not_grow(lead, point) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            proposals(lead)
        return len(queries)

    agent(point)
    full = agent(point)
    file_of(full)
    before = cost()
    for _each in range(6):
        file_of(full)
        file_of(agent(point))
    assert cost() <= before + 1
