"""Reading the services among which one is chosen."""

from collections.abc import Collection, Mapping

from django.db.models import Avg, Q

from arrimage.directory.choosing.components import Past
from arrimage.directory.choosing.ranking import Choice, Ranking, Wishes, rank
from arrimage.directory.choosing.weights import CONSIDERED
from arrimage.directory.models import Location, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.engines.geometry import Point
from arrimage.territory.outlines import middles_of

Pasts = Mapping[tuple[int, int], Past]  # by theme and service


def rank_for_themes(themes: Collection[int], wishes: Wishes, pasts: Pasts) -> dict[int, Ranking]:
    """Return, by theme, the order of the services offered.

    `pasts` are what became of all the referrals of the region (`casework.choosing.pasts_of`). Seven queries, or
    eight where some place has no outline.
    """
    answering = Service.themes.through.objects.filter(theme__in=themes).values("service")
    services = list(
        _with_what_counts(Service.objects.filter(is_offered=True, pk__in=answering))
        .alias(elsewhere=~Q(organisation__region=wishes.region_id))
        .order_by("elsewhere", "name", "pk")[:CONSIDERED]
    )
    middles = _middles_around(services, wishes)
    rankings = {}
    for theme in themes:
        past = {service: one for (of, service), one in pasts.items() if of == theme}
        rankings[theme] = rank(
            [service for service in services if theme in {each.pk for each in service.themes.all()}],
            wishes,
            middles=middles,
            past=past,
            of_theme=Past(sum(one.ended for one in past.values()), sum(one.completed for one in past.values())),
        )
    return rankings


def judge(service_ids: Collection[int], wishes: Wishes) -> dict[int, Choice]:
    """Judge, by key, services that are in no order, their past aside. As many queries as an order, or none."""
    if not service_ids:
        return {}
    services = list(_with_what_counts(Service.objects.filter(pk__in=service_ids)).order_by("pk"))
    ranking = rank(services, wishes, middles=_middles_around(services, wishes), past={}, of_theme=Past())
    return {one.service.pk: one for one in (*ranking.choices, *ranking.refused)}


def _with_what_counts(services: ServiceQuerySet) -> ServiceQuerySet:
    found = services.select_related("organisation__region").with_locations()
    return found.prefetch_related("themes", "eligibility_rules", "at_locations__places")


def _middles_around(services: Collection[Service], wishes: Wishes) -> dict[int, Point]:
    """Return the middle of the places of these services, and of the one distances count from."""
    places = [at.location.place for service in services for at in service.at_locations.all()]
    return _middles([place.pk for place in (wishes.place, *places) if place])


def _middles(place_ids: Collection[int]) -> dict[int, Point]:
    """Return the middle of each place: that of its outline, or else of the services known to be there."""
    middles = middles_of(place_ids)
    if missing := set(place_ids) - middles.keys():
        there = Location.objects.filter(place__in=missing, latitude__isnull=False).order_by().values_list("place")
        means = there.annotate(across=Avg("longitude"), down=Avg("latitude"))
        middles |= {key: (across, down) for key, across, down in means}
    return middles
