"""From degrees to a drawing: shapes as the paths of an SVG."""

import math
from dataclasses import dataclass

from arrimage.engines.geometry.shapes import Bounds, Point, Shape
from arrimage.engines.geometry.simplifying import simplify

_FINEST = 0.6  # units of the drawing: what an eye does not see


@dataclass(frozen=True)
class Frame:
    """A drawing `width` units wide around `bounds`, with a margin; degrees of longitude shrink with the latitude."""

    bounds: Bounds
    width: float = 1000.0
    margin: float = 8.0

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of latitude."""
        span = (self.bounds.east - self.bounds.west) * self._shrink
        return (self.width - 2 * self.margin) / span if span else 1.0

    @property
    def height(self) -> float:
        return round((self.bounds.north - self.bounds.south) * self.scale + 2 * self.margin, 1)

    def place(self, point: Point) -> Point:
        """Return where a point is drawn: across, down."""
        across = (point[0] - self.bounds.west) * self._shrink * self.scale + self.margin
        down = (self.bounds.north - point[1]) * self.scale + self.margin
        return round(across, 1), round(down, 1)

    @property
    def _shrink(self) -> float:
        return math.cos(math.radians((self.bounds.north + self.bounds.south) / 2))


def path_of(shape: Shape, frame: Frame) -> str:
    """Return the `d` of an SVG path that draws a shape, to be filled by the even-odd rule, without invisible detail."""
    parts = []
    for polygon in simplify(shape, _FINEST / frame.scale):
        for ring in polygon:
            points = [frame.place(point) for point in ring[:-1]]
            parts.append("M" + "L".join(f"{across:g} {down:g}" for across, down in points) + "Z")
    return "".join(parts)
