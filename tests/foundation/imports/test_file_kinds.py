"""The content decides what a file is; a name that says otherwise is refused, with what the file really is."""

import io
import zipfile
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.imports import FileRefused, read_table
from tests.foundation.imports.files import SHEET, altered, cells, csv_file, with_shared_texts, xlsx_file

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
ROWS = (("nom", "ville"), ("A", "Laval"))
WORKBOOK = xlsx_file(*ROWS).getvalue()


def archive(**parts: str) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in parts.items():
            package.writestr({"types": "[Content_Types].xml"}.get(name, name), text)
    content.seek(0)
    return content


def temporary_upload(name: str, content: bytes) -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "application/octet-stream", len(content), None)
    file.write(content)
    return file


def assert_read_or_refused(file: io.BytesIO, name: str) -> None:
    """Any other exception than a refusal fails the test."""
    try:
        cells(file, name)
    except FileRefused:
        pass


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.txt", "a.tsv", "sans-extension", "C:\\dossier\\a.csv"])
def test_a_text_under_a_name_of_text(name):
    assert cells(csv_file("nom;ville\nA;Laval"), name)[1] == ("A", "Laval")


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSX", "sans-extension"])
def test_a_workbook_under_its_own_name(name):
    assert cells(xlsx_file(*ROWS), name)[1] == ("A", "Laval")


def test_a_workbook_renamed_csv_is_refused():
    with pytest.raises(FileRefused, match=r"a\.csv.* est en réalité un classeur Excel"):
        read_table(xlsx_file(*ROWS), "a.csv")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_text_renamed_as_a_workbook_is_refused(name):
    with pytest.raises(FileRefused, match="est en réalité un fichier texte"):
        read_table(csv_file("nom;ville\nA;Laval"), name)


def test_an_unexpected_extension_is_refused():
    with pytest.raises(FileRefused, match="extension attendue"):
        read_table(csv_file("nom;ville\nA;Laval"), "a.pdf")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b" \r\n ", "vide"),
        (OLE2 + b"\x00" * 600, "ancien classeur Excel"),
        (OLE2 + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\x1f\x8b\x08", "comprimé"),
        (b"<html><table>", "page web"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "XML"),
        (b'[{"nom": "A"}]', "JSON"),
        (b"PK\x03\x04 coup\xe9", "endommagé"),
    ],
)
def test_what_is_no_table_is_named(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read_table(io.BytesIO(content), "a")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"a.csv": "nom"}, "archive ZIP"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
        ({"types": "…wordprocessingml.document.main+xml…"}, "un document, pas un tableau"),
        ({"types": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}, "macros"),
        ({"types": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"}, "binaire"),
        ({"types": "spreadsheetml.sheet.main+xml"}, "endommagé"),
    ],
)
def test_archives_are_named(parts, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read_table(archive(**parts), "a.xlsx")


def test_a_file_that_cannot_be_rewound_is_read_all_the_same():
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert cells(Pipe(b"nom;ville\nA;Laval"))[1] == ("A", "Laval")


@pytest.mark.parametrize("upload", [SimpleUploadedFile, temporary_upload])
@pytest.mark.parametrize("content", [b"nom;ville\nA;Laval", WORKBOOK])
def test_an_uploaded_file_is_read_and_left_open(upload, content):
    with closing(upload("sans-extension", content)) as file:
        assert cells(file, "sans-extension")[1] == ("A", "Laval")
        assert not file.closed


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(content, name):
    assert_read_or_refused(io.BytesIO(content), name)


@given(st.data())
def test_a_workbook_with_bytes_changed_is_read_or_refused(data):
    content = bytearray(WORKBOOK)
    for _index in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert_read_or_refused(io.BytesIO(bytes(content)), "a.xlsx")


@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"]),
    st.lists(st.tuples(st.integers(0, 3_000), st.binary(max_size=6)), min_size=1, max_size=3),
)
def test_a_workbook_with_its_xml_changed_is_read_or_refused(part, changes):
    def change(xml: bytes) -> bytes:
        for place, replacement in changes:
            place %= len(xml)
            xml = xml[:place] + replacement + xml[place + len(replacement) :]
        return xml

    assert_read_or_refused(altered(with_shared_texts(io.BytesIO(WORKBOOK)), part, change), "a.xlsx")
