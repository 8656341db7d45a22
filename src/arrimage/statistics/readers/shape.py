"""What the readers share: how a shape is recognised, and the one form they give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.foundation.imports import Table
from arrimage.foundation.imports.forgiving import forgive, shorten
from arrimage.foundation.imports.table import Cell, RefusedCell, SourceRow
from arrimage.statistics.datasets import DatasetCode

TITLES = ("dataset", "area", "series", "name", "depth", "position", "year", "month", "value", "hidden")
NOT_SHOWN = "--"
REPLACES_HIDDEN = 2  # what the mirror of the tables of temporary residents wrote in the place of « -- »


class Cells:
    """The cells of one row, by the forgiven start of their titles; an absent cell is None."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._index = {forgive(title): index for index, title in enumerate(titles)}
        self._row: SourceRow | None = None

    def at(self, row: SourceRow) -> "Cells":
        self._row = row
        return self

    def __getitem__(self, title: str) -> Cell:
        assert self._row is not None
        return self._row.cells[self._index[forgive(title)]]

    def text(self, title: str) -> str:
        cell = self[title]
        return "" if cell is None or isinstance(cell, RefusedCell) else " ".join(str(cell).split())


@dataclass(frozen=True)
class Shape:
    """The titles a published file has (others are left aside), and what reads its rows."""

    titles: tuple[str, ...]
    rows: Callable[[Table], Iterator[SourceRow]]
    without: tuple[str, ...] = ()

    @classmethod
    def own(cls) -> "Shape":
        """Return the one form itself, which a template gives."""
        return cls(("dataset", "series", "year"), lambda table: table.rows)

    def fits(self, titles: Sequence[str]) -> bool:
        """Say whether a file with these titles is of this shape."""
        found = {forgive(title) for title in titles}
        return {forgive(title) for title in self.titles} <= found and not (
            {forgive(title) for title in self.without} & found
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what a series is made of."""

    dataset: DatasetCode
    area: Cell
    key: str
    name: str
    depth: int
    position: int

    def row(self, source: SourceRow, year: Cell, month: Cell, value: Cell, hidden: bool) -> SourceRow:
        """Return one figure of this line in the one form."""
        line: tuple[Cell, ...] = (self.dataset.value, self.area, self.key, self.name, self.depth, self.position)
        return SourceRow(source.number, (*line, year, month, value, hidden), source.problems)


def quebec(written: str) -> Cell:
    """Return Québec's code, of a file by province; any other province is refused."""
    if forgive(written) in ("quebec", "24"):
        return "24"
    return RefusedCell(_("« %(value)s » n’est pas le Québec : ne gardez que ses lignes.") % {"value": shorten(written)})


def shown_or_hidden(cell: Cell) -> tuple[Cell, bool]:
    """Return a figure of the tables of temporary residents, or that it is hidden: « -- », or the 2 put in its place.

    Nothing else can be 2: what is shown is a multiple of 5. An empty cell is no hidden figure: it is refused.
    """
    text = "" if cell is None or isinstance(cell, RefusedCell) else str(cell).strip()
    if text in (NOT_SHOWN, str(REPLACES_HIDDEN), f"{REPLACES_HIDDEN}.0"):
        return None, True
    return cell, False
