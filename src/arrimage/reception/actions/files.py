"""Opening the files of those who were met, as one household."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions import open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.models import File
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.people.actions import NewMember, add_members, record_households
from arrimage.people.models import Household, Person
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Welcome:
    """A party met at the airport: whose files open, at which point of service."""

    party: Party
    service_point: ServicePoint


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
    ]
    return open_files(actor, openings)


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
        persons = [_person_of(arrival) for _party, arrivals in late for arrival in arrivals]
        for person in persons:
            person.fill_search_key()
        Person.objects.bulk_create(persons)
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
