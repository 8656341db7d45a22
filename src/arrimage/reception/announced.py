"""What a manifest says beside what is known: which arrival a row is about, what it changes, and writing that down."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from arrimage.foundation.imports import Counts, Row
from arrimage.foundation.imports.upsert import differing_fields
from arrimage.foundation.writes import update_rows
from arrimage.people.births import Birth
from arrimage.people.enums import Gender, Relation
from arrimage.people.rules import search_key
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Party
from arrimage.territory.models import ServicePoint

BATCH = 1_000
FlightKey = tuple[str, date]
# What a row says of the person; the fields bear the names of the columns, but for the birth date and its precision.
SAID = (
    "family_name",
    "given_name",
    "original_name",
    "gender",
    "birth_country",
    "language",
    "category",
    "relation",
    "phone",
    "email",
)
PERSONAL = (*SAID, "birth_date", "birth_precision")


@lru_cache(maxsize=50_000)
def fold_names(family_name: str, given_name: str) -> Hashable:
    """Return the names as they are compared: accents, case and script forgiven."""
    return search_key(family_name) or family_name, search_key(given_name) or given_name


def fold(row: Row) -> Hashable:
    return fold_names(row["family_name"], row["given_name"])


@dataclass
class Announcements:
    """The flights, parties and arrivals that some rows may be about, in one region."""

    region_id: int
    flights: dict[FlightKey, Flight] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    by_uid: dict[UUID, Arrival] = field(default_factory=dict)
    by_person: dict[Hashable, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    by_party: dict[int, list[Arrival]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def about(cls, rows: Sequence[Row], region_id: int, *, lock: bool = False) -> "Announcements":
        """Read what concerns `rows`, in five queries at most; with `lock`, nobody changes those arrivals meanwhile."""
        known = cls(region_id)
        flights = Flight.objects.filter(
            region_id=region_id,
            number__in={row["flight_number"] for row in rows},
            lands_on__in={row["date"] for row in rows},
        )
        known.flights = {(flight.number, flight.lands_on): flight for flight in flights}
        parties = Party.objects.filter(region_id=region_id, reference__in={row["party"] for row in rows})
        known.parties = {party.reference: party for party in parties}
        arrivals = Arrival.objects.filter(
            Q(party__in=known.parties.values()) | Q(uid__in={row["uid"] for row in rows if row["uid"]}),
            region_id=region_id,
        )
        if lock:
            arrivals = arrivals.select_for_update(of=("self",))
        found = list(arrivals.order_by("pk"))
        _attach(found, known)
        for arrival in found:
            known.by_uid[arrival.uid] = arrival
            key = arrival.party.reference, fold_names(arrival.family_name, arrival.given_name), arrival.birth
            known.by_person[key].append(arrival)
            known.by_party[arrival.party_id].append(arrival)
        return known

    def arrival_of(self, row: Row) -> Arrival | None:
        """Return the arrival a row is about: by identifier, else the same person of the same party.

        On the flight the row names when there are several: somebody moved to another flight stays one person.
        """
        if row["uid"] and row["uid"] in self.by_uid:
            return self.by_uid[row["uid"]]
        found = self.by_person.get((row["party"], fold(row), row["birth_date"]), [])
        flight = row["flight_number"], row["date"]
        return next((a for a in found if (a.flight.number, a.flight.lands_on) == flight), found[0] if found else None)

    @staticmethod
    def is_settled(arrival: Arrival) -> bool:
        """Say whether the airport has already met the person: a manifest then changes nothing of them."""
        return arrival.outcome == ArrivalOutcome.MET or arrival.person_id is not None

    def changes(self, row: Row, arrival: Arrival) -> bool:
        """Say whether a row says of an arrival anything else than what is known."""
        return bool(
            differing_fields(arrival, _said(row))
            or (row["flight_number"], row["date"]) != (arrival.flight.number, arrival.flight.lands_on)
            or row["party"] != arrival.party.reference
        )

    def write(self, rows: Sequence[Row], airport: ServicePoint) -> Counts:
        """Write what the rows say, and count them: added, changed, already so."""
        moved = self._write_flights(rows, airport)
        renamed = self._write_parties(rows)
        created: list[Arrival] = []
        changed: list[Arrival] = []
        touched = 0
        for row in rows:
            arrival = self.arrival_of(row)
            flight, party = self.flights[row["flight_number"], row["date"]], self.parties[row["party"]]
            around = (row["flight_number"], row["date"]) in moved or row["party"] in renamed
            if arrival is None:
                created.append(self._new(row, flight, party))
                continue
            if not self.is_settled(arrival) and self._rewrite(arrival, row, flight, party):
                changed.append(arrival)
            elif around:
                touched += 1
        Arrival.objects.bulk_create(created, batch_size=BATCH)
        update_rows(Arrival, changed, [*PERSONAL, "flight", "party", "outcome"])
        updated = len(changed) + touched
        return Counts(created=len(created), updated=updated, unchanged=len(rows) - len(created) - updated)

    def _new(self, row: Row, flight: Flight, party: Party) -> Arrival:
        values = _said(row)
        first = not self.by_party[party.pk]
        values.setdefault("relation", Relation.PRINCIPAL if first else Relation.OTHER)
        values.setdefault("gender", Gender.UNKNOWN)
        if row["uid"]:
            values["uid"] = row["uid"]
        arrival = Arrival(region_id=self.region_id, flight=flight, party=party, **values)
        self.by_party[party.pk].append(arrival)
        return arrival

    @staticmethod
    def _rewrite(arrival: Arrival, row: Row, flight: Flight, party: Party) -> bool:
        """Change an arrival that nobody has met yet; on another flight, the person is expected again."""
        values: dict[str, Any] = {**_said(row), "flight": flight, "party": party}
        if arrival.flight_id != flight.pk:
            values["outcome"] = ArrivalOutcome.EXPECTED
        names = differing_fields(arrival, values)
        for name in names:
            setattr(arrival, name, values[name])
        return bool(names)

    def _write_flights(self, rows: Sequence[Row], airport: ServicePoint) -> set[FlightKey]:
        """Write new flights, and times and origins that changed; return the keys of those that changed."""
        said: dict[FlightKey, dict[str, Any]] = defaultdict(dict)
        for row in rows:
            values = said[row["flight_number"], row["date"]]
            values |= {
                name: row[column]
                for name, column in (("lands_at", "time"), ("origin", "origin"))
                if row[column] not in (None, "")
            }
        created, changed = [], {}
        for (number, day), values in said.items():
            flight = self.flights.get((number, day))
            if flight is None:
                flight = Flight(region_id=self.region_id, service_point=airport, number=number, lands_on=day, **values)
                created.append(flight)
                self.flights[number, day] = flight
            elif _set(flight, values):
                changed[number, day] = flight
        Flight.objects.bulk_create(created, batch_size=BATCH)
        update_rows(Flight, changed.values(), ["lands_at", "origin"])
        return set(changed)

    def _write_parties(self, rows: Sequence[Row]) -> set[str]:
        """Write new parties; add needs and destinations to those not all met yet; return the references changed."""
        said: dict[str, tuple[list[str], str]] = {}
        for row in rows:
            needs, destination = said.get(row["party"], ([], ""))
            needs += [line for line in row["special_needs"].splitlines() if line not in needs]
            said[row["party"]] = needs, row["destination"] or destination
        created, changed = [], {}
        for reference, (needs, destination) in said.items():
            party = self.parties.get(reference)
            if party is None:
                party = Party(
                    region_id=self.region_id,
                    reference=reference,
                    special_needs="\n".join(needs),
                    destination=destination,
                )
                created.append(party)
                self.parties[reference] = party
                continue
            arrivals = self.by_party.get(party.pk, [])
            if arrivals and all(self.is_settled(arrival) for arrival in arrivals):
                continue
            kept = party.special_needs.splitlines()
            values = {
                # What an agent wrote down is kept: lines are added, none is taken away.
                "special_needs": "\n".join([*kept, *(line for line in needs if line not in kept)]),
                "destination": destination or party.destination,
            }
            if _set(party, values):
                changed[reference] = party
        Party.objects.bulk_create(created, batch_size=BATCH)
        update_rows(Party, changed.values(), ["special_needs", "destination"])
        return set(changed)


def _attach(arrivals: Sequence[Arrival], known: Announcements) -> None:
    """Give arrivals their flights and parties, each record made once (joined rows would make one an arrival)."""
    flights = {flight.pk: flight for flight in known.flights.values()}
    flights |= Flight.objects.in_bulk({arrival.flight_id for arrival in arrivals} - flights.keys())
    parties = {party.pk: party for party in known.parties.values()}
    parties |= Party.objects.in_bulk({arrival.party_id for arrival in arrivals} - parties.keys())
    for arrival in arrivals:
        arrival.flight = flights[arrival.flight_id]
        arrival.party = parties[arrival.party_id]


def _said(row: Row) -> dict[str, Any]:
    """Return what a row says of the person; an empty cell says nothing."""
    said = {name: row[name] for name in SAID if row[name] not in (None, "")}
    birth: Birth | None = row["birth_date"]
    return said | ({"birth_date": birth.day, "birth_precision": birth.precision} if birth else {})


def _set(record: Flight | Party, values: dict[str, Any]) -> bool:
    names = differing_fields(record, values)
    for name in names:
        setattr(record, name, values[name])
    return bool(names)
