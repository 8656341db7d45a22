"""What arrivals hold of a person, for their own copy."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from arrimage.people.models import Person
from arrimage.privacy.portability.registry import Extra, Ground, Withheld, register, register_circle, withhold
from arrimage.privacy.portability.values import Reading
from arrimage.reception.models import Arrival, Party


def declare() -> None:
    register("reception.Arrival", "person", extra={"flight": Extra(_("vol"), _flight)})
    register(
        "reception.Party", "arrivals__person", extra={"special_needs": Extra(_("besoins particuliers"), _special_needs)}
    )
    withhold(Ground.NOT_ABOUT, "reception.Manifest")
    register_circle("parties", _travellers)


def _flight(arrival: Arrival, reading: Reading) -> str:
    return f"{arrival.flight.number} ({arrival.flight.lands_on.isoformat()})"


def _special_needs(party: Party, reading: Reading) -> str | Withheld:
    """Return what was noted, unless several people travelled: one cannot tell of whom it speaks."""
    return Withheld(Ground.OTHER_PERSON) if party.special_needs and _of_several(party) else party.special_needs


def _of_several(party: Party) -> bool:
    return Arrival.objects.filter(party=party).count() > 1


def _travellers(person: Person) -> Iterable[Arrival]:
    return Arrival.objects.filter(party__arrivals__person=person).exclude(person=person).distinct()
