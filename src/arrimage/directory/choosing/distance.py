"""Distances as the crow flies."""

from math import asin, cos, radians, sin, sqrt

from arrimage.engines.geometry import Point

EARTH_RADIUS_KM = 6_371.0


def km_between(one: Point, other: Point) -> float:
    """Return the distance in km between two points (longitude, latitude in degrees), by the haversine formula."""
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
