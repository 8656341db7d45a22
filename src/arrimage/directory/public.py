"""What everybody may find in the directory: the services offered now, never where referrals are sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Func, Q, QuerySet, TextField
from django.db.models.functions import Coalesce, Greatest

from arrimage.directory.models import Service, Theme
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.words import meaningful_words
from arrimage.territory.models import Place

ALIKE = 0.4


def offered_services() -> QuerySet[Service]:
    """Return the services offered now, with what a list shows; the address for referrals is never read."""
    return (
        Service.objects.filter(is_offered=True)
        .defer("contact_email")
        .select_related("place", "organisation__place", "organisation__region")
    )


def search_services(
    text: str = "",
    *,
    theme: Theme | None = None,
    language: str = "",
    place: Place | None = None,
    theme_labels: Mapping[str, str] | None = None,
) -> QuerySet[Service]:
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
        services = services.filter(Q(place=place) | Q(place__isnull=True, organisation__place=place))
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
        "place__name",
        "organisation__place__name",
        "themes__label_fr",
        "themes__label_en",
    ):
        condition |= Q(**{f"{field}__unaccent__icontains": word})
    return Service.objects.filter(condition).order_by().values("pk")


def _alike(services: QuerySet[Service], text: str) -> QuerySet[Service]:
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
    offered = Service.objects.filter(is_offered=True)
    return Place.objects.filter(
        Q(pk__in=offered.filter(place__isnull=False).values("place"))
        | Q(pk__in=offered.filter(place__isnull=True).values("organisation__place"))
    ).order_by("name")


def services_by_place() -> dict[int, int]:
    """Return how many services are offered in each place, by its key: theirs, or else their organisation's."""
    offered = (
        Service.objects.filter(is_offered=True)
        .annotate(where=Coalesce("place_id", "organisation__place_id"))
        .filter(where__isnull=False)
        .order_by()
    )
    return dict(offered.values_list("where").annotate(count=Count("pk")))
