"""Charts as SVG, drawn once: what a chart says is its key, so a corrected figure is drawn anew."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from arrimage.engines.charts import Chart, Width, to_svg, with_font
from arrimage.engines.documents import load_fonts

FONT_FILE = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2"
KEPT = 30 * 24 * 3600  # seconds
_DRAWN_BY = "1"  # to raise when the same chart is drawn otherwise


def svg_of(chart: Chart, width: Width = Width.WIDE) -> str:
    """Return a chart as the text of an SVG, drawn (20 to 400 ms) or as it was drawn before."""
    key = f"chart-{digest_of(chart, width)}"
    svg: str | None = cache.get(key)
    if svg is None:
        svg = to_svg(chart, Path(load_fonts(settings.ROOT / "node_modules").folder.name), width)
        cache.set(key, svg, KEPT)
    return svg


def picture_of(chart: Chart, width: Width) -> str:
    """Return a chart as an SVG that stands alone, its font inside."""
    return with_font(svg_of(chart, width), settings.ROOT / "node_modules" / FONT_FILE)


def digest_of(chart: Chart, width: Width) -> str:
    said = json.dumps([_DRAWN_BY, type(chart).__name__, width, asdict(chart)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
