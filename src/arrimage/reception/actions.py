"""What the airport does: say who was met, open their files, give the first appointment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions import assign_files, open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.people.actions import NewMember, add_members, record_households
from arrimage.people.models import Household, Person
from arrimage.reception.enums import ARRIVAL_TRANSITIONS, ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.scheduling.actions import NewAppointment, book_appointments
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Welcome:
    """A party met at the airport: whose files open, at which point of service."""

    party: Party
    service_point: ServicePoint


@dataclass(frozen=True)
class FirstAppointment:
    """A slot given to the persons of a party."""

    slot: Slot
    files: Sequence[File] = field(default_factory=tuple)
    interpreter_language: str = ""


@transaction.atomic
def record_outcomes(
    actor: Actor, arrivals: Sequence[Arrival], outcome: ArrivalOutcome, *, at: datetime | None = None
) -> list[Arrival]:
    """Say of each arrival whether the person was met, did not come, or what else. A repeat changes nothing."""
    for region_id in {arrival.region_id for arrival in arrivals}:
        require(actor, Right.RECEIVE_ARRIVALS, region_id=region_id)
    locked = list(
        Arrival.objects.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in arrivals]).order_by("pk")
    )
    changed = []
    for arrival in locked:
        if arrival.outcome == outcome:
            continue
        if arrival.person_id is not None:
            raise Conflict(
                _("Le dossier de %(name)s est déjà ouvert : son accueil ne peut plus être défait.")
                % {"name": str(arrival)}
            )
        ARRIVAL_TRANSITIONS.check(arrival.outcome, outcome)
        arrival.outcome = outcome
        met = outcome == ArrivalOutcome.MET
        arrival.met_at = (at or clock.now()) if met else None
        arrival.met_by_id = actor.user_id if met else None
        changed.append(arrival)
    update_rows(Arrival, changed, ["outcome", "met_at", "met_by"])
    return locked


@transaction.atomic
def open_party_files(actor: Actor, items: Sequence[Welcome]) -> list[File]:
    """Open a file for each person met of each party, together as a household; those already open are left as they are.

    The person keeps the `uid` the manifest announced. A repeat opens nothing twice.
    """
    for item in items:
        require(actor, Right.RECEIVE_ARRIVALS, region_id=item.party.region_id)
        if item.service_point.region_id != item.party.region_id:
            raise InvalidInput(_("Ce point de services est dans une autre région."), field="service_point")
    Party.objects.select_for_update(of=("self",)).filter(pk__in=[item.party.pk for item in items]).count()
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
                given_name=arrival.given_name,
                family_name=arrival.family_name,
                original_name=arrival.original_name,
                birth_date=arrival.birth_date,
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


@transaction.atomic
def book_first_appointments(actor: Actor, items: Sequence[FirstAppointment]) -> list[Appointment]:
    """Give parties their first appointment; the agent who receives them answers for their files."""
    appointments = book_appointments(
        actor,
        [
            NewAppointment(
                service_point=item.slot.service_point,
                agent=item.slot.agent,
                starts_at=item.slot.starts_at,
                ends_at=item.slot.ends_at,
                persons=[file.person for file in item.files],
                kind=AppointmentKind.FIRST,
                interpreter_language=item.interpreter_language,
            )
            for item in items
        ],
    )
    by_agent: dict[int, list[File]] = defaultdict(list)
    agents = {item.slot.agent.pk: item.slot.agent for item in items}
    for item in items:
        by_agent[item.slot.agent.pk] += item.files
    for agent_id, files in by_agent.items():
        assign_files(actor, files, agents[agent_id])
    return appointments
