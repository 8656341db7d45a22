"""The columns an import knows, and how the titles of a file are recognised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from arrimage.foundation.imports.forgiving import forgive, shorten
from arrimage.foundation.imports.report import RowError
from arrimage.foundation.imports.table import CellValue, Table

# Raises InvalidInput (or a ValidationError) with a sentence a person can act on. Never called with None.
Parser = Callable[[CellValue], Any]


@dataclass(frozen=True)
class Column:
    """One column: its canonical name (English, `snake_case`), how a cell becomes a value, and how it is explained.

    `required`: the column must be there and every cell filled. `aliases`: other titles, French ones first; accents,
    case, spaces, hyphens and underscores are forgiven. `example`: a cell of the template. `empty`: the value of an
    empty cell, and of every row when the column is not in the file.
    """

    name: str
    parse: Parser
    required: bool = False
    help: str | Promise = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    empty: Any = None

    def titles(self) -> set[str]:
        """Return the forgiven forms of every title this column answers to."""
        return {forgive(title) for title in (self.name, *self.aliases)}


@dataclass(slots=True)
class Matching:
    """Which cell of a row is which column; `errors` refuse the file, `warnings` do not."""

    found: list[tuple[int, Column]]
    errors: list[RowError]
    warnings: list[str]


def match_columns(table: Table, columns: Sequence[Column]) -> Matching:
    """Recognise the titles of a table. Missing required columns and a column given twice are errors."""
    by_title = {title: column for column in columns for title in column.titles()}
    matching = Matching([], [], [])
    taken: dict[str, str] = {}
    for index, title in enumerate(table.titles):
        if not title:
            continue
        column = by_title.get(forgive(title))
        if column is None:
            matching.warnings.append(_unknown(title, by_title))
        elif column.name in taken:
            message = _("Les titres « %(first)s » et « %(second)s » désignent la même colonne : gardez-en une seule.")
            values = {"first": shorten(taken[column.name]), "second": shorten(title)}
            matching.errors.append(RowError(table.title_row, column.name, message % values))
        else:
            taken[column.name] = title
            matching.found.append((index, column))
    for column in columns:
        if column.required and column.name not in taken:
            message = _("La colonne obligatoire « %(name)s » manque.")
            matching.errors.append(RowError(table.title_row, column.name, message % {"name": column.name}))
    return matching


def check_columns(columns: Sequence[Column]) -> None:
    """Raise `ValueError` when two columns answer to the same title: a mistake of the programmer."""
    owners: dict[str, str] = {}
    for column in columns:
        for title in column.titles():
            if owners.setdefault(title, column.name) != column.name:
                raise ValueError(f"columns {owners[title]!r} and {column.name!r} both answer to {title!r}")


def _unknown(title: str, by_title: dict[str, Column]) -> str:
    close = get_close_matches(forgive(title), by_title, n=1, cutoff=0.8)
    if close:
        return _("La colonne « %(title)s » est inconnue et n’est pas lue ; peut-être vouliez-vous « %(name)s ».") % {
            "title": shorten(title),
            "name": by_title[close[0]].name,
        }
    return _("La colonne « %(title)s » est inconnue et n’est pas lue.") % {"title": shorten(title)}
