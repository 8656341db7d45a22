"""Distances on the globe as the crow flies, by the haversine formula: by the database, with a box on indexed columns
first, or here."""

from math import asin, cos, degrees, radians, sin, sqrt
from typing import Any

from django.db.models import Expression, F, FloatField, Q, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from arrimage.directory.finding.criteria import Point
from arrimage.engines import geometry

EARTH_KM = 6371.0088  # mean radius (IUGG)
_POLE = 89.9  # degrees: past it a box has no width


def distance_km(point: Point, latitude: str, longitude: str) -> Expression:
    """Return the great-circle distance, in kilometres, from `point` to the columns so named."""
    north = Power(Sin(Radians(F(latitude) - point.latitude) / 2.0), 2)
    east = Power(Sin(Radians(F(longitude) - point.longitude) / 2.0), 2)
    half_chord: Any = north + Cos(Radians(F(latitude))) * cos(radians(point.latitude)) * east
    return Value(2 * EARTH_KM, FloatField()) * ASin(Sqrt(Least(half_chord, Value(1.0))))


def around(point: Point, km: float, latitude: str, longitude: str) -> Q:
    """Return the condition that the columns so named lie in the box that holds the circle."""
    height = degrees(km / EARTH_KM)
    inside = Q(**{f"{latitude}__range": (point.latitude - height, point.latitude + height)})
    farthest = abs(point.latitude) + height
    if farthest < _POLE:
        width = height / cos(radians(farthest))
        inside &= Q(**{f"{longitude}__range": (point.longitude - width, point.longitude + width)})
    return inside


def km_between(one: geometry.Point, other: geometry.Point) -> float:
    """Return the great-circle distance in kilometres between two points (longitude, latitude in degrees)."""
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    half_chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half_chord)))
