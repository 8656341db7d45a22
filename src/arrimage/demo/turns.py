"""Giving things out in order: the agents' free times, and the services of a theme."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from arrimage.accounts.models import User
from arrimage.directory.models import Service
from arrimage.scheduling.queries import Slot, day_starts
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import is_working_day


class Calendar:
    """The free times of the agents of each office, given out in order."""

    def __init__(self, agents: dict[int, list[User]]) -> None:
        self.agents = agents
        self.taken: set[tuple[int, datetime]] = set()

    def next_slot(self, office: ServicePoint, day: date) -> Slot:
        """Return the first free slot at `office` from `day` on."""
        length = timedelta(minutes=office.first_appointment_minutes)
        while True:
            if is_working_day(day):
                for starts_at in day_starts(office, day, length):
                    for agent in self.agents[office.pk]:
                        if (agent.pk, starts_at) not in self.taken:
                            self.taken.add((agent.pk, starts_at))
                            return Slot(office, agent, starts_at, starts_at + length)
            day += timedelta(days=1)


class ServicesInTurn:
    """The services of each theme, one after another, so that every partner has people to receive."""

    def __init__(self, offset: int = 0) -> None:
        self.services: dict[int, list[Service]] = defaultdict(list)
        self.turn: dict[int, int] = defaultdict(lambda: offset)
        offered = Service.objects.filter(is_offered=True, organisation__region__code="06").order_by("pk")
        for service in offered.prefetch_related("themes"):
            for theme in service.themes.all():
                self.services[theme.pk].append(service)

    def following(self, theme_id: int) -> Service:
        self.turn[theme_id] += 1
        offered = self.services[theme_id]
        return offered[self.turn[theme_id] % len(offered)]
