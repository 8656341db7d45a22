"""Files and importers for these tests."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from openpyxl import Workbook

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import Column, Counts, Importer, Row, parse, read_table
from arrimage.foundation.imports.table import RefusedCell


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def xlsx_file(*rows: Sequence[Any], title: str = "Données", more_sheets: Iterable[str] = ()) -> io.BytesIO:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name in more_sheets:
        workbook.create_sheet(name)
    content = io.BytesIO()
    workbook.save(content)
    content.seek(0)
    return content


def altered(workbook: io.BytesIO, part: str, change: Any) -> io.BytesIO:
    """Return a copy of a package whose `part` went through `change` (bytes to bytes)."""
    content = io.BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == part else data)
    content.seek(0)
    return content


SHEET = "xl/worksheets/sheet1.xml"


def with_shared_texts(workbook: io.BytesIO) -> io.BytesIO:
    """Return a copy that keeps its texts apart, as Excel and LibreOffice do (openpyxl writes them in the cells)."""
    texts: list[str] = []

    def take_out(found: re.Match[bytes]) -> bytes:
        texts.append(found[2].decode())
        return b"<c " + found[1] + b't="s"><v>%d</v></c>' % (len(texts) - 1)

    content = io.BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == SHEET:
                data = re.sub(rb'<c ([^>]*)t="inlineStr"><is><t>(.*?)</t></is></c>', take_out, data)
            if name == "xl/_rels/workbook.xml.rels":
                relation = (
                    b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
                )
                data = data.replace(b"</Relationships>", relation)
            if name == "[Content_Types].xml":
                part = (
                    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
                )
                data = data.replace(b"</Types>", part)
            target.writestr(name, data)
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        target.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>',
        )
    content.seek(0)
    return content


def plain(text: str) -> str:
    """Return a text with ordinary spaces where French typography put others."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def cells(file: io.BytesIO, name: str = "table.csv") -> list[tuple[Any, ...]]:
    """Return the rows of a file as plain tuples, their titles first; refused cells as their message."""
    table = read_table(file, name)
    read = [
        tuple(plain(cell.message) if isinstance(cell, RefusedCell) else cell for cell in row.cells)
        for row in table.rows
    ]
    return [table.titles, *read]


class Anyone:
    """An actor with every right."""

    def may(self, right: Any, /) -> bool:
        return True


class Nobody:
    def may(self, right: Any, /) -> bool:
        return False


class PeopleImporter(Importer):
    """An importer that writes to a dictionary instead of a database."""

    kind = "people"
    label = "Personnes"
    right = "import_people"
    columns = (
        Column("code", parse.text(10), required=True, example="A1", aliases=("Numéro",)),
        Column("family_name", parse.text(50), required=True, example="Tremblay", aliases=("Nom de famille",)),
        Column("born_on", parse.date, example="1990-05-17", aliases=("Date de naissance",)),
        Column("languages", parse.many(parse.language), example="ar|fr", aliases=("Langues",), empty=()),
    )
    key_columns = ("code",)
    stored: ClassVar[dict[str, Any]] = {}

    def apply(self, rows: Sequence[Row], actor: Any) -> Counts:
        for row in rows:
            if row["family_name"] == "Refusé":
                raise InvalidInput("Ce nom est refusé.", field="family_name")
        return Counts(created=len(rows))
