"""The people around somebody: the household of today, the family in other households."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.foundation.writing import write_phone
from arrimage.people.models import FamilyLink, Household, Member, Person
from arrimage.people.queries import family_links_of


@dataclass(frozen=True)
class ShownHousehold:
    """A household and the others in it today."""

    household: Household
    others: list[Member]


@dataclass(frozen=True)
class Relative:
    """Somebody of the family, who lives elsewhere: what they are to the person."""

    link: FamilyLink
    person: Person
    kind: str


def household_shown(actor: Actor, person: Person) -> ShownHousehold | None:
    own = Member.objects.filter(person=person, ends_on__isnull=True).select_related("household").first()
    if own is None:
        return None
    others = own.household.memberships.filter(ends_on__isnull=True).exclude(person=person).select_related("person")
    return ShownHousehold(own.household, list(others.order_by("pk")))


def family_of(actor: Actor, person: Person) -> list[Relative]:
    """Return the family links of a person whose two files the actor may open."""
    links = family_links_of(actor, person).select_related("person", "other").order_by("pk")
    return [
        Relative(link, link.other if link.person_id == person.pk else link.person, str(link.kind_for(person).label))
        for link in links
    ]


def ways_to_reach(members: list[Member]) -> list[tuple[str, str]]:
    """Return each telephone and address once, with those who share it."""
    ways: dict[str, list[str]] = {}
    for member in members:
        for way in (write_phone(member.person.phone), member.person.email):
            if way:
                ways.setdefault(way, []).append(str(member.person))
    return [(way, _(", ").join(names)) for way, names in ways.items()]


def title_of(members: list[Member]) -> str:
    """Return « Nadia Haddad et son ménage », after the principal person, or whoever is left or was first."""
    first = next((each for each in members if each.relation == "principal"), members[0] if members else None)
    return _("%(person)s et son ménage") % {"person": first.person} if first else _("Ménage")


def member_of(members: list[Member], person: UUID) -> Member | None:
    """Return somebody's place in a household: today's, else the last."""
    return next((member for member in members if member.person.uid == person), None)
