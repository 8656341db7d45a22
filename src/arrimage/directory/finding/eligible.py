"""Whom services admit: those that refuse somebody are left out; those that perhaps do say what to verify."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from arrimage.directory.models import EligibilityRule, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.directory.rules import Eligibility, Situation, age_on, eligibility

_CONDITIONS = (
    "categories", "counted_from", "months_at_least", "months_less_than", "from_on", "to_on",
    "minimum_age", "maximum_age", "region_id",
)  # fmt: skip


def without_refusals(services: ServiceQuerySet, situation: Situation, day: date) -> ServiceQuerySet:
    """Leave out the services that refuse a person in that situation; one that is not known refuses nothing.

    One query for the rules of the services; each different rule is judged once, by `rules.eligibility`.
    """
    if situation.born_on is not None:
        age = age_on(situation.born_on, day)
        services = services.exclude(Q(minimum_age__gt=age) | Q(maximum_age__lt=age))
    rules = EligibilityRule.objects.filter(service__in=services.order_by().values("pk")).order_by()
    judged: dict[tuple[Any, ...], bool] = {}
    refusing: dict[int, bool] = {}
    for service, categories, *others in rules.values_list("service", *_CONDITIONS):
        conditions = (tuple(categories), *others)
        if conditions not in judged:
            rule = EligibilityRule(**dict(zip(_CONDITIONS, conditions, strict=True)))
            judged[conditions] = eligibility([rule], situation, day).admitted is False
        refusing[service] = refusing.get(service, True) and judged[conditions]
    return services.exclude(pk__in=[service for service, refuses in refusing.items() if refuses])


def verdicts(services: Iterable[Service], situation: Situation, day: date) -> dict[int, Eligibility]:
    """Say of each service, by key, whether it admits a person, and what is to be verified. For services with parts."""
    return {
        service.pk: eligibility(
            service.eligibility_rules.all(), situation, day,
            minimum_age=service.minimum_age, maximum_age=service.maximum_age,
        )
        for service in services
    }  # fmt: skip
