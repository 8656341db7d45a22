"""The empty form of an import: its titles and one example row."""

import csv
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment

from arrimage.foundation.imports.importer import Importer


def template_csv(importer: Importer) -> str:
    """Return the titles and one example row as CSV (commas, CRLF); what it holds imports without an error."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.name for column in importer.columns)
    writer.writerow(column.example for column in importer.columns)
    return text.getvalue()


def template_xlsx(importer: Importer) -> bytes:
    """Return the same as a workbook whose titles carry the help of their column; every cell is text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(importer.kind[:31])
    titles = []
    for column in importer.columns:
        cell = WriteOnlyCell(sheet, column.name)
        if column.help:
            cell.comment = Comment(str(column.help), "Arrimage")
        titles.append(cell)
    sheet.append(titles)
    examples = []
    for column in importer.columns:
        cell = WriteOnlyCell(sheet, column.example or None)
        cell.number_format = "@"
        examples.append(cell)
    sheet.append(examples)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
