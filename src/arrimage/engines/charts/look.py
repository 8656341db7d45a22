"""The colours and letters of charts: those of the platform's light look (`web/static/css/tokens.css`)."""

from typing import Any

FONT = "Atkinson Hyperlegible Next"
PAPER, INK, QUIET, LINE = "#ffffff", "#16242b", "#4a5b64", "#d5dcdb"
RIVER, MAPLE, INFO, OK, WARN = "#0b5a6b", "#b3411f", "#2a56a0", "#1f6b3a", "#8a5a00"
# Told apart by more than their colour.
COLOURS = (RIVER, MAPLE, INFO, WARN, OK, QUIET)
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2])
SIGNS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
PARTIAL_DASH = [4, 3]

_GROUPS = {"grouping": [3], "currency": ["", ""]}
# How an axis writes its numbers (https://d3js.org/d3-format#formatLocale); French unless said.
NUMBERS: dict[str, dict[str, Any]] = {
    "fr": {"decimal": ",", "thousands": "\u00a0", **_GROUPS},
    "en": {"decimal": ".", "thousands": ",", **_GROUPS},
}

CONFIG: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 13,
        "title": None,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "gridColor": LINE,
    },
    "text": {"color": INK, "fontSize": 12},
    "legend": {
        "title": None,
        "orient": "top",
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": 320,
        "symbolSize": 90,
        "symbolStrokeWidth": 2,
    },
}
