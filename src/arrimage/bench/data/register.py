"""A register of invented people, filled step by step by the owner of the database (`bench.owner`)."""

from collections.abc import Callable
from random import Random

from django.db import connection

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant, User
from arrimage.bench.data.accompaniment import Accompaniments
from arrimage.bench.data.copying import Table, seeded_uids
from arrimage.bench.data.days import noon
from arrimage.bench.data.people import People
from arrimage.bench.data.world import MONTREAL, PERSONS_AN_AGENT, World, build
from arrimage.bench.owner import MEASURES
from arrimage.bench.sizes import SEED, TODAY
from arrimage.casework.models import FileSerial
from arrimage.foundation.errors import DomainError
from arrimage.people.models import Person

AT_ONCE = 500  # households in a transaction
PROGRESS = 10  # transactions between two words of it
PERSONS_A_HOUSEHOLD = 2.12


class DatabaseHoldsData(DomainError):
    """Measures are made on a database of their own, never beside somebody's records."""


def require_empty_database() -> None:
    """Raise `DatabaseHoldsData` when the database holds accounts or persons."""
    with acting_as(MEASURES):
        holds_data = User.objects.exists() or Person.objects.exists()
    if holds_data:
        raise DatabaseHoldsData("Cette base contient des données : les mesures demandent une base vide.")


class Register:
    """The surroundings of `persons` people, then the people themselves, always the same for the same number."""

    def __init__(self, persons: int) -> None:
        require_empty_database()
        random = Random(f"{SEED} {persons}")
        uids = seeded_uids(random, noon(TODAY))
        with acting_as(MEASURES):
            self.world: World = build(random, persons)
            self._people = People(random, self.world, uids)
            self._accompaniments = Accompaniments(random, self.world, uids)
        self._random = random
        self._agents_used = 0

    @property
    def persons(self) -> int:
        """Return how many persons are written."""
        return self._people.persons.written

    def agents(self) -> list[RoleGrant]:
        """Return Montréal's agents who have people so far."""
        montreal = self.world.regions[MONTREAL].pk
        return [grant for grant in self.world.agents[: self._agents_used] if grant.region_id == montreal]

    def rows(self) -> dict[str, int]:
        """Return how many rows of each table were copied."""
        return {table.model._meta.db_table: table.written for table in self._tables()}

    def fill(self, persons: int, progress: Callable[[int], None] | None = None) -> None:
        """Add households until there are about `persons` people, for agents who had none before.

        Each agent has the same number of people whatever the size of the register: what grows is what surrounds them.
        """
        missing = persons - self.persons
        agents = self.world.agents[self._agents_used : max(2, persons // PERSONS_AN_AGENT)] or self.world.agents
        self._agents_used += len(agents)
        plans = self._people.plans(round(missing / PERSONS_A_HOUSEHOLD))
        for start in range(0, len(plans), AT_ONCE):
            with acting_as(MEASURES):
                for rank, plan in enumerate(plans[start : start + AT_ONCE], start=start):
                    for who in self._people.household(plan, agents[rank % len(agents)]):
                        self._accompaniments.accompany(who)
                with connection.cursor() as cursor:
                    cursor.execute("set local synchronous_commit = off")
                    # Checks that wait for the end of the transaction slow each later row that a trigger looks at.
                    cursor.execute("set constraints all immediate")
                for table in self._tables():
                    table.write()
            if progress and start // AT_ONCE % PROGRESS == PROGRESS - 1:
                progress(self.persons)
        with acting_as(MEASURES):
            self._remember_serials()

    def _tables(self) -> list[Table]:
        return [*self._people.tables, *self._accompaniments.tables]

    def _remember_serials(self) -> None:
        """Let the next file opened take the number after the last one given here."""
        for (code, year), last in self._people.serials.items():
            FileSerial.objects.update_or_create(region=self.world.regions[code], year=year, defaults={"last": last})
