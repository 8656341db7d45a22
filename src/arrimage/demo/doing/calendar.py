"""The free times of the agents, given out in order."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

from arrimage.accounts.models import User
from arrimage.scheduling.opening import usual_hours
from arrimage.scheduling.queries import Slot
from arrimage.scheduling.rules import times_within
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import is_working_day


class Calendar:
    """Gives each time of an agent once; the agents of an office have as many as one another.

    Offices are open on `today` whatever day it is: who starts the demonstration on a Sunday has people to receive.
    """

    def __init__(self, agents: dict[int, list[User]], today: date) -> None:
        self.agents = agents
        self.today = today
        self.taken: set[tuple[int, datetime]] = set()
        self.given: Counter[int] = Counter()
        self._times = cache(self._times_of)

    def first_slot(self, office: ServicePoint, day: date) -> Slot:
        """Return the first free time at `office` from `day` on, with the agent who has had fewest."""
        while True:
            agents = sorted(self.agents[office.pk], key=lambda agent: (self.given[agent.pk], agent.pk))
            for starts_at in self._times(office, day):
                for agent in agents:
                    if (agent.pk, starts_at) not in self.taken:
                        return self._give(office, agent, starts_at)
            day += timedelta(days=1)

    def slot_with(self, agent: User, office: ServicePoint, day: date) -> Slot:
        """Return the first free time of one agent from `day` on."""
        while True:
            for starts_at in self._times(office, day):
                if (agent.pk, starts_at) not in self.taken:
                    return self._give(office, agent, starts_at)
            day += timedelta(days=1)

    def _give(self, office: ServicePoint, agent: User, starts_at: datetime) -> Slot:
        self.taken.add((agent.pk, starts_at))
        self.given[agent.pk] += 1
        return Slot(office, agent, starts_at, starts_at + timedelta(minutes=office.first_appointment_minutes))

    def _times_of(self, office: ServicePoint, day: date) -> list[datetime]:
        if day != self.today and not is_working_day(day):
            return []
        length = timedelta(minutes=office.first_appointment_minutes)
        return [starts_at for starts_at, _ends_at in times_within(usual_hours(office, day), length)]
