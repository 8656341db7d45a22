"""What the map of services shows, as its script asks for it: outlines of places, and points within bounds."""

from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.directory.finding.searching import MapPoint, find_points
from arrimage.directory.public import services_by_place
from arrimage.engines.geometry import Bounds
from arrimage.foundation.writing import write_number
from arrimage.territory.outlines import mapped_regions, outlines_of
from arrimage.web.access import open_to_all
from arrimage.web.public.forms import SearchForm

_SIDES = ("west", "south", "east", "north")  # as `Bounds` names them, in degrees


@open_to_all
@require_safe
def outlines(request: HttpRequest) -> JsonResponse:
    """Give the outlines of a region's places as a GeoJSON FeatureCollection."""
    region = get_object_or_404(mapped_regions(), code=request.GET.get("region", ""))
    counts = services_by_place()
    features = [
        {
            "type": "Feature",
            "geometry": each.geometry,
            "properties": {
                "name": each.place.name,
                "services": _services(counts.get(each.place.pk, 0)),
                "url": f"{reverse('public:services')}?place={each.place.pk}",
            },
        }
        for each in outlines_of(region)
        if each.place is not None
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@open_to_all
@require_safe
def points(request: HttpRequest) -> HttpResponseBase:
    """Give where, within the bounds asked, the services are that the same search lists."""
    bounds = _bounds(request)
    if bounds is None:
        return HttpResponseBadRequest(_("Dites les bornes de la carte, en degrés."))
    found = find_points(SearchForm(request.GET).criteria(), bounds)
    return JsonResponse({"points": [_point(each) for each in found]})


def _bounds(request: HttpRequest) -> Bounds | None:
    try:
        sides = [float(request.GET.get(side, "")) for side in _SIDES]
    except ValueError:
        return None
    return Bounds(*sides) if all(isfinite(side) for side in sides) else None


def _point(each: MapPoint) -> dict[str, Any]:
    return {
        "latitude": each.latitude,
        "longitude": each.longitude,
        "count": each.services,
        "services": _services(each.services),
        "name": each.name,
        "url": reverse("public:location", args=[each.uid]) if each.uid else "",
    }


def _services(count: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", count) % {"n": write_number(count)}
