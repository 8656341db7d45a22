"""Where places lie: which one holds a point, and the outlines that a map of a region shows."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from arrimage.engines.geometry import Bounds, Point, Shape, bounds_of, contains, read_geometry, to_geojson
from arrimage.territory.models import Outline, Place, Region


def fields_of(shape: Shape) -> dict[str, object]:
    """Return what an `Outline` keeps of a shape, by field."""
    box = bounds_of(shape)
    return {"geometry": to_geojson(shape), **box._asdict()}


def shape_of(outline: Outline) -> Shape:
    return read_geometry(outline.geometry)


def box_of(outline: Outline) -> Bounds:
    return Bounds(outline.west, outline.south, outline.east, outline.north)


def place_at(point: Point) -> Place | None:
    """Return the place where a point (longitude, latitude) lies, the smallest when several do (a borough before its
    city), or None when it lies in none whose outline is known."""
    longitude, latitude = point
    near = Outline.objects.filter(
        place__isnull=False, west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude
    ).select_related("place__region")
    for outline in sorted(near, key=lambda each: box_of(each).area):
        if contains(shape_of(outline), point):
            return outline.place
    return None


def outlines_of(region: Region) -> list[Outline]:
    """Return the outlines of a region's places, the largest first, as they are drawn one over another."""
    found = Outline.objects.filter(place__region=region).select_related("place")
    return sorted(found, key=lambda outline: (-box_of(outline).area, outline.pk))


def middles_of(place_ids: Iterable[int]) -> dict[int, Point]:
    """Return the middle (longitude, latitude) of the box around each of these places, where its outline is known.

    Good enough for « about 3 km », without reading the shapes.
    """
    boxes = Outline.objects.filter(place__in=set(place_ids)).values_list("place", "west", "south", "east", "north")
    return {key: ((west + east) / 2, (south + north) / 2) for key, west, south, east, north in boxes}


def mapped_regions() -> QuerySet[Region]:
    """Return the regions of which some place has an outline."""
    return Region.objects.filter(Exists(Outline.objects.filter(place__region=OuterRef("pk"))))


def without_outline(region_ids: Iterable[int], kinds: Iterable[str]) -> QuerySet[Place]:
    """Return the places of these regions and kinds that have no outline."""
    places = Place.objects.filter(region__in=set(region_ids), kind__in=set(kinds), outline__isnull=True)
    return places.order_by(F("region__code"), "name")
