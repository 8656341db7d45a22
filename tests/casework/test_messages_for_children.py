"""What is written about a child's appointment goes to the adult who answers for them, never to the child."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.letters import Texted, Written
from arrimage.accounts.rights import system_actor
from arrimage.casework.appointment_messages import language_of, write_about_appointments, write_message
from arrimage.casework.models import AppointmentMessage
from arrimage.foundation import clock
from arrimage.people.enums import BirthPrecision, LinkKind, Relation
from arrimage.people.models import Household, Person
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from tests import factories as make

pytestmark = pytest.mark.django_db
CLOCK = system_actor("clock")
TODAY = clock.today()
THEIRS = {"phone": "+15145550199", "email": "enfant@exemple.example"}


def born(years: int, days: int = 0) -> date:
    """Return the birth date of whoever turned so many years so many days ago."""
    return date(TODAY.year - years, TODAY.month, min(TODAY.day, 28)) - timedelta(days=days)


@pytest.fixture
def household() -> Household:
    return make.HouseholdFactory()


def lives(household: Household, relation: Relation, **values: object) -> Person:
    person = make.PersonFactory(**values)
    make.MemberFactory(household=household, person=person, relation=relation)
    return person


def adult(household: Household, relation: Relation = Relation.PRINCIPAL, *, consents: bool = True, **values: object):
    """Return an adult of the household, with a file, who consents to be written to unless told."""
    address = {"phone": "+15145550101", "email": "adulte@exemple.example", "preferred_language": "es"}
    person = lives(household, relation, **{"birth_date": born(40), **address, **values})
    make.FileFactory(person=person)
    if consents:
        make.ConsentFactory(person=person, purpose=Purpose.CONTACT)
    return person


@pytest.fixture
def child(household: Household) -> Person:
    person = lives(household, Relation.CHILD, birth_date=born(9), preferred_language="ar", **THEIRS)
    make.FileFactory(person=person)
    return person


def expected(child: Person, *others: Person):
    return make.AppointmentFactory(starts_at=clock.now() + timedelta(hours=20), persons=[child, *others])


def sent_to() -> set[str]:
    """Return the addresses of what is written, once the clock has passed twice."""
    for _ in range(2):
        write_about_appointments(CLOCK)
    letters = [write_message(each.uid) for each in AppointmentMessage.objects.all()]
    return {letter.number if isinstance(letter, Texted) else letter.address for letter in letters if letter}


def test_the_principal_person_of_the_household_is_told_in_their_language(household, child) -> None:
    adult(household)
    expected(child)
    assert sent_to() == {"+15145550101", "adulte@exemple.example"}
    text, letter = (write_message(AppointmentMessage.objects.get(channel=each).uid) for each in ("text", "email"))
    assert isinstance(text, Texted)
    assert isinstance(letter, Written)
    assert (text.languages, letter.also) == (("fr", "es"), "es")
    assert {each.person for each in AppointmentMessage.objects.all()} == {child}
    assert language_of(AppointmentMessage.objects.first()) == "es"


def test_a_parent_who_attends_too_is_told_once(household, child) -> None:
    parent = adult(household)
    expected(child, parent)
    assert sent_to() == {"+15145550101", "adulte@exemple.example"}
    assert AppointmentMessage.objects.count() == 2


@pytest.mark.parametrize("age", [0, 9, 14, 17])
def test_a_child_is_never_written_to_even_when_they_consent(household, child, age) -> None:
    Person.objects.filter(pk=child.pk).update(birth_date=born(age))
    make.ConsentFactory(person=child, purpose=Purpose.CONTACT)
    expected(child)
    assert sent_to() == set()
    adult(household)
    assert sent_to() == {"+15145550101", "adulte@exemple.example"}


def test_from_eighteen_on_they_are_written_to_themselves(household, child) -> None:
    adult(household)
    make.ConsentFactory(person=child, purpose=Purpose.CONTACT)
    Person.objects.filter(pk=child.pk).update(birth_date=born(18, days=1))
    expected(child)
    assert sent_to() == set(THEIRS.values())


def test_who_may_still_be_a_child_is_held_to_be_one(household, child) -> None:
    make.ConsentFactory(person=child, purpose=Purpose.CONTACT)
    Person.objects.filter(pk=child.pk).update(
        birth_date=date(TODAY.year - 18, 1, 1), birth_precision=BirthPrecision.AROUND
    )
    expected(child)
    assert sent_to() == set()


def test_the_adult_s_own_consent_is_asked(household, child) -> None:
    adult(household, consents=False)
    make.ConsentFactory(person=child, purpose=Purpose.PLAN_REFERRALS, by_parent=True)
    expected(child)
    assert sent_to() == set()


def test_the_spouse_is_told_where_the_principal_person_may_not_be(household, child) -> None:
    adult(household, consents=False)
    adult(household, Relation.SPOUSE, phone="+15145550102", email="conjointe@exemple.example")
    expected(child)
    assert sent_to() == {"+15145550102", "conjointe@exemple.example"}


def test_who_signed_for_the_child_comes_first(household, child) -> None:
    adult(household)
    guardian = adult(make.HouseholdFactory(), phone="+15145550103", email="tutrice@exemple.example")
    make.ConsentFactory(person=child, by_parent=True, guardian=guardian)
    expected(child)
    assert sent_to() == {"+15145550103", "tutrice@exemple.example"}


def test_a_relative_of_another_household_or_another_member_is_not_told(household, child) -> None:
    relative = adult(make.HouseholdFactory())
    make.FamilyLinkFactory(person=relative, other=child, kind=LinkKind.PARENT)
    adult(household, Relation.OTHER)
    lives(household, Relation.PRINCIPAL, birth_date=born(17), **THEIRS)  # a sister who heads it, a child too
    expected(child)
    assert sent_to() == set()


def test_who_left_the_household_is_not_told(household, child) -> None:
    parent = adult(household)
    parent.memberships.update(ends_on=TODAY)
    expected(child)
    assert sent_to() == set()


def test_a_consent_taken_back_before_it_leaves_keeps_it(household, child) -> None:
    parent = adult(household)
    expected(child)
    assert sent_to()
    Consent.objects.filter(person=parent).update(withdrawn_on=TODAY)
    assert sent_to() == set()
