"""Fewer points for the same outline (Douglas and Peucker, 1973)."""

from arrimage.engines.geometry.shapes import Point, Ring, Shape

_FIRST_TOLERANCE = 0.00001  # about a metre


def count_points(shape: Shape) -> int:
    return sum(len(ring) for polygon in shape for ring in polygon)


def simplify(shape: Shape, tolerance: float) -> Shape:
    """Return the shape without the points that lie within `tolerance` degrees of what remains.

    Rings that would be less than a triangle go, except the outer ring of the largest polygon; two shapes that share a
    border are simplified apart, so that the border may not be shared any more, within the tolerance.
    """
    polygons = []
    for polygon in shape:
        rings = [_simplify_ring(ring, tolerance) for ring in polygon]
        if len(rings[0]) >= 4:
            polygons.append(tuple(ring for ring in rings if len(ring) >= 4))
    if not polygons:
        return (max(shape, key=lambda polygon: len(polygon[0])),)
    return tuple(polygons)


def simplify_to(shape: Shape, most_points: int) -> Shape:
    """Return the shape as it is when it has at most `most_points`, else simplified just enough."""
    tolerance = _FIRST_TOLERANCE
    simplified = shape
    while count_points(simplified) > most_points and tolerance < 1:
        simplified = simplify(shape, tolerance)
        tolerance *= 2
    return simplified


def _simplify_ring(ring: Ring, tolerance: float) -> Ring:
    # Two anchors far apart: a closed line has no ends of its own.
    far = max(range(len(ring)), key=lambda index: _squared_distance(ring[index], ring[0]))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        start, end = waiting.pop()
        furthest, distance = start, tolerance * tolerance
        for index in range(start + 1, end):
            there = _squared_distance_to_segment(ring[index], ring[start], ring[end])
            if there > distance:
                furthest, distance = index, there
        if furthest != start:
            kept.add(furthest)
            waiting += [(start, furthest), (furthest, end)]
    return tuple(ring[index] for index in sorted(kept))


def _squared_distance(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _squared_distance_to_segment(point: Point, start: Point, end: Point) -> float:
    length = _squared_distance(start, end)
    if not length:
        return _squared_distance(point, start)
    along = (point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (end[1] - start[1])
    along = min(1.0, max(0.0, along / length))
    nearest = (start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]))
    return _squared_distance(point, nearest)
