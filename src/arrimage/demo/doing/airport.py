"""At the airport: who was met, whose files open, the first appointments."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.demo.doing.calendar import Calendar
from arrimage.demo.doing.cases import Case, Group
from arrimage.demo.doing.cast import Cast, by_actor
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.households import InventedHousehold, Stage
from arrimage.demo.planning.meetings import FIRST_MISSED
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.reception.actions import (
    FirstAppointment,
    Welcome,
    book_first_appointments,
    open_party_files,
    record_outcomes,
)
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.scheduling.actions import set_appointment_status
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment

S = AppointmentStatus


class Airport:
    """The work of the reception agents, who take turns by the day."""

    def __init__(self, today: date, households: Sequence[InventedHousehold], cast: Cast, calendar: Calendar) -> None:
        self.today = today
        self.cast = cast
        self.calendar = calendar
        self.random = Random(f"arrimage airport {today}")
        self.households = {household.reference: household for household in households}
        self.parties = {party.reference: party for party in Party.objects.filter(reference__in=self.households)}
        self.children: set[int] = set()  # files of

    def meet(self) -> None:
        """Meet all who have landed, a few no-shows, moves and refusals to board aside."""
        outcomes: dict[ArrivalOutcome, list[Arrival]] = defaultdict(list)
        for arrival in Arrival.objects.filter(party__in=self.parties.values()).select_related("party").order_by("pk"):
            outcomes[self._household(arrival).outcome].append(arrival)
        del outcomes[ArrivalOutcome.EXPECTED]
        for outcome, arrivals in outcomes.items():
            for agent, group in by_actor(arrivals, lambda arrival: self._on_duty(self._household(arrival).arrived_on)):
                at = {each.pk: min(clock.at(self._household(each).arrived_on, 7, 30), clock.now()) for each in group}
                record_outcomes(agent, group, outcome, at=at)

    def open_files(self) -> None:
        """Open the files of those met, at the offices in turn."""
        welcomes = [
            Welcome(self.parties[household.reference], self.cast.offices[rank % len(self.cast.offices)])
            for rank, household in enumerate(self._from_stage(Stage.OPENED))
        ]
        for agent, group in by_actor(
            welcomes, lambda each: self._on_duty(self.households[each.party.reference].arrived_on)
        ):
            open_party_files(agent, group)

    def book(self) -> list[Group]:
        """Give each household its first appointment, nearly always within five working days; return those held."""
        landed = Arrival.objects.filter(party__in=self.parties.values(), person__isnull=False).select_related("party")
        arrivals = {arrival.person_id: arrival for arrival in landed}
        files: dict[str, list[File]] = defaultdict(list)
        met = File.objects.filter(person__in=arrivals).select_related("person", "service_point").order_by("pk")
        for file in met:
            arrival = arrivals[file.person_id]
            files[arrival.party.reference].append(file)
            if arrival.relation == Relation.CHILD:
                self.children.add(file.pk)
        bookings: list[tuple[InventedHousehold, FirstAppointment, S]] = []
        for household in self._from_stage(Stage.BOOKED):
            bookings += self._bookings(household, files[household.reference])
        appointments: list[tuple[InventedHousehold, FirstAppointment, S, Appointment]] = []
        for agent, group in by_actor(bookings, lambda each: self._on_duty(each[0].arrived_on)):
            made = book_first_appointments(agent, [booking for _household, booking, _status in group])
            appointments += [(*each, appointment) for each, appointment in zip(group, made, strict=True)]
        self._tell([(status, appointment) for _household, _booking, status, appointment in appointments])
        return [
            self._group(household, booking)
            for household, booking, status, _appointment in appointments
            if status == S.KEPT
        ]

    def _bookings(
        self, household: InventedHousehold, files: list[File]
    ) -> list[tuple[InventedHousehold, FirstAppointment, S]]:
        """Return the first appointment of a household, and a second one when the first is missed."""
        office = files[0].service_point
        language = household.community.language
        needs_interpreter = "" if language == "fr" or self.random.random() < 0.5 else language
        if household.stage == Stage.BOOKED:  # to come, but for some of yesterday nobody has told about yet
            day = after(self.today, -1) if self.random.random() < 0.08 else self._coming_day()
            return [
                (household, FirstAppointment(self.calendar.first_slot(office, day), files, needs_interpreter), S.BOOKED)
            ]
        late = self.random.random() < 0.06
        day = after(household.arrived_on, 6 if late else self.random.randrange(1, 5))
        slot = self.calendar.first_slot(office, day)
        first = FirstAppointment(slot, files, needs_interpreter)
        if household.stage == Stage.MISSED:
            return [(household, first, S.NO_SHOW)]
        if household.stage == Stage.UNDER_WAY and self.random.random() < FIRST_MISSED:
            again = self.calendar.slot_with(slot.agent, office, after(day, self.random.randrange(2, 5)))
            return [
                (household, first, S.NO_SHOW),
                (household, FirstAppointment(again, files, needs_interpreter), S.KEPT),
            ]
        return [(household, first, S.KEPT)]

    def _coming_day(self) -> date:
        """Return today, as often as not, or one of the coming days."""
        ahead = self.random.choice((0, 0, 0, 1, 2, 3, 4))
        return after(self.today, ahead) if ahead else self.today

    def _tell(self, appointments: Sequence[tuple[S, Appointment]]) -> None:
        """Let each agent say what became of the appointments that are past."""
        for status in (S.KEPT, S.NO_SHOW):
            told = [appointment for said, appointment in appointments if said == status]
            for agent, group in by_actor(told, lambda appointment: self.cast.actors[appointment.agent_id]):
                set_appointment_status(agent, group, status)

    def _group(self, household: InventedHousehold, booking: FirstAppointment) -> Group:
        """Return the household as the agent takes it in charge: the grown-ups each have a case."""
        agent = self.cast.actors[booking.slot.agent.pk]
        met_on = booking.slot.starts_at.date()
        cases = [
            Case(file, household, met_on, agent, Random(f"arrimage case {file.person.uid}"))
            for file in booking.files
            if file.pk not in self.children
        ]
        return Group(household, met_on, agent, booking.slot.agent, cases)

    def _household(self, arrival: Arrival) -> InventedHousehold:
        return self.households[arrival.party.reference]

    def _from_stage(self, stage: Stage) -> list[InventedHousehold]:
        return [household for household in self.households.values() if household.stage >= stage]

    def _on_duty(self, day: date) -> Actor:
        return self.cast.airport[day.toordinal() % len(self.cast.airport)]
