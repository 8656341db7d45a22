"""Opening the files of those who were met, as one household."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions import open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.people.actions import NewMember, add_members, record_households, record_persons
from arrimage.people.duplicates import record_different
from arrimage.people.models import Household, Person
from arrimage.people.queries import persons_visible_to
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Welcome:
    """A party met at the airport: whose files open, at which point of service."""

    party: Party
    service_point: ServicePoint
    identities: Mapping[UUID, "Identity"] = field(default_factory=dict)  # by arrival, when somebody alike is known


@dataclass(frozen=True)
class Identity:
    """Who somebody is among those already recorded: one of them (`same`), or none of `others`, and why."""

    same: Person | None = None
    others: Sequence[Person] = ()
    reason: str = ""


@action
def open_party_files(actor: Actor, items: Sequence[Welcome]) -> list[File]:
    """Open a file for each person met of each party, together as a household; those already open are left as they are.

    The person keeps the `uid` the manifest announced. A repeat opens nothing twice.
    """
    for item in items:
        require(actor, Right.RECEIVE_ARRIVALS, region_id=item.party.region_id)
        if item.service_point.region_id != item.party.region_id:
            raise InvalidInput(_("Ce point de services est dans une autre région."), field="service_point")
    _lock_parties([item.party for item in items])
    waiting: dict[int, list[Arrival]] = defaultdict(list)
    arrivals = Arrival.objects.select_for_update(of=("self",)).filter(
        party__in=[item.party for item in items], outcome=ArrivalOutcome.MET, person__isnull=True
    )
    for arrival in arrivals.select_related("party").order_by("party_id", "pk"):
        waiting[arrival.party_id].append(arrival)
    welcomes = [item for item in items if waiting[item.party.pk]]
    identities = {uid: identity for item in welcomes for uid, identity in item.identities.items()}
    _recognise(actor, [arrival for each in waiting.values() for arrival in each], identities)
    already = _with_active_file(waiting)
    _write_households([(item.party, waiting[item.party.pk]) for item in welcomes])
    openings = [
        NewFile(
            person=_person_of(arrival),
            service_point=item.service_point,
            arrived_on=arrived_on(arrival),
            opened_on=arrived_on(arrival),
        )
        for item in welcomes
        for arrival in waiting[item.party.pk]
        if (arrival.person_id, item.party.region_id) not in already
    ]
    files = open_files(actor, openings)
    _tell_apart(actor, [arrival for each in waiting.values() for arrival in each], identities)
    return files


def _recognise(actor: Actor, arrivals: Sequence[Arrival], identities: Mapping[UUID, Identity]) -> None:
    """Give arrivals the persons already recorded that somebody recognised."""
    named = {identity.same.pk for identity in identities.values() if identity.same}
    known = persons_visible_to(actor).in_bulk(named)
    if len(known) < len(named):
        raise InvalidInput(_("Une de ces personnes n’est pas parmi celles que vous pouvez voir."))
    taken: set[int] = set()
    for arrival in arrivals:
        identity = identities.get(arrival.uid)
        if identity is None or identity.same is None:
            continue
        if identity.same.pk in taken:
            raise InvalidInput(_("Deux personnes du groupe ne peuvent pas être la même."))
        taken.add(identity.same.pk)
        arrival.person = known[identity.same.pk]


def _tell_apart(actor: Actor, arrivals: Sequence[Arrival], identities: Mapping[UUID, Identity]) -> None:
    """Record that those alike are other persons, where somebody said so."""
    for arrival in arrivals:
        identity = identities.get(arrival.uid)
        if identity and identity.same is None and identity.others:
            record_different(actor, [(_person_of(arrival), other) for other in identity.others], identity.reason)


def _with_active_file(waiting: Mapping[int, Sequence[Arrival]]) -> set[tuple[int | None, int]]:
    """Return the persons recognised who have an active file already, with its region."""
    persons = [arrival.person_id for arrivals in waiting.values() for arrival in arrivals if arrival.person_id]
    with elevated():
        files = File.objects.filter(person__in=persons, status=FileStatus.ACTIVE)
        return set(files.values_list("person_id", "region_id"))


def _lock_parties(parties: Sequence[Party]) -> None:
    """Hold other openings for these parties until ours is done, and see the household the last one made."""
    locked = Party.objects.select_for_update(of=("self",)).filter(pk__in=[party.pk for party in parties])
    households = dict(locked.order_by("pk").values_list("pk", "household_id"))
    for party in parties:
        party.household_id = households[party.pk]


def arrived_on(arrival: Arrival) -> date:
    """Return the local day the person was met."""
    if arrival.met_at is None:
        raise InvalidInput(_("%(name)s n’a pas encore été accueillie.") % {"name": str(arrival)})
    return timezone.localtime(arrival.met_at).date()


def _write_households(items: Sequence[tuple[Party, list[Arrival]]]) -> None:
    """Write the persons of each party: a new household, or the one its first members already made."""
    for _party, arrivals in items:
        for arrival in arrivals:
            if arrival.person is not None:
                continue
            arrival.person = Person(
                uid=arrival.uid,
                region_id=arrival.region_id,
                given_name=arrival.given_name,
                family_name=arrival.family_name,
                original_name=arrival.original_name,
                birth_date=arrival.birth_date,
                birth_precision=arrival.birth_precision,
                gender=arrival.gender,
                birth_country=arrival.birth_country,
                preferred_language=arrival.language,
                phone=arrival.phone,
                email=arrival.email,
            )
    fresh = [(party, arrivals) for party, arrivals in items if party.household_id is None]
    households = record_households(
        [[_member(arrival) for arrival in arrivals] for _party, arrivals in fresh],
        since=[arrived_on(arrivals[0]) for _party, arrivals in fresh],
    )
    parties = []
    for (party, _arrivals), household in zip(fresh, households, strict=True):
        party.household = household
        parties.append(party)
    update_rows(Party, parties, ["household"])

    made = {party.pk for party, _arrivals in fresh}
    late = [(party, arrivals) for party, arrivals in items if party.pk not in made]
    if late:
        record_persons([_person_of(arrival) for _party, arrivals in late for arrival in arrivals])
        known = {
            household.pk: household
            for household in Household.objects.filter(pk__in=[party.household_id for party, _arrivals in late])
        }
        add_members(
            [
                (known[party.household_id], [_member(arrival) for arrival in arrivals], arrived_on(arrivals[0]))
                for party, arrivals in late
                if party.household_id is not None
            ]
        )
    update_rows(Arrival, [arrival for _party, arrivals in items for arrival in arrivals], ["person"])


def _member(arrival: Arrival) -> NewMember:
    return NewMember(
        person=_person_of(arrival),
        relation=arrival.relation,
        category=arrival.category,
        status_since=arrived_on(arrival),
    )


def _person_of(arrival: Arrival) -> Person:
    if arrival.person is None:
        raise InvalidInput(_("Cette arrivée n’a pas encore de personne."))
    return arrival.person
