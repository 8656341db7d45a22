"""Who may name whom."""

from typing import Any

from django.db.models import Q, QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.people.models import FamilyLink, Household, Member, Person
from arrimage.people.reach import persons_accompanied_by


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the persons `actor` may name.

    Those their region recorded for who receives, accompanies or protects; themselves for a newcomer. What accompanies
    a person (file, needs, plan) is another matter: `casework.queries`. Never a record merged into another.
    """
    persons = Person.objects.filter(merged_into__isnull=True)
    if any(actor.may(right) for right in (Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY)):
        return persons if actor.region_id is None else persons.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return persons.filter(pk=actor.scope_id)
    return persons.none()


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """Return the households in which somebody `actor` accompanies is, or was."""
    theirs = Member.objects.filter(person__in=persons_accompanied_by(actor))
    return Household.objects.filter(pk__in=theirs.values("household"))


def family_links_visible_to(actor: Actor) -> QuerySet[FamilyLink]:
    """Return the links between two persons whose files `actor` may both open."""
    accompanied = persons_accompanied_by(actor).values("pk")
    return FamilyLink.objects.filter(person__in=accompanied, other__in=accompanied)


def family_links_of(actor: Actor, person: Person) -> QuerySet[FamilyLink]:
    """Return the links of one person that `actor` may see."""
    return family_links_visible_to(actor).filter(Q(person=person) | Q(other=person))


def records_of(person_id: int | None) -> QuerySet[Any, Any]:
    """Return the keys of a person's records: theirs, and those merged into it, where what is final stays."""
    return Person.objects.filter(Q(pk=person_id) | Q(merged_into=person_id)).order_by().values("pk")
