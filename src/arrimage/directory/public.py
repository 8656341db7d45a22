"""What everybody may find in the directory: the services offered now, never where referrals are sent."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Func, Q, QuerySet, TextField
from django.db.models.functions import Greatest

from arrimage.directory.enums import Closure
from arrimage.directory.models import Service, ServiceAtLocation, Theme
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.words import meaningful_words
from arrimage.territory.models import Place

ALIKE = 0.4


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


def search_services(
    text: str = "",
    *,
    theme: Theme | None = None,
    language: str = "",
    place: Place | None = None,
    theme_labels: Mapping[str, str] | None = None,
) -> ServiceQuerySet:
    """Return the offered services that answer every word of `text`, or, when none does, those that resemble it.

    Accents, case and plurals are forgiven. A word may be in the service, its organisation, its place or its themes,
    whose labels are known in French, in English and in the language of `theme_labels` (label by code).
    """
    services = offered_services()
    if theme is not None:
        services = services.filter(themes=theme)
    if language:
        services = services.filter(languages__contains=[language])
    if place is not None:
        services = services.filter(_in(place))
    words = meaningful_words(text)
    if not words:
        return services.order_by("name", "organisation__name", "pk")
    found = services
    for word in words:
        found = found.filter(pk__in=_with_word(word, theme_labels or {}))
    if found.exists():
        return found.order_by("name", "organisation__name", "pk")
    return _alike(services, " ".join(words))


def _with_word(word: str, theme_labels: Mapping[str, str]) -> QuerySet[Any]:
    plain = forgive(word)
    condition = Q(themes__code__in=[code for code, label in theme_labels.items() if plain and plain in forgive(label)])
    for field in (
        "name",
        "description",
        "organisation__name",
        "at_locations__location__place__name",
        "organisation__place__name",
        "themes__label_fr",
        "themes__label_en",
    ):
        condition |= Q(**{f"{field}__unaccent__icontains": word})
    return Service.objects.filter(condition).order_by().values("pk")


def _alike(services: ServiceQuerySet, text: str) -> ServiceQuerySet:
    likeness = Greatest(
        TrigramWordSimilarity(text, "name"),
        TrigramWordSimilarity(text, "organisation__name"),
        TrigramWordSimilarity(text, "themes__label_fr"),
        TrigramWordSimilarity(text, "themes__label_en"),
    )
    close = Service.objects.annotate(likeness=likeness).filter(likeness__gt=ALIKE).order_by().values("pk")
    return services.filter(pk__in=close).order_by("name", "organisation__name", "pk")


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


def _in(place: Place) -> Q:
    here = ServiceAtLocation.objects.filter(location__place=place).values("service")
    return Q(pk__in=here) | (_nowhere() & Q(organisation__place=place))
