"""The charts of the portrait, made of the same cells as its grids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.engines.charts import Bars, Chart, Columns, Line, Lines, Point
from arrimage.reporting.portrait.grids import Cell, Grid, GridLine, grids_of
from arrimage.reporting.portrait.tables import ADMISSION_PERIODS, BIRTHPLACES, Table
from arrimage.statistics.datasets import TOTAL

LARGEST = 15  # birthplaces shown
TOLD_APART = 5  # lines of one chart
NAMED_IN_WORDS = 5


@dataclass(frozen=True)
class ShownChart:
    """A chart of a table; `code` names it among all those of the portrait, `heading` among those of its table."""

    code: str
    heading: str
    chart: Chart


def charts_of(table: Table) -> tuple[ShownChart, ...]:
    """Return the charts of a table, as they follow each other; none that would show nothing."""
    made = _charts(table, grids_of(table)[0]) if table.rows else iter(())
    telling = ((heading, chart) for heading, chart in made if chart.alternative)
    return tuple(
        ShownChart(f"{table.code}-{number}", heading, chart) for number, (heading, chart) in enumerate(telling, start=1)
    )


def _charts(table: Table, grid: Grid) -> Iterator[tuple[str, Chart]]:
    """Yield each chart under what it shows of its table."""
    if table.code == BIRTHPLACES:
        yield _named(_of_birthplaces(grid))
    elif table.code == ADMISSION_PERIODS:
        yield from map(_named, _of_periods(grid))
    else:
        yield from _of_years(table, grid)


def _named(chart: Chart) -> tuple[str, Chart]:
    return chart.title, chart


def _of_years(table: Table, grid: Grid) -> Iterator[tuple[str, Chart]]:
    total = next((line for line in grid.lines if line.depth == 0), None)
    if total is not None:
        points = _years(grid, total)
        yield _("Total, par année"), Columns(table.title, _in_words(points), **_said(), points=points)
    parts = [line for line in grid.lines if line.depth == 1 and any(cell.value for cell in line.cells)]
    largest = sorted(parts, key=lambda line: -max(cell.value or 0 for cell in line.cells))[:TOLD_APART]
    lines = tuple(Line(part.label, _years(grid, part)) for part in parts if part in largest)
    if len(lines) > 1:
        heading = _("Les catégories les plus nombreuses, par année") if len(parts) > len(lines) else _(
            "Chaque catégorie, par année"
        )  # fmt: skip
        words = " ; ".join(f"{line.name} : {_in_words(line.points)}" for line in lines)
        yield heading, Lines(f"{table.title}. {heading}", words, **_said(), lines=lines)


def _of_birthplaces(grid: Grid) -> Chart:
    countries = [line for line, after in zip(grid.lines, (*grid.lines[1:], None), strict=True) if _is_leaf(line, after)]
    known = sorted((line for line in countries if line.cells[0].value), key=lambda line: -(line.cells[0].value or 0))
    title = _("Lieux de naissance les plus fréquents – %(area)s") % {"area": grid.heads[0]}
    return _bars(title, [_point(line.label, line.cells[0]) for line in known[:LARGEST]])


def _is_leaf(line: GridLine, after: GridLine | None) -> bool:
    return line.name != TOTAL and (after is None or after.depth <= line.depth)


def _of_periods(grid: Grid) -> Iterator[Chart]:
    periods = [line for line in grid.lines if line.name != TOTAL]
    title = _("Population immigrante, par période d’immigration – %(area)s") % {"area": grid.caption}
    yield _bars(title, [_point(line.label, line.cells[0]) for line in periods])
    whole = next((line for line in grid.lines if line.name == TOTAL), None)
    if whole is not None:
        title = _("Population immigrante, par catégorie d’admission – %(area)s") % {"area": grid.caption}
        yield _bars(title, [_point(head, cell) for head, cell in zip(grid.heads[1:], whole.cells[1:], strict=True)])


def _bars(title: str, points: Sequence[Point]) -> Chart:
    shown = tuple(points)
    return Bars(title, _most(shown), **_said(), points=shown)


def _years(grid: Grid, line: GridLine) -> tuple[Point, ...]:
    """Return the points of a line through the years; of a year that is not whole, how many months are known."""
    parted = [head.partition(" (") for head in grid.heads]
    return tuple(
        _point(year, cell, note.rstrip(")") if cell.partial else "")
        for (year, _bracket, note), cell in zip(parted, line.cells, strict=True)
        if cell.value is not None or cell.hidden
    )


def _point(label: str, cell: Cell, note: str = "") -> Point:
    return Point(label, cell.value, "" if cell.value is None else cell.written, note)


def _said() -> dict[str, str]:
    return {"hidden_word": _("masqué"), "language": (get_language() or "fr")[:2]}


def _in_words(points: Sequence[Point]) -> str:
    """Return what a line through the years shows: where it begins and ends, its summit, what is not whole or hidden."""
    whole = [point for point in points if point.value is not None and not point.note]
    words = []
    if whole:
        summit = max(whole, key=lambda point: point.value or 0)
        words.append(
            _("de %(first)s en %(from)s à %(last)s en %(to)s ; au plus haut, %(most)s en %(when)s")
            % {
                "first": whole[0].written,
                "from": whole[0].label,
                "last": whole[-1].written,
                "to": whole[-1].label,
                "most": summit.written,
                "when": summit.label,
            }
        )
    words += [f"{point.label} ({point.note}) : {point.written}" for point in points if point.note and point.written]
    hidden = [point.label for point in points if point.value is None]
    if hidden:
        words.append(_("masqué : %(labels)s") % {"labels": ", ".join(hidden)})
    return " ; ".join(words)


def _most(points: Sequence[Point]) -> str:
    known = sorted((point for point in points if point.value is not None), key=lambda point: -(point.value or 0))
    return " ; ".join(f"{point.label} : {point.written}" for point in known[:NAMED_IN_WORDS])
