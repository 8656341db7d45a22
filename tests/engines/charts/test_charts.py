"""Charts: hidden figures leave a gap, what is not whole stands apart, and the picture says what it shows."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from arrimage.engines.charts import Bars, Columns, Line, Lines, Point, Width, look, to_svg
from arrimage.engines.documents import load_fonts

ROOT = Path(__file__).resolve().parents[3]
YEARS = (
    Point("2022", 68_720, "68 720"),
    Point("2023", None),
    Point("2024", 59_450, "59 450"),
    Point("2025", 30_000, "30 000", "7 mois"),
)
COLUMNS = Columns("Admissions", "De 68 720 à 59 450", "masqué", "fr", YEARS)
BARS = Bars("Pays", "Haïti d’abord", "masqué", "fr", (Point("Haïti", 70_000, "70 000"), Point("Autre", None)))
LINES = Lines("Catégories", "Deux lignes", "masqué", "fr", (Line("Une", YEARS), Line("Deux & trois", YEARS)))


def svg(chart, width: Width = Width.WIDE) -> str:
    return to_svg(chart, Path(load_fonts(ROOT / "node_modules").folder.name), width)


def texts(drawn: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def marks(drawn: str, fill: str) -> int:
    return len(re.findall(rf'<path aria-label[^>]*fill="{fill}"', drawn))


@pytest.mark.parametrize("chart", [COLUMNS, BARS, LINES], ids=["columns", "bars", "lines"])
@pytest.mark.parametrize("width", Width)
def test_every_chart_is_a_picture_with_its_title_and_description(chart, width) -> None:
    drawn = svg(replace(chart, title='Un <titre> & "deux"'), width)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == f'Un <titre> & "deux". {chart.alternative}'
    assert [root[0].text, root[1].text] == ['Un <titre> & "deux"', chart.alternative]
    assert int(root.get("width", "0")) == width.pixels
    assert "style=" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/", "")


def test_a_hidden_figure_is_a_gap_and_a_word_never_a_zero() -> None:
    drawn = svg(COLUMNS)
    assert marks(drawn, look.RIVER) == 2
    assert texts(drawn).count("masqué") == 1
    assert "2023" in " ".join(texts(drawn))
    assert marks(svg(BARS), look.RIVER) == 1
    assert "masqué" in texts(svg(BARS))


def test_a_year_that_is_not_whole_stands_apart_with_its_word() -> None:
    drawn = svg(COLUMNS)
    assert len(re.findall(rf'stroke="{look.RIVER}"[^>]*stroke-dasharray="4,3"', drawn)) == 1
    assert "7 mois" in re.sub(r"<[^>]+>", " ", drawn)


def test_a_line_breaks_where_a_figure_is_hidden_and_stops_before_a_year_that_is_not_whole() -> None:
    points = tuple(Point(str(year), None if year == 2022 else year, str(year)) for year in range(2020, 2025))
    drawn = svg(replace(LINES, lines=(Line("Une", (*points, YEARS[-1])),)))
    (path,) = re.findall(r'aria-roledescription="line mark" d="([^"]+)"', drawn)
    assert (path.count("M"), path.count("L")) == (2, 2)


def test_the_axis_writes_its_numbers_in_the_language() -> None:
    assert "60\u00a0000" in texts(svg(COLUMNS))
    assert "60,000" in texts(svg(replace(COLUMNS, language="en")))


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="told apart"):
        replace(LINES, lines=(LINES.lines[0],) * 7)


def test_the_colours_are_those_of_the_platform() -> None:
    tokens = (ROOT / "src/arrimage/web/static/css/tokens.css").read_text().partition("@media")[0]
    for name in ("paper", "ink", "quiet", "line", "river", "maple", "info", "ok", "warn"):
        assert f"--{name}: {getattr(look, name.upper())};" in tokens, name
