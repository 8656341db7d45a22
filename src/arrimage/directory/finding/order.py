"""The order of services that were found."""

from django.contrib.postgres.search import SearchRank
from django.db.models import F

from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.words import Lexemes, Understood
from arrimage.directory.models.services import ServiceQuerySet

BY_NAME = ("name", "organisation__name", "pk")


def best_first(services: ServiceQuerySet, criteria: Criteria, understood: Understood) -> ServiceQuerySet:
    """Put the services that `searching.matching` found in order: the nearest first, or those where words weigh most, or
    by name."""
    if criteria.near is not None:
        return services.order_by("distance_km", *BY_NAME)
    if understood.terms:
        weight = SearchRank(F("document__words"), Lexemes(understood.query))
        return services.annotate(weight=weight).order_by("-weight", *BY_NAME)
    return services.order_by(*BY_NAME)
