"""A table of the portrait as people read it: a line a category or a place, a column a year or a territory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.foundation.writing import write_number
from arrimage.reporting.portrait.tables import ADMISSION_PERIODS, BIRTHPLACES, Table
from arrimage.statistics.datasets import TOTAL

YEARS = 11  # as many columns as one reads on a page


@dataclass(frozen=True)
class Cell:
    """A figure, or that its source hides it, or that there is none. `partial`: some of its months are not known."""

    value: int | None = None
    hidden: bool = False
    partial: bool = False

    @property
    def written(self) -> str:
        if self.hidden:
            return _("masqué")
        return "—" if self.value is None else write_number(self.value)


NOTHING = Cell()


@dataclass(frozen=True)
class GridLine:
    """One line: `name` tells it from every other of its table, `label` is what people read, `depth` its level."""

    name: str
    label: str
    depth: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Lines under the same columns. `caption` tells several grids of one table apart, `corner` heads the labels."""

    caption: str
    corner: str
    heads: tuple[str, ...]
    lines: tuple[GridLine, ...]
    notes: tuple[str, ...] = ()


def grids_of(table: Table, years: int | None = YEARS) -> tuple[Grid, ...]:
    """Return a table to read: the last `years` of one by year (every one when None), one grid a territory otherwise."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if table.code == BIRTHPLACES:
        return (_of_birthplaces(table, rows),)
    if table.code == ADMISSION_PERIODS:
        return tuple(_of_periods(rows))
    return (_of_years(table, rows, years),)


def year_head(rows: Sequence[dict[str, Any]], year: int) -> str:
    """Return « 2025 (7 mois) » for a year that is not whole."""
    known = [row["months"] for row in rows if row["year"] == year and row["partial"] and row["months"] is not None]
    return f"{year} ({write_months(max(known))})" if known else str(year)


def write_months(count: int) -> str:
    return ngettext("%(count)d mois", "%(count)d mois", count) % {"count": count}


def _of_years(table: Table, rows: list[dict[str, Any]], most: int | None) -> Grid:
    told_apart, counted = table.columns[1], table.columns[2]
    every = sorted({row["year"] for row in rows})
    years = every if most is None else every[-most:]
    found = {(row[told_apart], row["year"]): row for row in rows}
    lines = []
    for name in table.lines:
        cells = tuple(_cell(found.get((name, year)), counted) for year in years)
        if any(cell is not NOTHING for cell in cells):
            some = next(found[name, year] for year in reversed(every) if (name, year) in found)
            lines.append(GridLine(name, some["label"], some["depth"], cells))
    notes: tuple[str, ...] = ()
    if len(years) < len(every):
        note = _("Les années %(first)d à %(last)d sont dans le fichier Excel et dans le fichier Parquet.")
        notes = (note % {"first": every[0], "last": years[0] - 1},)
    heads = tuple(year_head(rows, year) for year in years)
    return Grid("", _("Catégorie"), heads, tuple(wholes_first(lines)), notes)


def wholes_first(lines: Sequence[GridLine]) -> list[GridLine]:
    """Return lines that list parts before their whole (as the sources do) with each whole before its parts."""
    trees: list[tuple[GridLine, list[Any]]] = []
    for line in lines:
        parts: list[tuple[GridLine, list[Any]]] = []
        while trees and trees[-1][0].depth > line.depth:
            parts.insert(0, trees.pop())
        trees.append((line, parts))
    return list(_walk(trees))


def _walk(trees: list[tuple[GridLine, list[Any]]]) -> Iterator[GridLine]:
    for line, parts in trees:
        yield line
        yield from _walk(parts)


def _cell(row: dict[str, Any] | None, counted: str) -> Cell:
    if row is None:
        return NOTHING
    return Cell(row[counted], hidden=row[counted] is None, partial=bool(row.get("partial")))


def _of_birthplaces(table: Table, rows: list[dict[str, Any]]) -> Grid:
    areas = list(dict.fromkeys(row["area"] for row in rows))
    found = {(row["birthplace_code"], row["area"]): row for row in rows}
    named = {row["birthplace_code"]: row for row in rows}
    lines = tuple(
        GridLine(
            code, row["birthplace"], row["depth"], tuple(_cell(found.get((code, area)), "immigrants") for area in areas)
        )
        for code, row in named.items()
    )
    return Grid("", _("Lieu de naissance"), tuple(areas), lines)


def _of_periods(rows: list[dict[str, Any]]) -> Iterator[Grid]:
    admissions = {row["admission"]: row["label"] for row in rows}
    for area in dict.fromkeys(row["area"] for row in rows):
        found = {(row["period"], row["admission"]): row for row in rows if row["area"] == area}
        periods = dict.fromkeys(period for period, _admission in found)
        lines = tuple(
            GridLine(
                period,
                write_immigration_period(period),
                0 if period == TOTAL else 1,
                tuple(_cell(found.get((period, each)), "immigrants") for each in admissions),
            )
            for period in periods
        )
        yield Grid(area, _("Période d’immigration"), tuple(admissions.values()), lines)


def write_immigration_period(period: str) -> str:
    """Return how people read a period of the census file."""
    return _("Toutes les périodes") if period == TOTAL else period
