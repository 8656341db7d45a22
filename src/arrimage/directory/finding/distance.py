"""Distances on the globe as the crow flies (haversine): compared by the database, a box on indexed columns first, or
computed here.

What is compared is half the chord between two points, squared, of a sphere of radius 1: it grows with the distance and
costs half of it, which is written once a line shown.
"""

from math import asin, cos, degrees, pi, radians, sin, sqrt
from typing import Any

from django.db.models import F, FloatField, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from arrimage.directory.finding.criteria import Point
from arrimage.engines import geometry

EARTH_KM = 6371.0088  # mean radius (IUGG)
HALF_WAY_ROUND_KM = pi * EARTH_KM
_POLE = 89.9  # degrees: past it a box has no width


class HalfChord(Func):
    """Half the chord, squared, from `point` to the columns so named, in degrees: one text, for an expression of seven
    functions cost more to compile than a circle to read."""

    output_field = FloatField()

    def __init__(self, point: Point, latitude: str, longitude: str) -> None:
        super().__init__(F(latitude), F(longitude), point=point)

    def as_sql(self, compiler: SQLCompiler, *_args: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        latitude, longitude = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return half_chord(self.extra["point"], latitude, longitude)


def half_chord(point: Point, latitude: str, longitude: str) -> tuple[str, tuple[float, ...]]:
    """Return the same of columns named in SQL, in degrees, with its parameters."""
    north, east = (f"power(sin(radians({column} - %s) / 2.0), 2)" for column in (latitude, longitude))
    sql = f"({north} + cos(radians({latitude})) * %s * {east})"
    return sql, (point.latitude, cos(radians(point.latitude)), point.longitude)


def chord_of(km: float) -> float:
    """Return half the chord, squared, of points so far apart; of antipodes from half the way round the globe on."""
    return sin(min(km, HALF_WAY_ROUND_KM) / (2 * EARTH_KM)) ** 2


def km_of(chord: float) -> float:
    """Return the distance along the globe, in km, of points whose half chord, squared, is this one."""
    return 2 * EARTH_KM * asin(sqrt(min(1.0, chord)))


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
    """Return the distance in km between two points (longitude, latitude in degrees)."""
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    return km_of(sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2)
