"""Second places where some of the demonstration's services are offered too: invented, in another borough."""

from datetime import time

from arrimage.accounts.rights import Actor
from arrimage.directory.enums import Frequency
from arrimage.directory.models import Address, Location, Schedule, Service
from arrimage.directory.part_actions import add_parts, offer_at
from arrimage.territory.models import Place

_ONE_IN = 5  # services
_OPENS, _CLOSES = time(13), time(20)


def open_annexes(actor: Actor) -> None:
    """Offer one in some services of the actor's region in a second place, in the evening too."""
    services = Service.objects.filter(organisation__region=actor.region_id, is_offered=True).select_related(
        "organisation"
    )
    boroughs = list(Place.objects.filter(locations__organisation__region=actor.region_id).distinct().order_by("name"))
    for rank, service in enumerate(services.order_by("name", "pk")[::_ONE_IN]):
        borough = boroughs[rank % len(boroughs)]
        annexe = Location(organisation=service.organisation, name="Annexe", place=borough)
        here = offer_at(actor, service, annexe, Address(address_1=f"{100 + rank}, rue de l’Annexe"))
        add_parts(
            actor,
            [
                Schedule(
                    service_at_location=here, freq=Frequency.WEEKLY, byday="TU,TH", opens_at=_OPENS, closes_at=_CLOSES
                )
            ],
        )
