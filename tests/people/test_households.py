"""Households that start, split, merge and are joined; family links across them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.people.actions import (
    ReadHousehold,
    correct_member,
    join_household,
    link_persons,
    merge_households,
    split_household,
    start_household,
    unlink_persons,
)
from arrimage.people.enums import LinkKind, Relation
from arrimage.people.models import FamilyLink, Household, Member, Person
from arrimage.people.queries import family_links_of
from tests import factories as f
from tests.row_security.test_same_as_queries import rows_under

pytestmark = pytest.mark.django_db
ARRIVED, LEFT = date(2026, 1, 10), date(2026, 6, 1)


@pytest.fixture
def office() -> Any:
    return f.ServicePointFactory()


@pytest.fixture
def agent(office: Any) -> Actor:
    return f.actor(Role.INTEGRATION_AGENT, service_point=office)


def family(office: Any, *relations: Relation) -> tuple[Household, list[Person]]:
    household = f.HouseholdFactory()
    persons = []
    for relation in relations:
        person = f.FileFactory(service_point=office).person
        f.MemberFactory(household=household, person=person, relation=relation, starts_on=ARRIVED)
        persons.append(person)
    return household, persons


def read(household: Household) -> ReadHousehold:
    return ReadHousehold(household, Household.objects.get(pk=household.pk).version)


def here(household: Household) -> dict[int, str]:
    return dict(household.memberships.filter(ends_on__isnull=True).values_list("person_id", "relation"))


@pytest.fixture
def couple(office: Any) -> tuple[Household, list[Person]]:
    return family(office, Relation.PRINCIPAL, Relation.SPOUSE, Relation.CHILD)


def test_some_leave_for_a_household_of_their_own(agent: Actor, couple: Any) -> None:
    household, (father, mother, child) = couple
    now = split_household(agent, read(household), [mother, child], on=LEFT)
    assert here(household) == {father.pk: Relation.PRINCIPAL}
    assert here(now) == {mother.pk: Relation.PRINCIPAL, child.pk: Relation.CHILD}
    assert Member.objects.get(person=mother, household=household).ends_on == LEFT
    assert now.region_id == household.region_id


def test_the_household_left_by_its_principal_person_has_another(agent: Actor, couple: Any) -> None:
    household, (father, mother, child) = couple
    split_household(agent, read(household), [father], on=LEFT)
    assert here(household) == {mother.pk: Relation.PRINCIPAL, child.pk: Relation.CHILD}


def test_some_leave_for_another_household(agent: Actor, couple: Any, office: Any) -> None:
    household, (_father, _mother, child) = couple
    other, [aunt] = family(office, Relation.PRINCIPAL)
    split_household(agent, read(household), [child], on=LEFT, into=read(other))
    assert here(other) == {aunt.pk: Relation.PRINCIPAL, child.pk: Relation.CHILD}


def test_everybody_leaving_is_no_split(agent: Actor, couple: Any) -> None:
    household, persons = couple
    with pytest.raises(InvalidInput):
        split_household(agent, read(household), persons, on=LEFT)


@pytest.mark.parametrize("on", [ARRIVED - timedelta(days=1), clock.today() + timedelta(days=1)])
def test_nobody_leaves_before_they_came_nor_tomorrow(agent: Actor, couple: Any, on: date) -> None:
    household, (_father, mother, _child) = couple
    with pytest.raises(InvalidInput):
        split_household(agent, read(household), [mother], on=on)


def test_somebody_who_left_comes_back(agent: Actor, couple: Any) -> None:
    household, (_father, mother, child) = couple
    apart = split_household(agent, read(household), [mother, child], on=LEFT)
    merge_households(agent, read(household), read(apart), on=LEFT + timedelta(days=30))
    assert len(here(household)) == 3
    assert list(here(household).values()).count(Relation.PRINCIPAL) == 1
    assert here(apart) == {}
    assert Member.objects.filter(household=household, person=mother).count() == 2


def test_somebody_who_joins_leaves_where_they_were(agent: Actor, couple: Any, office: Any) -> None:
    household, _persons = couple
    other, [aunt] = family(office, Relation.PRINCIPAL)
    join_household(agent, read(household), aunt, relation=Relation.OTHER, on=LEFT)
    assert here(household)[aunt.pk] == Relation.OTHER
    assert here(other) == {}


def test_a_household_starts_with_somebody_who_has_none(agent: Actor, office: Any) -> None:
    alone = f.FileFactory(service_point=office).person
    household = start_household(agent, alone, on=LEFT)
    assert here(household) == {alone.pk: Relation.PRINCIPAL}
    with pytest.raises(InvalidInput, match="déjà dans un ménage"):
        start_household(agent, alone, on=LEFT)


def test_two_at_once_cannot_both_act_on_one_household(agent: Actor, couple: Any) -> None:
    household, (_father, mother, child) = couple
    both_read = read(household)
    split_household(agent, both_read, [mother], on=LEFT)
    with pytest.raises(Conflict):
        split_household(agent, both_read, [child], on=LEFT)


def test_a_mistake_is_put_right(agent: Actor, couple: Any) -> None:
    household, (_father, mother, _child) = couple
    member = Member.objects.get(person=mother)
    correct_member(agent, read(household), member, relation=Relation.OTHER, starts_on=LEFT, ends_on=None)
    assert Member.objects.values_list("relation", "starts_on").get(person=mother) == (Relation.OTHER, LEFT)


def test_who_accompanies_nobody_of_them_acts_on_nothing(couple: Any) -> None:
    household, (_father, mother, _child) = couple
    stranger = f.actor(Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())
    with pytest.raises(NotAllowed):
        split_household(stranger, read(household), [mother], on=LEFT)


def test_nobody_is_in_two_households_on_one_day(couple: Any) -> None:
    _household, (father, _mother, _child) = couple
    with pytest.raises(IntegrityError), transaction.atomic():
        f.MemberFactory(person=father, starts_on=LEFT)


# --- Family links ---------------------------------------------------------------------------------------------------
@pytest.fixture
def relatives(office: Any) -> list[File]:
    return [f.FileFactory(service_point=office) for _ in range(2)]


def test_a_link_is_read_from_both_sides(agent: Actor, relatives: list[File]) -> None:
    mother, daughter = (file.person for file in relatives)
    link_persons(agent, mother, daughter, LinkKind.PARENT)
    [of_mother], [of_daughter] = family_links_of(agent, mother), family_links_of(agent, daughter)
    assert of_mother.kind_for(mother) == LinkKind.CHILD
    assert of_daughter.kind_for(daughter) == LinkKind.PARENT


def test_two_persons_have_one_link_in_whichever_order(agent: Actor, relatives: list[File]) -> None:
    one, other = (file.person for file in relatives)
    link_persons(agent, one, other, LinkKind.SIBLING)
    with pytest.raises(InvalidInput, match="déjà liées"):
        link_persons(agent, other, one, LinkKind.SPOUSE)


def test_nobody_is_their_own_family(agent: Actor, relatives: list[File]) -> None:
    one = relatives[0].person
    with pytest.raises(InvalidInput, match="elle-même"):
        link_persons(agent, one, one, LinkKind.SIBLING)


def test_members_of_one_household_need_no_link(agent: Actor, couple: Any) -> None:
    _household, (father, mother, _child) = couple
    with pytest.raises(InvalidInput, match="même ménage"):
        link_persons(agent, father, mother, LinkKind.SPOUSE)


def test_who_opens_one_of_the_two_files_sees_no_link_and_the_database_says_the_same(relatives: list[File]) -> None:
    here_, far = relatives[0], f.FileFactory(service_point=f.ServicePointFactory())
    link = f.FamilyLinkFactory(person=here_.person, other=far.person)
    one_side = f.actor(Role.INTEGRATION_AGENT, service_point=here_.service_point)
    lead = f.actor(Role.TEAM_LEAD)
    assert not family_links_of(one_side, here_.person).exists()
    assert list(family_links_of(lead, here_.person)) == [link]
    assert rows_under(one_side, "people_familylink") == set()
    assert rows_under(lead, "people_familylink") == {link.pk}


def test_a_link_is_removed_by_who_opens_both(agent: Actor, relatives: list[File]) -> None:
    link = f.FamilyLinkFactory(person=relatives[0].person, other=relatives[1].person)
    unlink_persons(agent, link)
    assert not FamilyLink.objects.exists()
