"""Files of a list: CSV as the French Excel opens it (semicolons, UTF-8 with its mark, decimal comma), or a workbook."""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from arrimage.foundation import clock
from arrimage.foundation.cells import safe_cell

IN_MEMORY = 2 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # of a sheet


def csv_response(table: tables.Table, name: str) -> FileResponse:
    """Answer with every row of the table (all pages), in the order shown."""
    return csv_file(_rows(table), name)


def csv_file(rows: Iterable[Sequence[Any]], name: str) -> FileResponse:
    """Answer with rows of values, titles first.

    The rows are read before the answer leaves: once the request's transaction ends, the database no longer knows for
    whom it works and would show none.
    """
    spool = _spool()
    text = io.TextIOWrapper(spool, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    for row in rows:
        writer.writerow([plain(value) for value in row])
    text.detach()
    return _answer(spool, f"{name}-{clock.today():%Y-%m-%d}.csv", "text/csv; charset=utf-8")


def xlsx_file(rows: Iterable[Sequence[Any]], name: str) -> FileResponse:
    """Answer with rows of values, titles first, as a workbook of one sheet where every cell is text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(name[:LONGEST_NAME])
    for row in rows:
        cells = [WriteOnlyCell(sheet, plain(value) or None) for value in row]
        for cell in cells:
            cell.number_format = "@"
        sheet.append(cells)
    spool = _spool()
    workbook.save(spool)
    return _answer(spool, f"{name}-{clock.today():%Y-%m-%d}.xlsx", XLSX)


def _spool() -> Any:
    """Return a file in memory, on the disk when it grows; the response closes it."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def _answer(spool: Any, filename: str, content_type: str) -> FileResponse:
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=filename, content_type=content_type)


def plain(value: Any) -> str:
    """Return a value as a cell: ISO dates, decimal comma, and no text that a spreadsheet would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    text = html.unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value)
    return safe_cell(text)


def _rows(table: tables.Table) -> Iterator[list[Any]]:
    columns = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    yield [column.header for column in columns]
    data = table.data.data
    records = data.iterator(chunk_size=1000) if isinstance(data, QuerySet) else data
    for record in records:
        row = BoundRow(record, table=table)
        yield [row.get_cell_value(column.name) for column in columns]
