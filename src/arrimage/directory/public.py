"""What everybody may find in the directory: the services offered now, never where referrals are sent."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, Func, Q, QuerySet, TextField

from arrimage.directory.enums import Closure
from arrimage.directory.models import Service, ServiceAtLocation, Theme
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.territory.models import Place


def offered_services() -> ServiceQuerySet:
    """Return the services offered now, with what a list shows; the address for referrals is never read."""
    return _shown(Service.objects.filter(is_offered=True))


def open_services() -> ServiceQuerySet:
    """Return the services that have a page: those offered, and those closed for a time, which will be again."""
    return _shown(Service.objects.filter(Q(is_offered=True) | Q(closure=Closure.TEMPORARY)))


def _shown(services: ServiceQuerySet) -> ServiceQuerySet:
    return (
        services.defer("contact_email").select_related("organisation__place", "organisation__region").with_locations()
    )


def offered_themes() -> QuerySet[Theme]:
    """Return the themes that some service answers now."""
    return Theme.objects.filter(pk__in=Service.objects.filter(is_offered=True).values("themes"))


def offered_languages() -> list[str]:
    """Return the languages of the services offered now, as codes."""
    codes: Iterable[str] = (
        Service.objects.filter(is_offered=True)
        .annotate(code=Func(F("languages"), function="unnest", output_field=TextField()))
        .order_by()
        .values_list("code", flat=True)
        .distinct()
    )
    return sorted(codes)


def offered_places() -> QuerySet[Place]:
    """Return the cities and boroughs where some service is offered, by name."""
    return Place.objects.filter(pk__in=services_by_place()).order_by("name")


def services_by_place() -> dict[int, int]:
    """Return how many services are offered in each place, by its key: where they are, or else their organisation is."""
    offered = Service.objects.filter(is_offered=True).order_by()
    counts = Counter(
        dict(
            offered.filter(at_locations__location__place__isnull=False)
            .values_list("at_locations__location__place")
            .annotate(count=Count("pk", distinct=True))
        )
    )
    elsewhere = offered.filter(_nowhere(), organisation__place__isnull=False)
    counts.update(dict(elsewhere.values_list("organisation__place").annotate(count=Count("pk"))))
    return dict(counts)


def _nowhere() -> Q:
    """Return the condition that a service is at no known place: its organisation's then stands for it."""
    return ~Q(pk__in=ServiceAtLocation.objects.filter(location__place__isnull=False).values("service"))
