"""Charts as accessible SVG: said in Python, compiled by Vega-Lite; what is hidden leaves a gap, never a zero."""

from arrimage.engines.charts.drawing import Width, to_svg, with_font
from arrimage.engines.charts.model import Bars, Chart, Columns, Line, Lines, Point

__all__ = ["Bars", "Chart", "Columns", "Line", "Lines", "Point", "Width", "to_svg", "with_font"]
