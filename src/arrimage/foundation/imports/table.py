"""A table as a person sees it in the file: titles, then rows with their numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.forgiving import forgive, shorten

# A cell as its file gives it: text in CSV, the native value in XLSX, None when empty.
CellValue = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may weigh; beyond, it is refused."""

    file_bytes: int = 20 * 1024 * 1024
    rows: int = 100_000
    columns: int = 200
    cell_characters: int = 10_000
    # Of an XLSX, which is a ZIP archive: unfolded weight, ratio (from 10 MB up), number of parts, shared texts.
    unfolded_bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    parts: int = 1_000
    shared_texts: int = 2_000_000


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that must not be imported (a formula, an error of Excel…), with the sentence that says why."""

    message: str


Cell = CellValue | RefusedCell


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: its number in the file, as many cells as there are titles, and what is wrong with the row itself."""

    number: int
    cells: tuple[Cell, ...]
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """A table being read. `rows` is consumed once and may raise `FileRefused` on the way.

    `titles` are as written, an empty text where a column has none; `title_row` is their row (1, unless blank rows
    come first). `sheet` is None for CSV.
    """

    titles: tuple[str, ...]
    title_row: int
    rows: Iterator[SourceRow]
    sheet: str | None = None
    warnings: list[str] = field(default_factory=list)


def column_letter(index: int) -> str:
    """Return the letters a spreadsheet gives to a column; `index` counts from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, index: int) -> str:
    """Return « C5 »; `index` counts from 0."""
    return f"{column_letter(index)}{row}"


def formula_cell(row: int, index: int, text: str) -> RefusedCell:
    return RefusedCell(
        _("La cellule %(cell)s contient une formule (« %(text)s ») : remplacez-la par sa valeur.")
        % {"cell": cell_name(row, index), "text": shorten(text)}
    )


def long_cell(row: int, index: int, limit: int) -> RefusedCell:
    return RefusedCell(
        _("La cellule %(cell)s dépasse %(limit)d caractères : raccourcissez-la.")
        % {"cell": cell_name(row, index), "limit": limit}
    )


def build_table(source: Iterator[tuple[int, Sequence[Cell]]], limits: Limits, sheet: str | None = None) -> Table:
    """Make a table of numbered rows of cells: find the titles, skip blank rows, refuse what has no title.

    Raises `FileRefused` for a file without titles, with a title twice, with too many columns; and, while the rows are
    read, for one with no row or too many.
    """
    title_row, titles = _titles(source, limits)
    return Table(titles, title_row, _rows(source, titles, title_row, limits), sheet)


def _titles(source: Iterator[tuple[int, Sequence[Cell]]], limits: Limits) -> tuple[int, tuple[str, ...]]:
    for number, cells in source:
        kept = _without_empty_end(cells)
        if not kept:
            continue
        _check_width(number, len(kept), limits)
        titles: list[str] = []
        seen: dict[str, int] = {}
        for index, cell in enumerate(kept):
            if isinstance(cell, RefusedCell):
                raise FileRefused(cell.message, row=number)
            title = "" if cell is None else " ".join(str(cell).split())
            key = forgive(title)
            if key and key in seen:
                raise FileRefused(
                    _("Le titre « %(title)s » apparaît deux fois (%(first)s et %(second)s) : gardez-en un seul.")
                    % {
                        "title": shorten(title),
                        "first": cell_name(number, seen[key]),
                        "second": cell_name(number, index),
                    },
                    row=number,
                    column=title,
                )
            seen.setdefault(key, index)
            titles.append(title)
        return number, tuple(titles)
    raise FileRefused(_("Le fichier est vide : il faut une ligne de titres, puis une ligne par enregistrement."))


def _rows(
    source: Iterator[tuple[int, Sequence[Cell]]], titles: tuple[str, ...], title_row: int, limits: Limits
) -> Iterator[SourceRow]:
    width = len(titles)
    untitled = [index for index, title in enumerate(titles) if not title]
    count = 0
    for number, cells in source:
        kept = _without_empty_end(cells)
        if not kept:
            continue
        _check_width(number, len(kept), limits)
        count += 1
        if count > limits.rows:
            raise FileRefused(
                _("Le fichier dépasse %(limit)d lignes : partagez-le en plusieurs fichiers.") % {"limit": limits.rows},
                row=number,
            )
        stray = _first_filled(kept, chain(untitled, range(width, len(kept))))
        problems: tuple[str, ...] = ()
        if stray is not None:
            problems = (
                _("La cellule %(cell)s contient une valeur, mais sa colonne n’a pas de titre : cette ligne a plus de "
                  "cellules que de titres.")
                % {"cell": cell_name(number, stray)},
            )  # fmt: skip
        padded = tuple(kept[:width]) + (None,) * (width - len(kept))
        yield SourceRow(number, padded, problems)
    if not count:
        raise FileRefused(_("Le fichier contient des titres, mais aucune ligne à importer."), row=title_row)


def _without_empty_end(cells: Sequence[Cell]) -> Sequence[Cell]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _first_filled(cells: Sequence[Cell], indexes: Iterable[int]) -> int | None:
    return next((index for index in indexes if index < len(cells) and cells[index] is not None), None)


def _check_width(number: int, width: int, limits: Limits) -> None:
    if width > limits.columns:
        raise FileRefused(
            _("La ligne %(row)d a %(width)d colonnes ; le plus grand nombre accepté est %(limit)d.")
            % {"row": number, "width": width, "limit": limits.columns},
            row=number,
        )
