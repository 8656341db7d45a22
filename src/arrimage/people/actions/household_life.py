"""What becomes of a household: it starts, splits, merges, is joined, and what was written of it is corrected.

Each act takes the version of the household that was read, and raises it: two agents who act on one household at once
cannot both succeed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.enums import Relation
from arrimage.people.models import Household, Member, Person
from arrimage.people.reach import persons_accompanied_by, require_accompanied


@dataclass(frozen=True)
class ReadHousehold:
    """A household, at the version the actor read."""

    household: Household
    version: int


@action
def start_household(actor: Actor, person: Person, *, on: date) -> Household:
    """Write a household of one, for somebody who has none. Raises `InvalidInput` when they have one on that day."""
    require_accompanied(actor, [person.pk])
    _not_to_come(on)
    household = Household.objects.create(region_id=person.region_id)
    with refused_in_words():
        Member.objects.create(household=household, person=person, relation=Relation.PRINCIPAL, starts_on=on)
    return household


@action
def split_household(
    actor: Actor, left: ReadHousehold, persons: Sequence[Person], *, on: date, into: ReadHousehold | None = None
) -> Household:
    """Let members leave together on a day, for a new household or another one; return the one they are in now."""
    require_accompanied(actor, [person.pk for person in persons])
    _hold(actor, [left, *([into] if into else [])])
    members = _current(left.household)
    keys = {person.pk for person in persons}
    leaving = [member for member in members if member.person_id in keys]
    if not leaving or len(leaving) != len(keys):
        raise InvalidInput(_("Choisissez des personnes qui sont dans ce ménage."), field="persons")
    if into is None and len(leaving) == len(members):
        raise InvalidInput(_("Si tout le monde part ensemble, le ménage reste le même."), field="persons")
    target = into.household if into else Household.objects.create(region_id=left.household.region_id)
    _move(leaving, target, on)
    return target


@action
def merge_households(actor: Actor, kept: ReadHousehold, gone: ReadHousehold, *, on: date) -> Household:
    """Make two households live as one from a day on: everybody of `gone` joins `kept`."""
    if kept.household.pk == gone.household.pk:
        raise InvalidInput(_("Ces personnes sont déjà dans le même ménage."))
    _hold(actor, [kept, gone])
    members = _current(gone.household)
    if not members:
        raise InvalidInput(_("Plus personne n’est dans ce ménage."))
    require_accompanied(actor, [member.person_id for member in members])
    _move(members, kept.household, on)
    return kept.household


@action
def join_household(actor: Actor, joined: ReadHousehold, person: Person, *, relation: str, on: date) -> Member:
    """Add somebody to a household from a day on; they leave the one they are in."""
    require_accompanied(actor, [person.pk])
    _not_to_come(on)
    former = Member.objects.filter(person=person, ends_on__isnull=True).select_related("household").first()
    if former is not None and former.household_id == joined.household.pk:
        raise InvalidInput(_("Cette personne est déjà dans le ménage."))
    left = [ReadHousehold(former.household, former.household.version)] if former else []
    _hold(actor, [joined, *left])
    if former is not None:
        _end([former], on)
    with refused_in_words():
        return Member.objects.create(household=joined.household, person=person, relation=relation, starts_on=on)


@action
def correct_member(
    actor: Actor, read: ReadHousehold, member: Member, *, relation: str, starts_on: date, ends_on: date | None
) -> Member:
    """Put right what was written of somebody's place in a household, which was never so."""
    _hold(actor, [read])
    locked = Member.objects.select_for_update().get(pk=member.pk, household=read.household)
    _not_to_come(starts_on, field="starts_on")
    locked.relation, locked.starts_on, locked.ends_on = relation, starts_on, ends_on
    if ends_on is not None:
        _not_to_come(ends_on, field="ends_on")
    with refused_in_words():
        locked.save()
    return locked


def _hold(actor: Actor, read: Sequence[ReadHousehold]) -> None:
    """Lock households of people the actor accompanies, at the versions that were read, and raise these."""
    locked = lock(Household, [each.household.pk for each in read])
    for each in read:
        if locked[each.household.pk].version != each.version:
            raise Conflict(_("Ce ménage a été modifié entre-temps. Relisez-le avant de recommencer."))
        if not persons_accompanied_by(actor).filter(memberships__household=each.household.pk).exists():
            require_accompanied(actor, _members_of(each.household))
    Household.objects.filter(pk__in=locked).update(updated_at=clock.now())  # the database counts one version more


def _members_of(household: Household) -> list[int]:
    return list(Member.objects.filter(household=household).values_list("person_id", flat=True))


def _current(household: Household) -> list[Member]:
    members = Member.objects.select_for_update(of=("self",)).filter(household=household, ends_on__isnull=True)
    return list(members.select_related("person").order_by("pk"))


def _move(members: Sequence[Member], target: Household, on: date) -> None:
    """End these places and open others in `target`, from the same day on; each household keeps a principal person."""
    _not_to_come(on)
    _end(members, on)
    with refused_in_words():
        Member.objects.bulk_create(
            [
                Member(household=target, person_id=member.person_id, relation=member.relation, starts_on=on)
                for member in members
            ]
        )
    for household in {target.pk, *(member.household_id for member in members)}:
        _keep_one_principal(household)


def _end(members: Sequence[Member], on: date) -> None:
    for member in members:
        if on < member.starts_on:
            raise InvalidInput(
                _("%(person)s n’était pas encore dans ce ménage à cette date.") % {"person": member.person}, field="on"
            )
    Member.objects.filter(pk__in=[member.pk for member in members]).update(ends_on=on)


def _keep_one_principal(household: int) -> None:
    """Leave the first principal person as such; without any, the first who is no child, else the first."""
    members = list(Member.objects.filter(household=household, ends_on__isnull=True).order_by("pk"))
    if not members:
        return
    principals = [member for member in members if member.relation == Relation.PRINCIPAL]
    adults = [member for member in members if member.relation != Relation.CHILD]
    first = (principals or adults or members)[0]
    Member.objects.filter(pk=first.pk).exclude(relation=Relation.PRINCIPAL).update(relation=Relation.PRINCIPAL)
    Member.objects.filter(pk__in=[member.pk for member in principals if member.pk != first.pk]).update(
        relation=Relation.OTHER
    )


def _not_to_come(day: date, *, field: str = "on") -> None:
    if day > clock.today():
        raise InvalidInput(_("Cette date est à venir."), field=field)
