"""Whom services admit: those that refuse somebody are left out; those that perhaps do say what to verify."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from arrimage.directory.models import EligibilityRule, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.directory.rules import Eligibility, Situation, admits, age_on, eligibility


class Conditions(NamedTuple):
    """The conditions of a rule (`rules.Rule`), without what is not asked when it is only judged."""

    categories: Sequence[str]
    counted_from: str
    months_at_least: int | None
    months_less_than: int | None
    from_on: date | None
    to_on: date | None
    minimum_age: int | None
    maximum_age: int | None
    region_id: int | None
    reason: str = ""


def without_refusals(services: ServiceQuerySet, situation: Situation, day: date) -> ServiceQuerySet:
    """Leave out the services that refuse a person in that situation; one that is not known refuses nothing.

    One query for the rules of the services; each different rule is judged once, by `rules`.
    """
    if situation.born_on is not None:
        age = age_on(situation.born_on, day)
        services = services.exclude(Q(minimum_age__gt=age) | Q(maximum_age__lt=age))
    rules = EligibilityRule.objects.filter(service__in=services.order_by().values("pk")).order_by()
    judged: dict[Conditions, bool] = {}
    refusing: dict[int, bool] = {}
    for service, categories, *others in rules.values_list("service", *Conditions._fields[:-1]):
        conditions = Conditions(tuple(categories), *others)
        if conditions not in judged:
            judged[conditions] = admits([conditions], situation, day) is False
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
