from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.employers.models import Employer
from arrimage.employers.queries import (
    accompaniments_of,
    accompaniments_visible_to,
    advisors_of,
    employers_visible_to,
    needing_action,
    with_live_counts,
)
from arrimage.foundation import clock
from tests.factories import (
    AccompanimentFactory,
    EmployerFactory,
    EmployerMemberFactory,
    RoleGrantFactory,
    actor,
    region,
)

pytestmark = pytest.mark.django_db


def days(count):
    return clock.today() + timedelta(days=count)


def test_each_sees_the_employers_of_their_region_and_those_accompanied_there():
    here = EmployerFactory()
    elsewhere = EmployerFactory(region=region("13"))
    helped = AccompanimentFactory(employer__region=region("13"), region=region()).employer
    assert set(employers_visible_to(actor(Role.REGIONAL_ADVISOR))) == {here, helped}
    assert set(employers_visible_to(actor(Role.RECRUITMENT_ADVISOR, "13"))) == {elsewhere, helped}


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT, Role.TEAM_LEAD])
def test_others_see_none(role):
    AccompanimentFactory()
    assert not employers_visible_to(actor(role)).exists()
    assert not accompaniments_visible_to(actor(role)).exists()


def test_an_employer_s_people_see_their_own_alone():
    member = EmployerMemberFactory()
    own = AccompanimentFactory(employer=member.employer)
    AccompanimentFactory()
    acting = actor_of(member)
    assert list(employers_visible_to(acting)) == [member.employer]
    assert list(accompaniments_visible_to(acting)) == [own]


def test_live_accompaniments_are_counted():
    employer = EmployerFactory()
    AccompanimentFactory(employer=employer)
    AccompanimentFactory(employer=employer, in_charge=True, requested_on=days(-2))
    AccompanimentFactory(employer=employer, done=True, requested_on=days(-3))
    found = with_live_counts(Employer.objects.all()).get()
    assert (found.waiting, found.in_charge) == (1, 1)


def test_live_accompaniments_come_first_in_two_queries(django_assert_num_queries):
    employer = EmployerFactory()
    over = AccompanimentFactory(employer=employer, done=True, requested_on=days(-3))
    live = AccompanimentFactory(employer=employer, requested_on=days(-9))
    acting = actor(Role.REGIONAL_ADVISOR)
    with django_assert_num_queries(2):
        found = accompaniments_of(acting, employer)
        assert [len(one.events.all()) for one in found] == [0, 0]
    assert found == [live, over]


def test_advisors_are_those_of_the_region_on_the_day():
    here = RoleGrantFactory(role=Role.RECRUITMENT_ADVISOR).user
    RoleGrantFactory(role=Role.REGIONAL_ADVISOR, region=region("13"))
    RoleGrantFactory(role=Role.REGIONAL_ADVISOR, ends_on=days(-1))
    assert list(advisors_of(region().pk, clock.today())) == [here]


def test_requests_nobody_took_need_an_advisor():
    new = AccompanimentFactory(requested_on=days(-2))
    old = AccompanimentFactory(requested_on=days(-22))
    AccompanimentFactory(in_charge=True)
    AccompanimentFactory(employer__region=region("13"))
    tasks = needing_action(actor(Role.REGIONAL_ADVISOR))
    assert [(task.reason, task.uid) for task in tasks] == [
        ("Demandes d’employeurs sans réponse", old.employer.uid),
        ("Nouvelles demandes d’employeurs", new.employer.uid),
    ]
    assert tasks[0].detail == "Recrutement international · rappel de 21 jours"
    assert tasks[1].deadline == days(7)
    assert needing_action(actor(Role.REGIONAL_DIRECTOR)) == []


def test_needing_action_takes_one_query_whatever_the_number(django_assert_num_queries):
    AccompanimentFactory.create_batch(6)
    acting = actor(Role.REGIONAL_ADVISOR)
    with django_assert_num_queries(1):
        assert len(needing_action(acting)) == 6
