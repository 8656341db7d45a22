"""What is known of a person: written, put right and removed by who accompanies them; the database refuses the rest."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from arrimage.people.actions import (
    add_details,
    change_status,
    edit_details,
    edit_person,
    remove_detail,
    use_name,
)
from arrimage.people.enums import Category, NameKind
from arrimage.people.models import FrenchLevel, Person, PersonLanguage, PersonName, PersonOccupation, PersonStatus
from arrimage.people.search import find_named
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> File:
    return f.FileFactory(person__given_name="Nadia", person__family_name="Haddad")


@pytest.fixture
def agent(file: File) -> Actor:
    return f.actor(Role.INTEGRATION_AGENT, service_point=file.service_point)


def edit(agent: Actor, person: Person, **values: Any) -> Person:
    return edit_person(agent, person, values, version=person.version)


def test_every_name_finds_the_person_and_the_one_in_use_comes_first(agent: Actor, file: File) -> None:
    add_details(agent, [f.PersonNameFactory.build(person=file.person, given_name="Nadia", family_name="Al-Khoury")])
    person = Person.objects.get(pk=file.person.pk)
    assert person.search_key == "haddad nadia al khoury nadia"
    assert find_named(Person.objects.all(), "khoury", 5) == [person]


def test_a_name_removed_finds_nobody(agent: Actor, file: File) -> None:
    [name] = add_details(agent, [PersonName(person=file.person, family_name="Khoury")])
    remove_detail(agent, name, version=1)
    assert find_named(Person.objects.all(), "khoury", 5) == []
    assert changes_of(name).filter(operation="delete").exists()


def test_the_name_in_use_changes_places_with_another(agent: Actor, file: File) -> None:
    name = f.PersonNameFactory(person=file.person, kind=NameKind.MARRIED, given_name="Nadia", family_name="Tremblay")
    person = use_name(agent, name, version=name.version)
    name.refresh_from_db()
    assert (str(person), person.name_kind) == ("Nadia Tremblay", NameKind.MARRIED)
    assert (str(name), name.kind) == ("Nadia Haddad", NameKind.OFFICIAL)
    assert Person.objects.get(pk=person.pk).search_key.startswith("tremblay nadia haddad")


def test_a_name_in_another_script_alone_cannot_be_the_one_in_use(agent: Actor, file: File) -> None:
    name = f.PersonNameFactory(person=file.person, given_name="", family_name="", original_name="نادية")
    with pytest.raises(InvalidInput):
        use_name(agent, name, version=name.version)


def test_somebody_keeps_at_least_one_name(agent: Actor, file: File) -> None:
    assert str(edit(agent, file.person, given_name="")) == "Haddad"
    person = Person.objects.get(pk=file.person.pk)
    with pytest.raises(InvalidInput):
        edit(agent, person, family_name="")


def test_nobody_is_born_tomorrow(agent: Actor, file: File) -> None:
    with pytest.raises(InvalidInput):
        edit(agent, file.person, birth_date=clock.today() + timedelta(days=1))


def test_a_version_that_was_not_read_is_a_conflict(agent: Actor, file: File) -> None:
    stale = Person.objects.get(pk=file.person.pk)
    edit(agent, file.person, given_name="Nadya")
    with pytest.raises(Conflict):
        edit(agent, stale, given_name="Nadja")


def test_a_detail_removed_meanwhile_is_a_conflict(agent: Actor, file: File) -> None:
    language = f.PersonLanguageFactory(person=file.person)
    remove_detail(agent, language, version=language.version)
    with pytest.raises(Conflict):
        edit_details(agent, [Change(language, {"language": "es"}, language.version)])


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT, Role.PRIVACY_OFFICER])
def test_only_who_accompanies_writes(file: File, role: Role) -> None:
    stranger = f.actor(role, service_point=f.ServicePointFactory()) if role == Role.INTEGRATION_AGENT else f.actor(role)
    with pytest.raises(NotAllowed):
        add_details(stranger, [PersonLanguage(person=file.person, language="ar")])
    with pytest.raises(NotAllowed):
        edit(stranger, file.person, given_name="Autre")


def test_the_same_language_twice_is_refused_in_words(agent: Actor, file: File) -> None:
    f.PersonLanguageFactory(person=file.person)
    with pytest.raises(InvalidInput, match="déjà inscrite"):
        add_details(agent, [PersonLanguage(person=file.person, language="ar")])


def test_a_level_of_french_to_come_is_refused(agent: Actor, file: File) -> None:
    level = f.FrenchLevelFactory.build(person=file.person, assessed_on=clock.today() + timedelta(days=1))
    with pytest.raises(InvalidInput):
        add_details(agent, [level])


# --- Statuses -------------------------------------------------------------------------------------------------------
DAY = date(2026, 3, 1)


def test_a_change_of_status_ends_the_one_before_on_the_eve(agent: Actor, file: File) -> None:
    before = f.PersonStatusFactory(person=file.person, category=Category.ASYLUM_SEEKER, starts_on=date(2025, 1, 1))
    after = PersonStatus(person=file.person, category=Category.REFUGEE_RECOGNISED_HERE, starts_on=DAY)
    change_status(agent, after, replaces=True)
    before.refresh_from_db()
    assert before.ends_on == DAY - timedelta(days=1)


def test_two_statuses_may_hold_together_when_that_is_said(agent: Actor, file: File) -> None:
    before = f.PersonStatusFactory(person=file.person, category=Category.ASYLUM_SEEKER, starts_on=date(2025, 1, 1))
    change_status(agent, PersonStatus(person=file.person, category=Category.STUDENT, starts_on=DAY), replaces=False)
    before.refresh_from_db()
    assert before.ends_on is None


def test_a_status_of_the_same_day_is_a_correction(agent: Actor, file: File) -> None:
    f.PersonStatusFactory(person=file.person, starts_on=DAY)
    with pytest.raises(InvalidInput, match="corrigez"):
        change_status(agent, PersonStatus(person=file.person, category=Category.STUDENT, starts_on=DAY), replaces=True)


def test_a_correction_ends_nothing(agent: Actor, file: File) -> None:
    status = f.PersonStatusFactory(person=file.person, starts_on=DAY)
    edit_details(agent, [Change(status, {"starts_on": date(2026, 2, 1)}, status.version)])
    assert list(PersonStatus.objects.values_list("starts_on", "ends_on")) == [(date(2026, 2, 1), None)]


def test_the_same_status_cannot_hold_twice_on_a_day(agent: Actor, file: File) -> None:
    f.PersonStatusFactory(person=file.person, starts_on=DAY)
    with pytest.raises(InvalidInput, match="déjà inscrit"):
        change_status(
            agent,
            PersonStatus(person=file.person, category=Category.SKILLED_WORKER, starts_on=date(2026, 4, 1)),
            replaces=False,
        )


# --- What the database refuses --------------------------------------------------------------------------------------
def refused(model: type[Any], **values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([model(person=f.PersonFactory(), **values)])


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (PersonName, {}),
        (PersonName, {"family_name": "A", "starts_on": DAY, "ends_on": DAY - timedelta(days=1)}),
        (PersonLanguage, {"language": "Arabe"[:3]}),
        (PersonLanguage, {"language": "ar", "speaks": 4}),
        (FrenchLevel, {"assessed_on": DAY, "source": "agent"}),
        (FrenchLevel, {"assessed_on": DAY, "source": "agent", "reading": 13}),
        (FrenchLevel, {"assessed_on": DAY, "source": "agent", "writing": 0}),
        (PersonOccupation, {"kind": "abroad"}),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(model: type[Any], values: dict[str, Any]) -> None:
    refused(model, **values)


@pytest.mark.parametrize(
    ("day", "precision"), [(date(1984, 2, 3), "month"), (date(1984, 2, 1), "year"), (None, "around"), (DAY, "week")]
)
def test_a_birth_date_says_no_more_than_is_known(day: date | None, precision: str) -> None:
    person = f.PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(birth_date=day, birth_precision=precision)
