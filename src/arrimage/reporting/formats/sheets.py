"""What the workbooks share: a sheet with its titles, real numbers with their formats, nothing that is run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arrimage.foundation.cells import safe_cell

Value = str | int | float | Decimal | date | None
COUNT, MONEY, CENTS, PERCENT = "#,##0", '#,##0 "$"', '#,##0.00 "$"', '0.0 "%"'
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31


def new_workbook(title: str, author: str, language: str) -> Workbook:
    """Return a workbook without any sheet that says what it is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator, book.properties.language = title, author, language
    return book


def add_sheet(book: Workbook, name: str, widths: Sequence[int], titles: Sequence[str] = ()) -> Worksheet:
    """Add a sheet; its first row, when there are titles, stays in sight. `widths` are in characters."""
    sheet: Worksheet = book.create_sheet(name.translate(_NOT_IN_A_NAME)[:LONGEST_NAME])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if titles:
        add_row(sheet, titles, bold=True)
        sheet.freeze_panes = "B2"
    return sheet


def add_row(
    sheet: Worksheet, values: Iterable[Value], formats: Sequence[str] = (), *, bold: bool = False, indent: int = 0
) -> None:
    """Add a row; `formats` are those of its numbers, one a column, empty for the usual one. `indent` is its texts'."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, safe_cell(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.alignment = Alignment(wrap_text=True, vertical="top", indent=indent)
        elif formats and formats[column - 1]:
            cell.number_format = formats[column - 1]
        if bold:
            cell.font = Font(bold=True)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
