"""Polygons in longitude and latitude (degrees, WGS84), as GeoJSON gives them (RFC 7946).

A shape is one or more polygons; a polygon, an outer ring and its holes; a ring is closed: its last point is its first.
"""

import itertools
import math
from typing import Any, NamedTuple

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Shape = tuple[Polygon, ...]

DECIMALS = 6  # about ten centimetres


class GeometryError(ValueError):
    """What was given is no polygon. `reason` is one of `kind`, `empty`, `ring`, `number`, `range`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bounds(NamedTuple):
    """The box around a shape, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def area(self) -> float:
        return (self.east - self.west) * (self.north - self.south)

    def around(self, other: "Bounds") -> "Bounds":
        """Return the box around both."""
        return Bounds(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


def read_geometry(value: Any) -> Shape:
    """Return the shape of a GeoJSON Polygon or MultiPolygon (a dictionary), rounded to six decimals.

    Altitudes are dropped, repeated points too. Raises `GeometryError` for anything else.
    """
    if not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon"):
        raise GeometryError("kind")
    coordinates = value.get("coordinates")
    polygons = [coordinates] if value["type"] == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise GeometryError("empty")
    return tuple(_read_polygon(polygon) for polygon in polygons)


def to_geojson(shape: Shape) -> dict[str, Any]:
    """Return the shape as a GeoJSON MultiPolygon; `read_geometry` gives it back."""
    return {
        "type": "MultiPolygon",
        "coordinates": [[[list(point) for point in ring] for ring in polygon] for polygon in shape],
    }


def bounds_of(shape: Shape) -> Bounds:
    points = [point for polygon in shape for point in polygon[0]]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def contains(shape: Shape, point: Point) -> bool:
    """Say whether a point lies in a shape, out of its holes.

    Even-odd rule on half-open edges: where shapes cover the ground edge to edge, a point on a border is in one of them
    only.
    """
    return any(sum(_crossings(ring, point) for ring in polygon) % 2 == 1 for polygon in shape)


def point_inside(shape: Shape) -> Point:
    """Return a point of the largest polygon, near its middle: where a label can stand.

    The middle of the widest stretch that some parallels of latitude cut in the polygon.
    """
    polygon = max(shape, key=lambda one: _area(one[0]))
    box = bounds_of((polygon,))
    best, widest = polygon[0][0], -1.0
    for step in range(1, 16):
        latitude = box.south + (box.north - box.south) * step / 16
        cuts = sorted(cut for ring in polygon for cut in _cuts(ring, latitude))
        for west, east in zip(cuts[::2], cuts[1::2], strict=False):
            # A little preference for the middle of the height, where the label has room above and below.
            width = (east - west) * (1 - abs(step - 8) / 24)
            if width > widest:
                best, widest = ((west + east) / 2, latitude), width
    return best


def _read_polygon(polygon: Any) -> Polygon:
    if not isinstance(polygon, list) or not polygon:
        raise GeometryError("empty")
    return tuple(_read_ring(ring) for ring in polygon)


def _read_ring(ring: Any) -> Ring:
    if not isinstance(ring, list):
        raise GeometryError("ring")
    points: list[Point] = []
    for position in ring:
        point = _read_position(position)
        if not points or points[-1] != point:
            points.append(point)
    if len(points) < 4 or points[0] != points[-1]:
        raise GeometryError("ring")
    return tuple(points)


def _read_position(position: Any) -> Point:
    if not isinstance(position, list) or len(position) < 2:
        raise GeometryError("number")
    longitude, latitude = position[0], position[1]
    for number in (longitude, latitude):
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise GeometryError("number")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise GeometryError("range")
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


def _crossings(ring: Ring, point: Point) -> int:
    return sum(cut > point[0] for cut in _cuts(ring, point[1]))


def _cuts(ring: Ring, latitude: float) -> list[float]:
    """Return the longitudes at which a ring crosses a parallel; an edge keeps its lower end and not its upper one."""
    cuts: list[float] = []
    for start, end in itertools.pairwise(ring):
        # The same edge, whichever way a neighbour draws it, must give the very same number.
        low, high = (start, end) if (start[1], start[0]) <= (end[1], end[0]) else (end, start)
        if low[1] <= latitude < high[1]:
            cuts.append(low[0] + (latitude - low[1]) / (high[1] - low[1]) * (high[0] - low[0]))
    return cuts


def _area(ring: Ring) -> float:
    """Return the area of a ring in square degrees, without a sign."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2
