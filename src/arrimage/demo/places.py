"""The places of the demonstration's services, said once its referrals are where they are: most fit, some wait."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Count, Q

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.places import count_live_referrals
from arrimage.casework.enums import AFTER_ACCEPTANCE, AWAITING_ANSWER
from arrimage.directory.models import Service, ServicePlaces
from arrimage.directory.part_actions import add_parts


def count_places(actor: Actor, today: date) -> None:
    """Write the places of the services of the actor's region, and have the referrals under way hold or take them."""
    random = Random("arrimage service places")
    with acting_as(actor), elevated():
        services = list(
            Service.objects.filter(organisation__region=actor.region_id, is_offered=True)
            .with_locations()
            .select_related("organisation")
            .annotate(
                received=Count("referrals", filter=Q(referrals__status__in=AFTER_ACCEPTANCE)),
                expected=Count("referrals", filter=Q(referrals__status__in=AWAITING_ANSWER)),
            )
            .order_by("organisation__name", "name")
        )
        add_parts(actor, [part for service in services if (part := _places(service, random, today))])
        count_live_referrals(actor, services)


def _places(service: Any, random: Random, today: date) -> ServicePlaces | None:
    """Return the places of a service that counts those `received` there and `expected`."""
    if service.main is None:
        return None
    received, expected = service.received, service.expected
    free = random.choice((expected + 4, expected // 2, expected + 10, expected))
    elsewhere = random.choice((0, 3, 6))
    next_on = today + timedelta(days=random.randint(5, 40)) if free <= expected else None
    return ServicePlaces(
        service_at_location=service.main, capacity=received + free + elsewhere, taken=elsewhere, next_on=next_on
    )
