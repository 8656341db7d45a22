"""The order of services that were found."""

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Min, OuterRef, Subquery, Value
from django.db.models.functions import ASin, Least, Sqrt

from arrimage.directory.finding.criteria import Point
from arrimage.directory.finding.distance import EARTH_KM, HalfChord
from arrimage.directory.finding.narrowing import LATITUDE, LONGITUDE
from arrimage.directory.finding.words import Lexemes, Understood
from arrimage.directory.models import ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet

BY_NAME = ["name", "organisation__name", "pk"]


def best_first(services: ServiceQuerySet, understood: Understood) -> ServiceQuerySet:
    """Put services that were found by words in order: those where the words weigh most first; by name without words."""
    if not understood.terms:
        return services.order_by(*BY_NAME)
    weight = SearchRank(F("document__words"), Lexemes(understood.query))
    return services.annotate(weight=weight).order_by("-weight", *BY_NAME)


def nearest_first(services: ServiceQuerySet, point: Point) -> ServiceQuerySet:
    """Order services by their `km`, of the nearest door of each: all are measured, where `results` measure a page."""
    doors = ServiceAtLocation.objects.filter(service=OuterRef("pk")).order_by().values("service")
    chord = Subquery(doors.annotate(chord=Min(HalfChord(point, LATITUDE, LONGITUDE))).values("chord"))
    km = Value(2 * EARTH_KM, FloatField()) * ASin(Sqrt(Least(chord, Value(1.0))))
    return services.annotate(km=km).order_by("km", *BY_NAME)
