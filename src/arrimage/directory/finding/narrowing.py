"""The criteria that narrow, each a condition on services or on their doors; words are `words`' to understand.

What is asked of where and when is asked of one door: open now, in that borough, with a place that is free. A service
that is open elsewhere and full here is no answer.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.distance import HALF_WAY_ROUND_KM, HalfChord, around, chord_of
from arrimage.directory.finding.eligible import without_refusals
from arrimage.directory.finding.hours import IsOpen, open_at, open_on, with_schedule
from arrimage.directory.models import Service, ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.territory.models import Place

LATITUDE, LONGITUDE = "location__latitude", "location__longitude"


def narrow(services: ServiceQuerySet, criteria: Criteria, moment: datetime) -> ServiceQuerySet:
    """Return the services that answer every criterion, words aside; a point without a limit around it narrows none."""
    return at_some_door(narrow_but_doors(services, criteria, moment), criteria, moment)


def narrow_but_doors(services: ServiceQuerySet, criteria: Criteria, moment: datetime) -> ServiceQuerySet:
    """Return the services that answer what is asked of themselves, wherever and whenever they are offered."""
    if criteria.theme is not None:
        services = services.filter(themes=criteria.theme)
    if criteria.language:
        services = services.filter(languages__contains=[criteria.language])
    if criteria.mode:
        services = services.filter(modes__contains=[criteria.mode])
    if criteria.situation is not None:
        services = without_refusals(services, criteria.situation, timezone.localtime(moment).date())
    return services


def at_some_door(services: ServiceQuerySet, criteria: Criteria, moment: datetime) -> ServiceQuerySet:
    """Return the services that have a door that answers what is asked of one, or answer it without having any."""
    if not asks_of_a_door(criteria):
        return services
    doors, here = _in_time_and_reach(criteria, moment), _within(criteria.place)
    if here is None:
        answers = Q(Exists(doors.filter(service=OuterRef("pk"))))
    else:
        placed, others = doors.filter(location__place__in=here), doors.filter(_stands_for_none(here))
        answers = Q(pk__in=placed.values("service")) | Q(pk__in=others.values("service"))
    if criteria.free_places or criteria.within_km is not None:
        return services.filter(answers)
    doorless = Service.objects.order_by().filter(~Exists(ServiceAtLocation.objects.filter(service=OuterRef("pk"))))
    for holds in _hours(criteria, moment):
        doorless = doorless.filter(pk__in=with_schedule(holds))
    if here is not None:
        doorless = doorless.filter(organisation__place__in=here)
    return services.filter(answers | Q(pk__in=doorless.values("pk")))


def asks_of_a_door(criteria: Criteria) -> bool:
    hours = criteria.open_now or criteria.open_on is not None
    return hours or criteria.place is not None or criteria.free_places or criteria.within_km is not None


def doors_that_answer(criteria: Criteria, moment: datetime) -> QuerySet[ServiceAtLocation]:
    """Return the doors that answer all that is asked of one, in no order; all of them when nothing is."""
    doors, here = _in_time_and_reach(criteria, moment), _within(criteria.place)
    return doors if here is None else doors.filter(Q(location__place__in=here) | _stands_for_none(here))


def located(
    doors: QuerySet[ServiceAtLocation], point: Point, within_km: float = HALF_WAY_ROUND_KM
) -> QuerySet[ServiceAtLocation]:
    """Return those of `doors` whose place is known, at most `within_km` away, in no order."""
    doors = doors.order_by().filter(location__latitude__isnull=False)
    if within_km >= HALF_WAY_ROUND_KM:
        return doors
    near = around(point, within_km, LATITUDE, LONGITUDE)
    return doors.filter(near).alias(far=HalfChord(point, LATITUDE, LONGITUDE)).filter(far__lte=chord_of(within_km))


def _in_time_and_reach(criteria: Criteria, moment: datetime) -> QuerySet[ServiceAtLocation]:
    """Return the doors that answer, wherever they stand."""
    doors = ServiceAtLocation.objects.order_by()
    if criteria.near is not None and criteria.within_km is not None:
        doors = located(doors, criteria.near, criteria.within_km)
    if criteria.free_places:
        taken = F("places__taken") + F("places__taken_by_referrals") + F("places__held")
        doors = doors.filter(places__capacity__gt=taken)
    for holds in _hours(criteria, moment):
        doors = doors.filter(IsOpen(holds))
    return doors


def _stands_for_none(here: QuerySet[Any]) -> Q:
    """Return the condition that a door has no place and that of its organisation, which stands for it, is `here`."""
    return Q(location__place=None, service__organisation__place__in=here)


def _hours(criteria: Criteria, moment: datetime) -> list[str]:
    """Return what must hold of schedules, in SQL."""
    hours = [open_at(moment)] if criteria.open_now else []
    if criteria.open_on is not None:
        hours.append(open_on(criteria.open_on, timezone.localtime(moment).date()))
    return hours


def _within(place: Place | None) -> QuerySet[Any] | None:
    """Return the key of a place and those of its boroughs."""
    return Place.objects.filter(Q(pk=place.pk) | Q(within=place)).order_by().values("pk") if place else None
