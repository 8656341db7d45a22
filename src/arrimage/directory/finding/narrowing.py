"""The criteria that narrow, each a condition on services; words are `words`' to understand."""

from datetime import datetime

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.distance import around, distance_km
from arrimage.directory.finding.eligible import without_refusals
from arrimage.directory.finding.hours import open_at, open_on
from arrimage.directory.models import ServiceAtLocation, ServicePlaces
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.territory.models import Place

_LATITUDE, _LONGITUDE = "location__latitude", "location__longitude"


def narrow(services: ServiceQuerySet, criteria: Criteria, moment: datetime) -> ServiceQuerySet:
    """Return the services that answer every criterion, words aside, with `distance_km` where `near` is given."""
    if criteria.theme is not None:
        services = services.filter(themes=criteria.theme)
    if criteria.language:
        services = services.filter(languages__contains=[criteria.language])
    if criteria.mode:
        services = services.filter(modes__contains=[criteria.mode])
    if criteria.place is not None:
        services = services.filter(_in(criteria.place))
    if criteria.free_places:
        free = ServicePlaces.objects.filter(capacity__gt=F("taken") + F("taken_by_referrals") + F("held"))
        services = services.filter(pk__in=free.order_by().values("service_at_location__service"))
    if criteria.open_now:
        services = services.filter(open_at(moment))
    day = timezone.localtime(moment).date()
    if criteria.open_on is not None:
        services = services.filter(open_on(criteria.open_on, day))
    if criteria.near is not None:
        services = _near(services, criteria.near, criteria.within_km)
    if criteria.situation is not None:
        services = without_refusals(services, criteria.situation, day)
    return services


def _in(place: Place) -> Q:
    """Return the condition that a service is in a place or its boroughs; its organisation's place stands for none."""
    places = Place.objects.filter(Q(pk=place.pk) | Q(within=place)).order_by().values("pk")
    somewhere = ServiceAtLocation.objects.filter(location__place__isnull=False, service=OuterRef("pk"))
    here = ServiceAtLocation.objects.filter(location__place__in=places).order_by().values("service")
    return Q(pk__in=here) | (~Q(Exists(somewhere)) & Q(organisation__place__in=places))


def _near(services: ServiceQuerySet, point: Point, within_km: float | None) -> ServiceQuerySet:
    """Add the distance to the nearest location of each service that has one, at most `within_km` away."""
    distance = distance_km(point, _LATITUDE, _LONGITUDE)
    located = ServiceAtLocation.objects.filter(location__latitude__isnull=False).order_by()
    if within_km is not None:
        box = around(point, within_km, _LATITUDE, _LONGITUDE)
        located = located.filter(box).alias(km=distance).filter(km__lte=within_km)
    nearest = located.filter(service=OuterRef("pk")).values("service").annotate(nearest=Min(distance))
    return services.filter(pk__in=located.values("service")).annotate(distance_km=Subquery(nearest.values("nearest")))
