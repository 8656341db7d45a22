"""The order of services that were found."""

from django.contrib.postgres.search import SearchRank
from django.db.models import F

from arrimage.directory.finding.words import Lexemes, Understood
from arrimage.directory.models.services import ServiceQuerySet

BY_NAME = ["name", "organisation__name", "pk"]
NEAREST_FIRST = ["distance_km", *BY_NAME]  # for services that `narrowing.narrow` found near a point


def best_first(services: ServiceQuerySet, understood: Understood) -> ServiceQuerySet:
    """Put services that were found by words in order: those where the words weigh most first; by name without words."""
    if not understood.terms:
        return services.order_by(*BY_NAME)
    weight = SearchRank(F("document__words"), Lexemes(understood.query))
    return services.annotate(weight=weight).order_by("-weight", *BY_NAME)
