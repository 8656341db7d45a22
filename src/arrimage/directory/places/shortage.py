"""Where places are short: by theme of need and by city or borough."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, ServicePlaces

_SERVICE = "service_at_location__service"
_PLACE = "service_at_location__location__place"


def places_by_theme_and_place(region_id: int | None) -> QuerySet[Any]:
    """Return a row for each theme and city or borough (`theme`, `theme_fr`, `theme_en`, `place`, `place_name`) where an
    offered service counts its places: how many `services`, places in `all`, `busy`, `reserved`, `left`, and people in
    `line`.

    A service of several themes counts in each. `region_id` None is the whole of Québec. One query.
    """
    counted = _counted(region_id)
    waiting = PlaceHold.objects.filter(places=OuterRef("pk"), status=HoldStatus.WAITING).order_by().values("places")
    return (
        counted.values(
            theme=F(f"{_SERVICE}__themes"),
            theme_fr=F(f"{_SERVICE}__themes__label_fr"),
            theme_en=F(f"{_SERVICE}__themes__label_en"),
            place=F(_PLACE),
            place_name=F(f"{_PLACE}__name"),
        )
        .annotate(
            services=Count(_SERVICE, distinct=True),
            all=Sum("capacity"),
            busy=Sum(F("taken") + F("taken_by_referrals")),
            reserved=Sum("held"),
            left=Sum(F("capacity") - F("taken") - F("taken_by_referrals") - F("held")),
            line=Sum(Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)),
        )
        .filter(theme__isnull=False)
        .order_by()
    )


def services_counted(region_id: int | None) -> set[tuple[int, int, int | None]]:
    """Return the services that these rows count: the keys of each, of a theme and of a place. One query."""
    return set(
        _counted(region_id)
        .filter(**{f"{_SERVICE}__themes__isnull": False})
        .values_list(_SERVICE, f"{_SERVICE}__themes", _PLACE)
    )


def _counted(region_id: int | None) -> QuerySet[ServicePlaces]:
    counted = ServicePlaces.objects.filter(service_at_location__service__is_offered=True)
    if region_id is not None:
        counted = counted.filter(service_at_location__service__organisation__region=region_id)
    return counted
