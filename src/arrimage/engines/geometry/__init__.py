"""Shapes on a map: reading GeoJSON geometries, telling whether a point is inside, simplifying, drawing as SVG paths."""

from arrimage.engines.geometry.drawing import Frame, path_of
from arrimage.engines.geometry.shapes import (
    Bounds,
    GeometryError,
    Point,
    Polygon,
    Ring,
    Shape,
    bounds_of,
    contains,
    point_inside,
    read_geometry,
    to_geojson,
)
from arrimage.engines.geometry.simplifying import count_points, simplify, simplify_to

__all__ = [
    "Bounds",
    "Frame",
    "GeometryError",
    "Point",
    "Polygon",
    "Ring",
    "Shape",
    "bounds_of",
    "contains",
    "count_points",
    "path_of",
    "point_inside",
    "read_geometry",
    "simplify",
    "simplify_to",
    "to_geojson",
]
