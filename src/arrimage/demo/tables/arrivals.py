"""Invented households, laid around a day so that every stage of the chain has people in it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from arrimage.demo.names import COMMUNITIES, NATURE, Community, Invented, given_names
from arrimage.demo.tables.staff import DOMAIN
from arrimage.territory.working_days import add_working_days


class Stage(IntEnum):
    """How far a household's adults have come; each stage includes those before it."""

    EXPECTED = 0
    MET = 1
    OPENED = 2
    BOOKED = 3
    ASSESSED = 4
    DRAFTED = 5
    AGREED = 6
    SENT = 7
    ACCEPTED = 8
    STARTED = 9
    COMPLETED = 10
    CLOSED = 11


# Households a stage: their adults (1.45 each on average) are more than 300 persons in each.
HOUSEHOLDS = 225
# How many working days ago (from, to) households of a stage arrived; negative is to come.
ARRIVED = {
    Stage.EXPECTED: (-6, 0),
    Stage.MET: (0, 1),
    Stage.OPENED: (1, 3),
    Stage.BOOKED: (1, 5),
    Stage.ASSESSED: (7, 11),
    Stage.DRAFTED: (9, 14),
    Stage.AGREED: (12, 18),
    Stage.SENT: (18, 25),
    Stage.ACCEPTED: (28, 38),
    Stage.STARTED: (40, 55),
    Stage.COMPLETED: (66, 80),
    Stage.CLOSED: (82, 110),
}
_SIZES = ((1, 46), (2, 22), (3, 13), (4, 12), (5, 7))
_CATEGORIES = (
    ("skilled_worker", 44),
    ("family", 14),
    ("state_supported_refugee", 9),
    ("sponsored_refugee", 5),
    ("asylum_seeker", 10),
    ("temporary_worker", 9),
    ("student", 6),
    ("business", 3),
)
_AIRLINES = (("DM101", "Paris", "13:05"), ("DM204", "Alger", "15:40"), ("DM330", "Bogota", "06:50"),
             ("DM415", "Istanbul", "16:25"), ("DM512", "Francfort", "14:10"), ("DM608", "Port-au-Prince", "11:30"),
             ("DM777", "Casablanca", "17:55"), ("DM820", "Toronto", "09:15"))  # fmt: skip


@dataclass
class InventedHousehold:
    """A household of the demonstration, and how far it goes."""

    reference: str
    stage: Stage
    arrived_on: date
    flight: str
    members: list[dict[str, Any]] = field(default_factory=list)


def households(today: date) -> list[InventedHousehold]:
    """Return the invented households of every stage, always the same for the same day."""
    random = Random(f"arrimage households {today}")
    found = []
    rank = 0
    for stage in Stage:
        first, last = ARRIVED[stage]
        for turn in range(HOUSEHOLDS):
            days = first + round(turn * (last - first) / (HOUSEHOLDS - 1))
            arrived_on = add_working_days(today, -days) if days else today
            found.append(_household(random, rank, stage, arrived_on, today))
            rank += 1
    return found


def _household(random: Random, rank: int, stage: Stage, arrived_on: date, today: date) -> InventedHousehold:
    community = COMMUNITIES[rank % len(COMMUNITIES)]
    flight, origin, time = _AIRLINES[rank % len(_AIRLINES)]
    household = InventedHousehold(f"DEMO-{today:%y%j}-{rank:05}", stage, arrived_on, flight)
    size = random.choices([size for size, _ in _SIZES], [weight for _, weight in _SIZES])[0]
    category = random.choices([code for code, _ in _CATEGORIES], [weight for _, weight in _CATEGORIES])[0]
    surname = f"{community.family[0]}-{NATURE[(rank * 11) % len(NATURE)]}"
    for place, name in enumerate(given_names(random, community, size)):
        relation = ("principal", "spouse", "child", "child", "child")[place]
        household.members.append(
            {
                "uid": uuid5(NAMESPACE_URL, f"https://demo.example/{household.reference}/{place}"),
                "flight_number": flight,
                "date": arrived_on,
                "time": time,
                "origin": origin,
                "party": household.reference,
                **_person(random, community, name, surname, relation, arrived_on),
                "category": category,
                "relation": relation,
                "phone": f"+1514555{rank % 10_000:04}" if relation != "child" else "",
                "email": f"personne{rank:05}.{place}@{DOMAIN}" if relation != "child" else "",
                "special_needs": _special_needs(random) if relation == "principal" else "",
                "destination": "Montréal",
            }
        )
    return household


def _person(
    random: Random, community: Community, name: Invented, surname: str, relation: str, arrived_on: date
) -> dict[str, Any]:
    years = random.randrange(1, 17) if relation == "child" else random.randrange(22, 58)
    return {
        "family_name": surname,
        "given_name": name.latin,
        "original_name": f"{name.script} {community.family[1]}" if name.script else "",
        "birth_date": arrived_on - timedelta(days=365 * years + random.randrange(365)),
        "gender": name.gender,
        "birth_country": community.country,
        "language": community.language,
    }


def _special_needs(random: Random) -> str:
    return random.choices(
        ["", "Fauteuil roulant à l’arrivée", "Nourrisson : siège d’auto requis", "Vêtements d’hiver pour la famille"],
        [80, 4, 8, 8],
    )[0]


def manifest(found: list[InventedHousehold]) -> list[dict[str, Any]]:
    """Return the rows of the manifest that announces these households."""
    return [member for household in found for member in household.members]
