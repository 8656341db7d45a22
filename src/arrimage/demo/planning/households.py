"""Who arrives: invented households, in a fixed year, over the twelve months before a day, and around that day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from random import Random
from typing import NamedTuple, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from arrimage.demo.names import COMMUNITIES, NATURE, Community, given_names
from arrimage.demo.planning.calendar import after, arrival_days, under_measures
from arrimage.people.enums import Category, Relation
from arrimage.reception.enums import ArrivalOutcome

T = TypeVar("T")


class Stage(IntEnum):
    """How far a household's adults have come; each stage includes those before it, but for an appointment missed."""

    EXPECTED = 0
    MET = 1
    OPENED = 2
    BOOKED = 3
    MISSED = 4
    ASSESSMENT_BEGUN = 5
    ASSESSED = 6
    DRAFTED = 7
    AGREED = 8
    UNDER_WAY = 9


class Waiting(NamedTuple):
    """Households that wait at a stage, and how many working days ago (from, to) they landed; negative is to come."""

    households: int
    first: int
    last: int


# Enough for 300 persons at each stage of the chain.
WAITING = {
    Stage.EXPECTED: Waiting(180, -6, 0),
    Stage.MET: Waiting(175, 0, 2),
    Stage.OPENED: Waiting(180, 1, 4),
    Stage.BOOKED: Waiting(170, 1, 5),
    Stage.MISSED: Waiting(30, 7, 20),
    Stage.ASSESSMENT_BEGUN: Waiting(40, 7, 14),
    Stage.ASSESSED: Waiting(220, 7, 30),
    Stage.DRAFTED: Waiting(220, 10, 40),
    Stage.AGREED: Waiting(220, 15, 150),
    Stage.UNDER_WAY: Waiting(290, 13, 26),  # whose first referrals have just left
}
UNDER_WAY = 1_400  # landed over the twelve months, but for the last weeks
UNDER_WAY_SINCE = 18  # working days
NEVER_SEEN = {ArrivalOutcome.NO_SHOW: 44, ArrivalOutcome.MOVED: 14, ArrivalOutcome.DENIED_BOARDING: 6}

FIXED = 170  # households of 2020-2021
FIXED_FROM, FIXED_TO = date(2020, 7, 2), date(2021, 5, 28)
FIXED_UNTIL = date(2022, 12, 30)  # by then, nothing of their accompaniment is left to do

# Sizes of households (1 to 5 persons), and categories, by how often they come.
_ALONE, _COUPLES, _FAMILIES = (80, 14, 4, 2, 0), (44, 24, 13, 13, 6), (30, 18, 18, 19, 15)
_CATEGORIES = {
    Category.SKILLED_WORKER: (44, _COUPLES),
    Category.FAMILY: (14, _COUPLES),
    Category.BUSINESS: (3, _FAMILIES),
    Category.TEMPORARY_WORKER: (11, _ALONE),
    Category.STUDENT: (8, _ALONE),
}
_REFUGE = {
    Category.SKILLED_WORKER: (18, _COUPLES),
    Category.FAMILY: (8, _COUPLES),
    Category.TEMPORARY_WORKER: (4, _ALONE),
    Category.STATE_SUPPORTED_REFUGEE: (26, _FAMILIES),
    Category.SPONSORED_REFUGEE: (16, _FAMILIES),
    Category.ASYLUM_SEEKER: (28, _COUPLES),
}
_WEIGHTS = [community.weight for community in COMMUNITIES]
_RELATIONS = (Relation.PRINCIPAL, Relation.SPOUSE, Relation.CHILD, Relation.CHILD, Relation.CHILD)


@dataclass(frozen=True)
class InventedPerson:
    """A member of a household; `uid` stays theirs from the manifest on."""

    uid: UUID
    given_name: str
    family_name: str
    original_name: str
    birth_date: date
    gender: str
    relation: Relation


@dataclass(frozen=True)
class InventedHousehold:
    """A household, when it lands, what the airport saw of it, and how far its adults come by `until`."""

    reference: str
    rank: int
    community: Community
    category: Category
    arrived_on: date
    stage: Stage
    until: date
    members: tuple[InventedPerson, ...]
    outcome: ArrivalOutcome = ArrivalOutcome.MET

    @property
    def is_over(self) -> bool:
        """Say whether the accompaniment of this household ended long ago."""
        return self.until == FIXED_UNTIL


def households(today: date) -> list[InventedHousehold]:
    """Return the invented households, always the same for the same day; those of 2020-2021, the same for any day."""
    return [*_of_the_fixed_year(), *_around(today)]


def _of_the_fixed_year() -> Iterator[InventedHousehold]:
    random = Random("arrimage households 2020-2021")
    for rank, day in enumerate(arrival_days(FIXED_FROM, FIXED_TO, FIXED, under_measures)):
        yield _household(random, "DEMO-2020", rank, day, Stage.UNDER_WAY, FIXED_UNTIL)


def _around(today: date) -> Iterator[InventedHousehold]:
    random = Random(f"arrimage households {today}")
    series = f"DEMO-{today:%y%j}"
    for rank, (day, stage, outcome) in enumerate(_landings(today)):
        yield _household(random, series, rank, day, stage, today, outcome)


def _landings(today: date) -> Iterator[tuple[date, Stage, ArrivalOutcome]]:
    """Yield when each live household lands, how far it comes, and what the airport saw."""
    a_year_ago = today - timedelta(days=365)
    for day in arrival_days(a_year_ago, after(today, -UNDER_WAY_SINCE), UNDER_WAY):
        yield day, Stage.UNDER_WAY, ArrivalOutcome.MET
    for outcome, count in NEVER_SEEN.items():
        for day in arrival_days(a_year_ago, after(today, -1), count):
            yield day, Stage.EXPECTED, outcome
    for stage, (count, first, last) in WAITING.items():
        for turn in range(count):
            ago = first + round(turn * (last - first) / (count - 1))
            yield (
                (after(today, -ago) if ago else today),
                stage,
                (ArrivalOutcome.MET if stage >= Stage.MET else ArrivalOutcome.EXPECTED),
            )


def _household(
    random: Random,
    series: str,
    rank: int,
    arrived_on: date,
    stage: Stage,
    until: date,
    outcome: ArrivalOutcome = ArrivalOutcome.MET,
) -> InventedHousehold:
    reference = f"{series}-{rank:05}"
    community = _weighted(random, COMMUNITIES, _WEIGHTS)
    categories = _REFUGE if community.refuge else _CATEGORIES
    category = _weighted(random, list(categories), [weight for weight, _sizes in categories.values()])
    size = _weighted(random, (1, 2, 3, 4, 5), categories[category][1])
    members = tuple(_members(random, reference, rank, community, arrived_on, size))
    return InventedHousehold(reference, rank, community, category, arrived_on, stage, until, members, outcome)


def _members(
    random: Random, reference: str, rank: int, community: Community, arrived_on: date, size: int
) -> Iterator[InventedPerson]:
    surname = f"{community.family[0]}-{NATURE[(rank * 11) % len(NATURE)]}"
    for place, name in enumerate(given_names(random, community, size)):
        relation = _RELATIONS[place]
        years = random.randrange(1, 17) if relation == Relation.CHILD else random.randrange(22, 58)
        yield InventedPerson(
            uid=uuid5(NAMESPACE_URL, f"https://demo.example/{reference}/{place}"),
            given_name=name.latin,
            family_name=surname,
            original_name=f"{name.script} {community.family[1]}" if name.script else "",
            birth_date=arrived_on - timedelta(days=365 * years + random.randrange(365)),
            gender=name.gender,
            relation=relation,
        )


def _weighted(random: Random, values: Sequence[T], weights: Sequence[int]) -> T:
    return random.choices(values, weights)[0]
