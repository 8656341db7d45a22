"""Read XLSX: the first visible sheet, native values, formulas refused one by one."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.package import check_package
from arrimage.foundation.imports.table import (
    Cell,
    CellValue,
    Limits,
    RefusedCell,
    Table,
    build_table,
    cell_name,
    formula_cell,
    long_cell,
)

_LAST_ROW = 1_048_576


def read_xlsx(file: BinaryIO, limits: Limits) -> Table:
    """Open a workbook as a table: texts stripped, dates as `datetime`, numbers and booleans native, blanks None.

    Raises `FileRefused` for a damaged or hostile workbook, and while rows are read.
    """
    try:
        check_package(file, limits)
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions openpyxl does not know, which we do not read
            workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    except FileRefused:
        raise
    except Exception as error:  # a hostile workbook fails in more ways than can be named
        raise _damaged() from error
    if not sheets:
        raise FileRefused(_("Ce classeur n’a aucune feuille visible."))
    sheet = sheets[0]
    table = build_table(_records(workbook, sheet, limits), limits, sheet=sheet.title)
    if len(sheets) > 1:
        table.warnings.append(
            _("Le classeur a %(count)d feuilles : seule la première, « %(sheet)s », est lue.")
            % {"count": len(sheets), "sheet": sheet.title}
        )
    return table


def _damaged() -> FileRefused:
    return FileRefused(_("Ce classeur est endommagé : ouvrez-le dans votre tableur et enregistrez-le de nouveau."))


def _records(workbook: Any, sheet: Any, limits: Limits) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Give the numbered rows of a sheet.

    The parser of openpyxl is used directly: its own read-only rows fill every gap the file claims (billions of rows
    cost it nothing to claim) and drop without a word the rows that are out of order.
    """
    previous = 0
    try:
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=False,
                epoch=workbook.epoch,
                date_formats=workbook._date_formats,
                timedelta_formats=workbook._timedelta_formats,
            )
            for number, cells in parser.parse():
                if not previous < number <= _LAST_ROW:
                    raise _damaged()
                previous = number
                yield number, _row(number, cells, limits)
    except FileRefused:
        raise
    except Exception as error:  # a hostile sheet fails in more ways than can be named
        raise _damaged() from error


def _row(number: int, cells: Sequence[dict[str, Any]], limits: Limits) -> Sequence[Cell]:
    row: list[Cell] = []
    for cell in cells:
        index = cell["column"] - 1
        value = _cell(cell["value"], cell["data_type"], number, index, limits)
        if value is None:
            continue
        if index > limits.columns:  # the width itself is refused with the table
            index = limits.columns
        row.extend([None] * (index + 1 - len(row)))
        row[index] = value
    return row


def _cell(value: Any, data_type: str, row: int, index: int, limits: Limits) -> Cell:
    if data_type == "f":
        return formula_cell(row, index, value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, str):
        if data_type == "e":
            return RefusedCell(
                _("La cellule %(cell)s contient une erreur de calcul (%(text)s) : corrigez-la.")
                % {"cell": cell_name(row, index), "text": value}
            )
        value = value.strip()
        if not value:
            return None
        if len(value) > limits.cell_characters:
            return long_cell(row, index, limits.cell_characters)
        if value[0] == "=":  # typed as text here, but it would run in the next file made from it
            return formula_cell(row, index, value)
    native: CellValue = value
    return native
