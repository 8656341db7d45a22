"""The criteria that narrow, each a condition on services; words are `words`' to understand."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.distance import HALF_WAY_ROUND_KM, around, chord_from, chord_of
from arrimage.directory.finding.eligible import without_refusals
from arrimage.directory.finding.hours import open_at, open_on
from arrimage.directory.models import ServiceAtLocation, ServicePlaces
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.territory.models import Place

LATITUDE, LONGITUDE = "location__latitude", "location__longitude"


def narrow(services: ServiceQuerySet, criteria: Criteria, moment: datetime) -> ServiceQuerySet:
    """Return the services that answer every criterion, words aside."""
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
        services = services.filter(pk__in=located(criteria.near, criteria.within_km).values("service"))
    if criteria.situation is not None:
        services = without_refusals(services, criteria.situation, day)
    return services


def _in(place: Place) -> Q:
    """Return the condition that a service is in a place or its boroughs; its organisation's place stands for none."""
    places = Place.objects.filter(Q(pk=place.pk) | Q(within=place)).order_by().values("pk")
    somewhere = ServiceAtLocation.objects.filter(location__place__isnull=False, service=OuterRef("pk"))
    here = ServiceAtLocation.objects.filter(location__place__in=places).order_by().values("service")
    return Q(pk__in=here) | (~Q(Exists(somewhere)) & Q(organisation__place__in=places))


def located(point: Point, within_km: float | None) -> QuerySet[ServiceAtLocation]:
    """Return the doors whose place is known, at most `within_km` away, in no order."""
    doors = ServiceAtLocation.objects.filter(location__latitude__isnull=False).order_by()
    if within_km is None or within_km >= HALF_WAY_ROUND_KM:
        return doors
    near = around(point, within_km, LATITUDE, LONGITUDE)
    return doors.filter(near).alias(far=chord_from(point, LATITUDE, LONGITUDE)).filter(far__lte=chord_of(within_km))
