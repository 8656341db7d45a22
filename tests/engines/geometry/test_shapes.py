"""Polygons read, asked whether a point is inside, simplified and drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.engines.geometry import (
    Bounds,
    Frame,
    GeometryError,
    bounds_of,
    contains,
    count_points,
    path_of,
    point_inside,
    read_geometry,
    simplify,
    simplify_to,
    to_geojson,
)


def square(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings):
    return read_geometry({"type": "Polygon", "coordinates": list(rings)})


RING = polygon(square(0, 0, 10, 10), square(4, 4, 6, 6))


@pytest.mark.parametrize(("point", "inside"), [((1, 1), True), ((5, 5), False), ((11, 5), False), ((5, -1), False)])
def test_a_point_is_inside_out_of_the_holes(point, inside):
    assert contains(RING, point) is inside


def test_several_polygons_are_one_shape():
    islands = read_geometry({"type": "MultiPolygon", "coordinates": [[square(0, 0, 1, 1)], [square(5, 5, 6, 6)]]})
    assert contains(islands, (5.5, 5.5))
    assert contains(islands, (0.5, 0.5))
    assert not contains(islands, (3, 3))
    assert bounds_of(islands) == (0, 0, 6, 6)


coordinate = st.floats(0, 4, allow_nan=False, exclude_max=True)
middle = st.tuples(st.floats(1, 3), st.floats(1, 3))


@given(coordinate, coordinate, middle)
def test_a_point_on_shared_borders_is_in_one_shape_only(x, y, centre):
    """Four quarters around any centre, drawn in both directions, cover the ground once."""
    corners = [[0, 0], [4, 0], [4, 4], [0, 4]]
    quarters = [
        polygon([corners[i], corners[(i + 1) % 4], list(centre), corners[i]][:: 1 if i % 2 else -1]) for i in range(4)
    ]
    assert sum(contains(quarter, (x, y)) for quarter in quarters) == 1


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "kind"),
        ({"type": "Point", "coordinates": [1, 2]}, "kind"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon"}, "empty"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "empty"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "ring"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "ring"),
        ({"type": "Polygon", "coordinates": [7]}, "ring"),
        ({"type": "Polygon", "coordinates": [[["0", 0], [1, 0], [1, 1], [0, 0]]]}, "number"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 0], [1, 0], [1, 1], [0, 0]]]}, "number"),
        ({"type": "Polygon", "coordinates": [square(300_000, 5_000_000, 300_100, 5_000_100)]}, "range"),
    ],
)
def test_what_is_no_polygon_is_refused(value, reason):
    with pytest.raises(GeometryError) as refusal:
        read_geometry(value)
    assert refusal.value.reason == reason


def test_a_shape_written_reads_back_the_same():
    assert read_geometry(to_geojson(RING)) == RING


def test_altitudes_and_repeated_points_are_dropped():
    assert polygon([[0, 0, 12], [1, 0, 12], [1, 0, 12], [1, 1, 12], [0, 0, 12]]) == (
        (((0, 0), (1, 0), (1, 1), (0, 0)),),
    )


def test_a_point_inside_is_inside_the_largest_polygon_even_of_a_crescent():
    crescent = polygon([[0, 0], [10, 0], [10, 10], [0, 10], [0, 9], [9, 9], [9, 1], [0, 1], [0, 0]])
    assert contains(crescent, point_inside(crescent))
    assert contains(RING, point_inside(RING))


def test_simplifying_drops_what_is_aligned_and_keeps_corners():
    detailed = polygon([[0, 0], [5, 0.001], [10, 0], [10, 10], [0, 10], [0, 0]])
    assert simplify(detailed, 0.01) == polygon(square(0, 0, 10, 10))
    assert simplify(detailed, 0.0001) == detailed


def test_simplifying_keeps_something_of_what_is_too_small():
    assert simplify(polygon(square(0, 0, 1, 1)), 50) == polygon(square(0, 0, 1, 1))
    islands = read_geometry(
        {"type": "MultiPolygon", "coordinates": [[square(0, 0, 9, 9)], [square(20, 20, 20.1, 20.1)]]}
    )
    assert simplify(islands, 1) == polygon(square(0, 0, 9, 9))


def test_a_large_shape_is_simplified_just_enough():
    steps = [[i / 100, (i % 2) / 10_000] for i in range(1_000)]
    large = polygon([*steps, [10, 5], [0, 5], steps[0]])
    assert count_points(simplify_to(large, 100)) <= 100
    assert simplify_to(large, 2_000) == large


def test_north_is_up_and_longitudes_shrink():
    frame = Frame(Bounds(-74, 45, -73, 46), width=1000, margin=0)
    assert frame.place((-74, 46)) == (0, 0)
    assert frame.place((-73, 45)) == (1000, frame.height)
    assert 1400 < frame.height < 1450  # a degree of longitude is 0.70 of a degree of latitude there
    assert path_of(polygon(square(-74, 45, -73, 46)), frame) == f"M0 {frame.height:g}L1000 {frame.height:g}L1000 0L0 0Z"
