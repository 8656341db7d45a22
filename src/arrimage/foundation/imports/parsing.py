"""From a file to parsed rows: the first half of an import, which touches no database."""

from collections.abc import Hashable, Iterator
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from arrimage.foundation.errors import DomainError
from arrimage.foundation.imports.columns import Column, match_columns
from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.importer import Importer, Row
from arrimage.foundation.imports.report import Counts, ImportReport, RowError
from arrimage.foundation.imports.table import Limits, RefusedCell, SourceRow, Table

# Cells repeat (countries, dates, codes): a parsed text is kept, up to this many by column.
_REMEMBERED = 5_000


def read_rows(importer: Importer, file: BinaryIO, filename: str, limits: Limits, report: ImportReport) -> list[Row]:
    """Return every row of the file, parsed; refusals, remarks and row count go to `report`.

    A row identical to an earlier one of the same key is left out and counted unchanged; one that contradicts it is
    refused. With any refusal in the report the rows are of no use.
    """
    try:
        table = importer.read(file, filename, limits)
        report.warnings += table.warnings
        matching = match_columns(table, importer.columns)
        report.warnings += matching.warnings
        for error in matching.errors:
            report.add(error)
        if matching.errors:
            return []
        return _without_duplicates(importer, _parse(table, matching.found, importer, report), report)
    except FileRefused as refusal:
        report.errors.insert(0, RowError(refusal.row, refusal.column, str(refusal)))
        return []


def _parse(table: Table, found: list[tuple[int, Column]], importer: Importer, report: ImportReport) -> Iterator[Row]:
    index = {column.name: position for position, (_cell, column) in enumerate(found)}
    empty = {column.name: column.empty for column in importer.columns if column.name not in index}
    remembered: list[dict[str, Any]] = [{} for _column in found]
    for source in table.rows:
        report.rows += 1
        values = _values(source, found, remembered, report)
        if values is not None:
            yield Row(source.number, values, index, empty)


def _values(
    source: SourceRow, found: list[tuple[int, Column]], remembered: list[dict[str, Any]], report: ImportReport
) -> tuple[Any, ...] | None:
    """Return the values of a row in the order of `found`, or None when something in it is refused."""
    sound = not source.problems
    for problem in source.problems:
        report.add(RowError(source.number, None, problem))
    values: list[Any] = []
    for (index, column), known in zip(found, remembered, strict=True):
        cell = source.cells[index]
        message: str | None = None
        if cell is None:
            if column.required:
                message = _("Cette valeur est obligatoire.")
            else:
                values.append(column.empty)
        elif isinstance(cell, RefusedCell):
            message = cell.message
        elif isinstance(cell, str) and cell in known:
            values.append(known[cell])
        else:
            try:
                value = column.parse(cell)
            except DomainError as error:
                message = str(error)
            except ValidationError as error:
                message = " ".join(error.messages)
            except ValueError:
                message = _("« %(value)s » n’est pas une valeur acceptée ici.") % {"value": shorten(cell)}
            else:
                values.append(value)
                if isinstance(cell, str) and len(known) < _REMEMBERED:
                    known[cell] = value
        if message is not None:
            sound = False
            report.add(RowError(source.number, column.name, message))
    return tuple(values) if sound else None


def _without_duplicates(importer: Importer, rows: Iterator[Row], report: ImportReport) -> list[Row]:
    kept: list[Row] = []
    seen: dict[Hashable, Row] = {}
    repeated = 0
    for row in rows:
        key = importer.key(row)
        earlier = seen.setdefault(key, row) if key is not None else row
        if earlier is row:
            kept.append(row)
        elif earlier.values == row.values:
            repeated += 1
        else:
            report.add(_contradiction(row, earlier, importer))
    report.counts = Counts(unchanged=repeated)
    return kept


def _contradiction(row: Row, earlier: Row, importer: Importer) -> RowError:
    differing = [name for name in row.given() if row[name] != earlier[name]]
    message = _("Cette ligne parle du même enregistrement que la ligne %(row)d, mais la contredit (%(columns)s).")
    values = {"row": earlier.number, "columns": ", ".join(differing)}
    return row.error(importer.key_columns[0] if importer.key_columns else None, message % values)
