"""Households, their arrival, their files and their appointments."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from arrimage.accounts.models import RoleGrant
from arrimage.bench.data.copying import Table
from arrimage.bench.data.days import Calendar, first_appointment_due, later, noon, unbounded
from arrimage.bench.data.names import Written, family_name, given_name, in_script
from arrimage.bench.data.stages import ARRIVED, Stage
from arrimage.bench.data.world import HISTORY_DAYS, MONTREAL, World
from arrimage.bench.sizes import TODAY
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.casework.rules import file_number
from arrimage.people.enums import Category, Gender, Relation
from arrimage.people.models import Household, Member, Person, PersonStatus
from arrimage.people.rules import search_key
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Party
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance

CLOSED_SHARE = 0.75
_SIZES = ((1, 46), (2, 22), (3, 13), (4, 12), (5, 7))
_RELATIONS = (Relation.PRINCIPAL, Relation.SPOUSE, Relation.CHILD, Relation.CHILD, Relation.CHILD)
_LIVE = [stage for stage in Stage if Stage.OPENED <= stage < Stage.CLOSED]
_ORIGINS = (("fr", "FR"), ("ar", "SY"), ("es", "CO"), ("uk", "UA"), ("ht", "HT"), ("zh", "CN"))


@dataclass(frozen=True, slots=True)
class Accompanied:
    """A grown-up whose needs are assessed: what the rows of their accompaniment refer to."""

    file_id: int
    person_id: int
    region_id: int
    office_id: int
    agent_id: int
    agent_name: str
    name: str
    phone: str
    language: str
    stage: Stage
    met_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A household to come: when it arrived and how far it is."""

    arrived_on: date
    stage: Stage


class People:
    """Writes households, one after another in the order of their arrival."""

    def __init__(self, random: Random, world: World, uids: Iterator[str]) -> None:
        self.random, self.world, self.uids = random, world, uids
        self.calendar = Calendar()
        self.serials: Counter[tuple[str, int]] = Counter()
        self.persons_made = 0
        self._flights: dict[tuple[str, date], int] = {}
        self.persons = Table(
            Person, uids, "region", "given_name", "family_name", "original_name", "birth_date", "gender",
            "birth_country", "preferred_language", "email", "phone", "search_key",
        )  # fmt: skip
        self.statuses = Table(PersonStatus, uids, "person", "category", "starts_on")
        self.households = Table(Household, uids, "region")
        self.members = Table(Member, uids, "household", "person", "relation", "starts_on")
        self.flights = Table(Flight, uids, "region", "service_point", "number", "lands_on", "origin")
        self.parties = Table(Party, uids, "region", "reference", "household")
        self.arrivals = Table(
            Arrival, uids, "region", "flight", "party", "given_name", "family_name", "category", "relation", "outcome",
            "met_at", "met_by", "person",
        )  # fmt: skip
        self.files = Table(
            File, uids, "number", "region", "person", "service_point", "agent", "status", "arrived_on",
            "first_appointment_due", "opened_on", "closed_on",
        )  # fmt: skip
        self.appointments = Table(
            Appointment, uids, "region", "service_point", "agent", "kind", "starts_at", "ends_at", "status"
        )
        self.attendances = Table(Attendance, uids, "appointment", "person")
        self.tables = [
            self.persons, self.statuses, self.households, self.members, self.flights, self.parties, self.arrivals,
            self.files, self.appointments, self.attendances,
        ]  # fmt: skip

    def plans(self, count: int) -> list[Plan]:
        """Return so many households, first arrived first: three in four whose accompaniment is over."""
        found = []
        for _ in range(count):
            if self.random.random() < CLOSED_SHARE:
                arrived_on = TODAY - timedelta(days=self.random.randrange(130, HISTORY_DAYS))
                found.append(Plan(arrived_on, Stage.CLOSED))
            else:
                stage = self.random.choice(_LIVE)
                first, last = ARRIVED[stage]
                found.append(Plan(unbounded(TODAY, -self.random.randint(first, last)), stage))
        return sorted(found, key=lambda plan: plan.arrived_on)

    def household(self, plan: Plan, grant: RoleGrant) -> list[Accompanied]:
        """Keep a household's rows and return its grown-ups whose needs are assessed."""
        random = self.random
        size = random.choices([size for size, _ in _SIZES], [weight for _, weight in _SIZES])[0]
        household = self.households.add(grant.region_id)
        party = flight = None
        region = self.world.regions[MONTREAL]
        if grant.region_id == region.pk:
            party = self.parties.add(region.pk, f"MESURE-{self.persons_made:07}", household)
            flight = self._flight(plan.arrived_on)
        closed_on = None
        if plan.stage == Stage.CLOSED and random.random() < 0.85:
            closed_on = later(plan.arrived_on, random.randint(75, 90))
        origin, category = random.choice(_ORIGINS), random.choice(list(Category))
        family = family_name(random, origin[0])
        members = [
            self._member(plan, grant, household, party, flight, family, origin, category, relation, closed_on)
            for relation in _RELATIONS[:size]
        ]
        grown_ups = [member for member, relation in zip(members, _RELATIONS, strict=False) if relation != "child"]
        met_on = self._appointments(plan, grant, [member[0] for member in members])
        if plan.stage < Stage.ASSESSED:
            return []
        return [
            Accompanied(file, person, grant.region_id or 0, grant.service_point_id or 0, grant.user_id,
                        grant.user.name, name, phone, origin[0], plan.stage, met_on, closed_on)
            for person, file, name, phone in grown_ups
        ]  # fmt: skip

    def _member(
        self,
        plan: Plan,
        grant: RoleGrant,
        household: int,
        party: int | None,
        flight: int | None,
        surname: Written,
        origin: tuple[str, str],
        category: Category,
        relation: Relation,
        closed_on: date | None,
    ) -> tuple[int, int, str, str]:
        """Keep one person's rows; return the keys of the person and the file, the name and the telephone."""
        random, day = self.random, plan.arrived_on
        forename = given_name(random, origin[0])
        original = in_script(random, origin[0], forename, surname)
        given, family = forename.latin, surname.latin
        years = random.randrange(1, 17) if relation == Relation.CHILD else random.randrange(20, 60)
        phone = "" if relation == Relation.CHILD else f"+1514555{self.persons_made % 10_000:04}"
        uid = next(self.uids)
        person = self.persons.add(
            grant.region_id, given, family, original, day - timedelta(days=365 * years + random.randrange(365)),
            random.choice([Gender.WOMAN, Gender.MAN]), origin[1], origin[0],
            f"personne{self.persons_made}@mesures.example", phone, search_key(family, given, original), uid=uid,
        )  # fmt: skip
        self.persons_made += 1
        self.members.add(household, person, relation, day)
        self.statuses.add(person, category, day)
        if party is not None:
            self.arrivals.add(
                self.world.regions[MONTREAL].pk, flight, party, given, family, category, relation, ArrivalOutcome.MET,
                noon(day), self.world.receptionist.pk, person, uid=uid,
            )  # fmt: skip
        status = FileStatus.ACTIVE
        if closed_on:
            status = FileStatus.TRANSFERRED if random.random() < 0.04 else FileStatus.CLOSED
        file = self.files.add(
            self._number(grant, day), grant.region_id, person, grant.service_point_id, grant.user_id, status, day,
            first_appointment_due(day), day, closed_on,
        )  # fmt: skip
        return person, file, f"{given} {family}", phone

    def _number(self, grant: RoleGrant, day: date) -> str:
        code = grant.region.code if grant.region else ""
        self.serials[code, day.year] += 1
        return file_number(self.world.regions[code].file_prefix, day.year, self.serials[code, day.year])

    def _flight(self, day: date) -> int:
        number = f"ZZ{self.random.randrange(8)}"
        if (number, day) not in self._flights:
            self._flights[number, day] = self.flights.add(
                self.world.regions[MONTREAL].pk, self.world.airport.pk, number, day, "Ailleurs"
            )
        return self._flights[number, day]

    def _appointments(self, plan: Plan, grant: RoleGrant, persons: list[int]) -> date:
        """Keep the household's appointments and return the day of the first one, of its arrival if there is none."""
        random = self.random
        if plan.stage < Stage.BOOKED:
            return plan.arrived_on
        if plan.stage == Stage.BOOKED:  # a few have passed, and nobody has said yet whether they took place
            wanted = unbounded(TODAY, random.randint(-2, 3))
            first = self._appoint(grant, AppointmentKind.FIRST, wanted, AppointmentStatus.BOOKED, persons)
        else:
            wanted = later(plan.arrived_on, 7 if random.random() < 0.06 else random.randint(1, 5))
            first = self._appoint(grant, AppointmentKind.FIRST, wanted, AppointmentStatus.KEPT, persons)
        if plan.stage >= Stage.STARTED and random.random() < 0.3:
            status = random.choice([AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED])
            self._appoint(grant, AppointmentKind.FOLLOW_UP, later(first, 30), status, persons[:1])
        return first

    def _appoint(
        self, grant: RoleGrant, kind: AppointmentKind, day: date, status: AppointmentStatus, persons: list[int]
    ) -> date:
        starts_at = self.calendar.next_hour(grant.user_id, day)
        appointment = self.appointments.add(
            grant.region_id, grant.service_point_id, grant.user_id, kind, starts_at, starts_at + timedelta(hours=1),
            status,
        )  # fmt: skip
        for person in persons:
            self.attendances.add(appointment, person)
        return starts_at.date()
