"""Who sees which arrivals, and what an airport agent has before them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.people.rules import search_key
from arrimage.people.search import find_persons, read
from arrimage.privacy.consents.models import Consent
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Manifest, Party
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance

SHOWN = 25
WAITING_DAYS = 60  # past them, who was never reached is on the lists of the points of service
SEARCHED_DAYS = 120  # how far back, and ahead, a search looks
ORDER_IN_PARTY = {Relation.PRINCIPAL: 0, Relation.SPOUSE: 1, Relation.CHILD: 2}


def arrivals_visible_to(actor: Actor) -> QuerySet[Arrival]:
    """Return the arrivals of the actor's region, for those who receive them."""
    if not actor.may(Right.RECEIVE_ARRIVALS):
        return Arrival.objects.none()
    arrivals = Arrival.objects.all()
    return arrivals if actor.region_id is None else arrivals.filter(region_id=actor.region_id)


def files_received(actor: Actor) -> QuerySet[File]:
    """Return the files of the persons who arrived in the region, for those who receive them: to open them and to book.

    What a file holds is not theirs to read.
    """
    if not actor.may(Right.RECEIVE_ARRIVALS) or actor.region_id is None:
        return File.objects.none()
    arrived = Exists(arrivals_visible_to(actor).filter(person=OuterRef("person")))
    return File.objects.filter(arrived, region_id=actor.region_id)


def parties_visible_to(actor: Actor) -> QuerySet[Party]:
    if not actor.may(Right.RECEIVE_ARRIVALS):
        return Party.objects.none()
    parties = Party.objects.all()
    return parties if actor.region_id is None else parties.filter(region_id=actor.region_id)


def flights_visible_to(actor: Actor) -> QuerySet[Flight]:
    if not actor.may(Right.RECEIVE_ARRIVALS):
        return Flight.objects.none()
    flights = Flight.objects.all()
    return flights if actor.region_id is None else flights.filter(region_id=actor.region_id)


def manifests_visible_to(actor: Actor) -> QuerySet[Manifest]:
    if not actor.may(Right.IMPORT_ARRIVALS):
        return Manifest.objects.none()
    manifests = Manifest.objects.all()
    return manifests if actor.region_id is None else manifests.filter(region_id=actor.region_id)


@dataclass(frozen=True)
class DayFlight:
    """A flight, and how many of its persons were announced or added, met, and are still expected."""

    flight: Flight
    announced: int
    met: int
    expected: int


def flights_of_day(actor: Actor, day: date) -> list[DayFlight]:
    """Return the flights of `day`, those that still bring somebody first, by the hour. Two queries."""
    flights = list(flights_visible_to(actor).filter(lands_on=day))
    said: dict[int, dict[str, int]] = {flight.pk: {} for flight in flights}
    counted = Arrival.objects.filter(flight__in=flights).order_by().values("flight", "outcome")
    for flight_id, outcome, count in counted.annotate(count=Count("pk")).values_list("flight", "outcome", "count"):
        said[flight_id][outcome] = count
    found = [
        DayFlight(
            flight,
            announced=sum(said[flight.pk].values()),
            met=said[flight.pk].get(ArrivalOutcome.MET, 0),
            expected=said[flight.pk].get(ArrivalOutcome.EXPECTED, 0),
        )
        for flight in flights
    ]
    return sorted(found, key=lambda line: (not line.expected, line.flight.lands_at is None))


# --- What waits -----------------------------------------------------------------------------------------------------
def first_appointments_given() -> QuerySet[Attendance]:
    """Return who was given a first appointment that was not cancelled."""
    return Attendance.objects.filter(appointment__kind=AppointmentKind.FIRST).exclude(
        appointment__status=AppointmentStatus.CANCELLED
    )


def without_file(actor: Actor) -> QuerySet[Arrival]:
    """Return the persons met whose file nobody has opened yet."""
    return arrivals_visible_to(actor).filter(outcome=ArrivalOutcome.MET, person__isnull=True)


def without_first_appointment(actor: Actor) -> QuerySet[Arrival]:
    """Return the persons met whose file is open and who were given no first appointment."""
    return arrivals_visible_to(actor).filter(
        Exists(File.objects.filter(person=OuterRef("person"), region=OuterRef("region"), status=FileStatus.ACTIVE)),
        ~Exists(first_appointments_given().filter(person=OuterRef("person"))),
        outcome=ArrivalOutcome.MET,
    )


@dataclass(frozen=True)
class WaitingParty:
    """A party that waits for something: who, how many, since when, until when."""

    party: Party
    name: str
    count: int
    since: datetime
    due: date | None = None


def parties_waiting_for_files(actor: Actor) -> list[WaitingParty]:
    """Return the parties with somebody met and no file, longest waiting first; one more than are shown at most."""
    rows = list(
        without_file(actor)
        .filter(met_at__gte=_waiting_since())
        .values("party_id")
        .annotate(count=Count("pk"), since=Min("met_at"))
        .order_by("since", "party_id")[: SHOWN + 1]
        .values_list("party_id", "count", "since")
    )
    parties, names = _named(row[0] for row in rows)
    return [WaitingParty(parties[pk], names[pk], count, since) for pk, count, since in rows]


def parties_waiting_for_appointment(actor: Actor) -> list[WaitingParty]:
    """Return the parties with an open file and no first appointment, the nearest deadline first; as many at most."""
    rows = list(
        without_first_appointment(actor)
        .filter(met_at__gte=_waiting_since(), person__files__status=FileStatus.ACTIVE)
        .values("party_id")
        .annotate(count=Count("pk"), since=Min("met_at"), due=Min("person__files__first_appointment_due"))
        .order_by("due", "party_id")[: SHOWN + 1]
        .values_list("party_id", "count", "since", "due")
    )
    parties, names = _named(row[0] for row in rows)
    return [WaitingParty(parties[pk], names[pk], count, since, due) for pk, count, since, due in rows]


def _waiting_since() -> datetime:
    return clock.now() - timedelta(days=WAITING_DAYS)


def _named(keys: Iterable[int]) -> tuple[dict[int, Party], dict[int, str]]:
    parties = Party.objects.in_bulk(list(keys))
    return parties, names_of(parties.values())


def names_of(parties: Iterable[Party]) -> dict[int, str]:
    """Return by party the name of its principal person (its reference for a party of nobody). One query."""
    names = {party.pk: party.reference for party in parties}
    arrivals = in_order(Arrival.objects.filter(party__in=names))
    for arrival in reversed(arrivals):
        names[arrival.party_id] = str(arrival)
    return names


def in_order(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Return persons as a family is read: principal person, spouse, children, others."""
    return sorted(arrivals, key=lambda a: (a.party_id, ORDER_IN_PARTY.get(Relation(a.relation), 3), a.pk))


# --- One party ------------------------------------------------------------------------------------------------------
def arrivals_of_party(party: Party) -> list[Arrival]:
    """Return the persons of a party with their flights and who met them, as a family is read. One query."""
    return in_order(party.arrivals.select_related("flight", "met_by"))


def files_of_party(party: Party) -> list[File]:
    """Return the files opened at the airport for the persons of a party, in their region."""
    return list(
        File.objects.filter(person__arrival__party=party, region_id=party.region_id)
        .select_related("person", "agent", "service_point")
        .order_by("pk")
    )


def consents_held(party: Party) -> dict[int, set[str]]:
    """Return the purposes each person of a party has consented to, in its region, as of today. One query."""
    held: dict[int, set[str]] = {}
    rows = Consent.objects.live_on(clock.today()).filter(person__arrival__party=party, region_id=party.region_id)
    for person_id, purpose in rows.order_by().values_list("person_id", "purpose"):
        held.setdefault(person_id, set()).add(purpose)
    return held


def files_to_book(party: Party) -> list[File]:
    """Return the active files of a party whose person was given no first appointment."""
    return list(
        File.objects.filter(
            ~Exists(first_appointments_given().filter(person=OuterRef("person"))),
            person__arrival__party=party,
            region_id=party.region_id,
            status=FileStatus.ACTIVE,
        )
        .select_related("person")
        .order_by("pk")
    )


def first_appointment_of(party: Party) -> Appointment | None:
    """Return the last first appointment given to persons of a party, cancelled ones apart."""
    return (
        Appointment.objects.filter(
            pk__in=first_appointments_given().filter(person__arrival__party=party).values("appointment")
        )
        .select_related("service_point", "agent")
        .order_by("-starts_at")
        .first()
    )


def given_first_appointment(arrivals: Sequence[Arrival]) -> set[int]:
    """Return the keys of the persons, among those of `arrivals`, who were given a first appointment. One query."""
    persons = [arrival.person_id for arrival in arrivals if arrival.person_id is not None]
    return set(first_appointments_given().filter(person__in=persons).values_list("person_id", flat=True))


# --- Finding --------------------------------------------------------------------------------------------------------
def search_arrivals(actor: Actor, text: str) -> list[Arrival]:
    """Return the recent and coming arrivals whose name, party or file number contains every word of `text`.

    Accents and case are forgiven; of those whose file is open, slips, other spellings and scripts too. At most 26, with
    their party and flight.
    """
    words = text.split()
    if not words:
        return []
    today = clock.today()
    found = (
        arrivals_visible_to(actor)
        .filter(flight__lands_on__range=(today - timedelta(days=SEARCHED_DAYS), today + timedelta(days=SEARCHED_DAYS)))
        .select_related("party", "flight")
    )
    written = Q()
    for word in words:
        plain = search_key(word) or word
        written &= (
            Q(family_name__unaccent__icontains=word)
            | Q(given_name__unaccent__icontains=word)
            | Q(original_name__icontains=word)
            | Q(party__reference__icontains=word)
            | Q(person__files__number__iexact=word)
            | Q(person__search_key__contains=plain)
        )
    named = [match.person_id for match in find_persons(read(text), SHOWN)]
    found = found.filter(written | Q(person__in=named))
    return list(found.distinct().order_by("-flight__lands_on", "party__reference", "pk")[: SHOWN + 1])
