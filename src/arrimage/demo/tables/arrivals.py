"""The manifest that announces the invented households, as airlines and the ministry would send it."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from arrimage.demo.planning.households import InventedHousehold
from arrimage.demo.tables.staff import DOMAIN
from arrimage.people.enums import Relation

_AIRLINES = (("DM101", "Paris", "13:05"), ("DM204", "Alger", "15:40"), ("DM330", "Bogota", "06:50"),
             ("DM415", "Istanbul", "16:25"), ("DM512", "Francfort", "14:10"), ("DM608", "Port-au-Prince", "11:30"),
             ("DM777", "Casablanca", "17:55"), ("DM820", "Toronto", "09:15"))  # fmt: skip
_SPECIAL_NEEDS = ("", "Fauteuil roulant à l’arrivée", "Nourrisson : siège d’auto requis",
                  "Vêtements d’hiver pour la famille")  # fmt: skip


def manifest(households: Iterable[InventedHousehold]) -> list[dict[str, Any]]:
    """Return the rows of the manifest that announces these households."""
    return [row for household in households for row in _rows(household)]


def _rows(household: InventedHousehold) -> Iterator[dict[str, Any]]:
    flight, origin, time = _AIRLINES[household.rank % len(_AIRLINES)]
    random = Random(f"arrimage special needs {household.reference}")
    needs = random.choices(_SPECIAL_NEEDS, [80, 4, 8, 8])[0]
    for place, person in enumerate(household.members):
        grown_up = person.relation != Relation.CHILD
        yield {
            "uid": person.uid,
            "flight_number": flight,
            "date": household.arrived_on,
            "time": time,
            "origin": origin,
            "party": household.reference,
            "family_name": person.family_name,
            "given_name": person.given_name,
            "original_name": person.original_name,
            "birth_date": person.birth_date,
            "gender": person.gender,
            "birth_country": household.community.country,
            "language": household.community.language,
            "category": household.category,
            "relation": person.relation,
            "phone": f"+1514555{household.rank % 10_000:04}" if grown_up else "",
            "email": f"{household.reference.lower()}.{place}@{DOMAIN}" if grown_up else "",
            "special_needs": needs if person.relation == Relation.PRINCIPAL else "",
            "destination": "Montréal",
        }
