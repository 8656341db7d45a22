"""From a chart said in Python to the text of an SVG."""

import base64
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import vl_convert

from arrimage.engines.charts.look import (
    COLOURS,
    CONFIG,
    DASHES,
    FONT,
    NUMBERS,
    PAPER,
    PARTIAL_DASH,
    QUIET,
    RIVER,
    SIGNS,
)
from arrimage.engines.charts.model import Bars, Chart, Columns, Lines, Point

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
NEW_LINE = "|"  # between the lines of a label, which never holds it
ROW = 24  # pixels a bar


class Width(StrEnum):
    """For which width a chart is drawn: a desk or a page of paper, or a phone."""

    WIDE = "wide"
    NARROW = "narrow"

    @property
    def pixels(self) -> int:
        return 680 if self is Width.WIDE else 320


def to_svg(chart: Chart, fonts: Path, width: Width = Width.WIDE) -> str:
    """Return the chart as an SVG that says what it is; texts are measured with the fonts (TrueType) of a folder."""
    _know_fonts(fonts)
    spec = {
        "$schema": SCHEMA,
        "width": width.pixels,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 4, "top": 10, "right": 14, "bottom": 6},
        "config": CONFIG,
        **_drawn(chart, width),
    }
    drawn = vl_convert.vegalite_to_svg(
        spec, allowed_base_urls=[], format_locale=NUMBERS.get(chart.language, NUMBERS["fr"])
    )
    return _say_what_it_is(drawn, chart)


def with_font(svg: str, font: Path) -> str:
    """Return an SVG that carries its font (WOFF2): one that a page shows as a picture sees no font of the page."""
    data = base64.b64encode(font.read_bytes()).decode()
    rule = f'@font-face {{ font-family: "{FONT}"; src: url(data:font/woff2;base64,{data}) format("woff2"); }}'
    head, end, rest = svg.partition("</desc>")
    return f"{head}{end}<style>{rule}</style>{rest}"


@cache
def _know_fonts(folder: Path) -> None:
    vl_convert.register_font_directory(str(folder))


def _say_what_it_is(svg: str, chart: Chart) -> str:
    """Put the title and the description where a screen reader finds them, whether the SVG is inside a page or alone."""
    label = quoteattr(f"{chart.title}. {chart.alternative}")
    head, _bracket, rest = svg.partition(">")
    said = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alternative)}</desc>"
    return f'{head} role="img" aria-label={label}>{said}{rest}'


def _drawn(chart: Chart, width: Width) -> Spec:
    match chart:
        case Columns():
            return _columns(chart, width)
        case Bars():
            return _bars(chart, width)
        case Lines():
            return _lines(chart, width)
    raise TypeError(f"no way to draw a {type(chart).__name__}")


def _row(point: Point, **more: Any) -> Spec:
    label = point.label.replace(NEW_LINE, "/")
    return {
        "label": f"{label}{NEW_LINE}{point.note}" if point.note else label,
        "value": point.value,
        "written": point.written,
        "partial": bool(point.note),
        **more,
    }


_MEASURED = {"field": "value", "type": "quantitative", "stack": None}
_KNOWN = {"filter": "isValid(datum.value) && !datum.partial"}
_PARTIAL = {"filter": "isValid(datum.value) && datum.partial"}
_HIDDEN = {"filter": "datum.value === null"}
_APART: Spec = {"fill": PAPER, "stroke": RIVER, "strokeWidth": 1.5, "strokeDash": PARTIAL_DASH}


def _across(points: tuple[Point, ...], width: Width) -> Spec:
    """Return the horizontal axis of these points: every one, hidden ones too; on a phone, one label in two."""
    labels = [str(_row(point)["label"]) for point in points]
    step = 1 if width is Width.WIDE else 2
    return {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": labels},
        "axis": {
            "values": labels[::-step],
            "labelAngle": 0,
            "labelExpr": f"split(datum.label, '{NEW_LINE}')",
            "grid": False,
        },
    }


def _columns(chart: Columns, width: Width) -> Spec:
    """Return a column a point; hollow when it is not whole; a word where it is hidden."""
    high = {"y": {**_MEASURED, "axis": {"format": ",d", "tickCount": 5}}}
    above = {"mark": {"type": "text", "dy": -8}, "encoding": {**high, "text": {"field": "written"}}}
    return {
        "height": 280,
        "data": {"values": [_row(point) for point in chart.points]},
        "encoding": {"x": _across(chart.points, width)},
        "layer": [
            {"transform": [_KNOWN], "mark": {"type": "bar", "color": RIVER}, "encoding": high},
            {"transform": [_PARTIAL], "mark": {"type": "bar", **_APART}, "encoding": high},
            *([above] if width is Width.WIDE else []),
            {
                "transform": [_HIDDEN],
                "mark": {"type": "text", "angle": 270, "align": "left", "dx": 6, "color": QUIET},
                "encoding": {"y": {"datum": 0}, "text": {"value": chart.hidden_word}},
            },
        ],
    }


def _bars(chart: Bars, width: Width) -> Spec:
    """Return a bar a point, its figure at its end."""
    # Room for the figure at the end of the longest bar.
    long = {"x": {**_MEASURED, "axis": None, "scale": {"domainMin": 0, "domainMax": _room(chart.points, width)}}}
    return {
        "height": {"step": ROW},
        "data": {"values": [_row(point) for point in chart.points]},
        "encoding": {
            "y": {
                "field": "label",
                "type": "ordinal",
                "sort": None,
                "scale": {"domain": [_row(point)["label"] for point in chart.points]},
                "axis": {"ticks": False, "labelLimit": width.pixels // 2},
            },
        },
        "layer": [
            {"transform": [_KNOWN], "mark": {"type": "bar", "color": RIVER}, "encoding": long},
            {"transform": [_PARTIAL], "mark": {"type": "bar", **_APART}, "encoding": long},
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {**long, "text": {"field": "written"}},
            },
            {
                "transform": [_HIDDEN],
                "mark": {"type": "text", "align": "left", "dx": 5, "color": QUIET},
                "encoding": {"x": {"datum": 0}, "text": {"value": chart.hidden_word}},
            },
        ],
    }


def _room(points: tuple[Point, ...], width: Width) -> float:
    largest = max((point.value for point in points if point.value is not None), default=0)
    return max(largest, 1) * (1.18 if width is Width.WIDE else 1.5)


def _lines(chart: Lines, width: Width) -> Spec:
    """Return lines that break where a figure is hidden and never reach one that is not whole, which stands apart."""
    names = [line.name for line in chart.lines]
    rows = [
        _row(point, series=line.name, order=order)
        for line in chart.lines
        for order, point in enumerate(line.points)
    ]  # fmt: skip
    told_apart = {"field": "series", "type": "nominal", "sort": None}
    legend = {"columns": 2 if width is Width.WIDE else 1}
    return {
        "height": 280,
        "data": {"values": rows},
        "encoding": {
            "x": _across(chart.lines[0].points if chart.lines else (), width),
            "color": {**told_apart, "scale": {"domain": names, "range": list(COLOURS)}, "legend": legend},
        },
        "layer": [
            {
                "transform": [{"calculate": "datum.partial ? null : datum.value", "as": "joined"}],
                "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
                "encoding": {
                    "y": {"field": "joined", "type": "quantitative", "axis": {"format": ",d", "tickCount": 5}},
                    "order": {"field": "order"},
                    "strokeDash": {**told_apart, "scale": {"domain": names, "range": list(DASHES)}, "legend": legend},
                },
            },
            *(
                {
                    "transform": [kept],
                    "mark": {"type": "point", "filled": filled, "size": 55, "opacity": 1, "strokeWidth": 2},
                    "encoding": {
                        "y": {"field": "value", "type": "quantitative"},
                        "shape": {**told_apart, "scale": {"domain": names, "range": list(SIGNS)}, "legend": legend},
                    },
                }
                for kept, filled in ((_KNOWN, True), (_PARTIAL, False))
            ),
        ],
    }
