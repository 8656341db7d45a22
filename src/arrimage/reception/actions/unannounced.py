"""People nobody announced: added at the airport to a party, or as a new one."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.reception.actions.outcomes import record_outcomes
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Party
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Unannounced:
    """Somebody who is there. `arrival` is not saved yet and carries the `uid` its page made; without a party, they are
    a party of their own."""

    arrival: Arrival
    flight_number: str
    lands_on: date
    party: Party | None = None
    lands_at: time | None = None


@action
def add_unannounced(actor: Actor, item: Unannounced, *, region_id: int) -> Arrival:
    """Write down somebody who was not announced, and that they were met. The same `uid` again adds nobody.

    Raises `InvalidInput` for a person without a name, a flight that is still to come, or a region without an airport.
    """
    require(actor, Right.RECEIVE_ARRIVALS, region_id=region_id)
    arrival = item.arrival
    _wait_for_turn(arrival.uid)
    known = Arrival.objects.filter(uid=arrival.uid).select_related("party").first()
    if known is not None and known.region_id == region_id:
        return known
    if not arrival.family_name.strip():
        raise InvalidInput(_("Indiquez au moins le nom de famille."), field="family_name")
    if item.lands_on > clock.today():
        raise InvalidInput(_("Ce vol n’est pas encore arrivé."), field="lands_on")
    if arrival.birth and arrival.birth.day > clock.today():
        raise InvalidInput(_("Cette date de naissance est à venir."), field="birth")
    if item.party is not None and item.party.region_id != region_id:
        raise InvalidInput(_("Ce groupe est dans une autre région."))
    arrival.region_id = region_id
    arrival.is_announced = False
    arrival.flight = _flight(item, region_id)
    arrival.party = item.party or Party.objects.create(
        region_id=region_id, reference=f"Sans annonce {item.lands_on:%Y-%m-%d} {arrival.uid.hex[-6:].upper()}"
    )
    try:
        with transaction.atomic():
            arrival.save(force_insert=True)
    except IntegrityError as error:  # another region's, which is not shown here
        raise Conflict(_("Cette fiche est déjà enregistrée.")) from error
    return record_outcomes(actor, [arrival], ArrivalOutcome.MET)[0]


def _wait_for_turn(uid: UUID) -> None:
    """Hold a second sending of the same page until the first is done."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"arrimage.arrival.{uid}"])


def _flight(item: Unannounced, region_id: int) -> Flight:
    number = "".join(item.flight_number.split()).upper()
    if not number:
        raise InvalidInput(_("Indiquez le numéro du vol."), field="flight_number")
    flight = Flight.objects.filter(region_id=region_id, number=number, lands_on=item.lands_on).first()
    if flight is not None:
        return flight
    points = ServicePoint.objects.filter(region_id=region_id, kind=ServicePointKind.AIRPORT).open_on(clock.today())
    airport = points.order_by("opened_on", "pk").first()
    if airport is None:
        raise InvalidInput(_("Aucun service d’accueil à l’aéroport n’est ouvert dans cette région."))
    # Two tablets may write the same flight down at once: the second finds it.
    return Flight.objects.get_or_create(
        region_id=region_id,
        number=number,
        lands_on=item.lands_on,
        defaults={"service_point": airport, "lands_at": item.lands_at},
    )[0]
