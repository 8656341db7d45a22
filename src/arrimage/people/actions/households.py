"""Writing persons and households down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from arrimage.people.enums import Relation
from arrimage.people.models import Household, Member, Person, PersonStatus


@dataclass(frozen=True)
class NewMember:
    """A person (not saved yet) with their place in the household and their immigration status."""

    person: Person
    relation: str = Relation.PRINCIPAL
    category: str = ""
    status_since: date | None = None
    status_until: date | None = None


@transaction.atomic
def record_households(households: Sequence[Sequence[NewMember]], *, since: Sequence[date]) -> list[Household]:
    """Write several new households and their members at once; `since` gives each one's first day.

    A person already recorded becomes a member as they are. A household is recorded in the region of its first
    member. Called by actions that have checked rights already.
    """
    rows = Household.objects.bulk_create(
        [Household(region_id=members[0].person.region_id) for members in households], batch_size=1000
    )
    record_persons([member.person for members in households for member in members])
    add_members(list(zip(rows, households, since, strict=True)))
    return rows


def record_persons(persons: Sequence[Person]) -> None:
    """Write the persons that are not written yet, with their search keys."""
    new = [person for person in persons if person._state.adding]
    for person in new:
        person.fill_search_key()
    Person.objects.bulk_create(new, batch_size=1000)


def add_members(items: Sequence[tuple[Household, Sequence[NewMember], date]]) -> None:
    """Put persons already written into households, with their statuses."""
    Member.objects.bulk_create(
        [
            Member(household=household, person=member.person, relation=member.relation, starts_on=day)
            for household, members, day in items
            for member in members
        ],
        batch_size=1000,
    )
    PersonStatus.objects.bulk_create(
        [
            PersonStatus(
                person=member.person,
                category=member.category,
                starts_on=member.status_since or day,
                ends_on=member.status_until,
            )
            for _household, members, day in items
            for member in members
            if member.category
        ],
        batch_size=1000,
    )
