"""Workbooks made to exhaust or to deceive whoever opens them are refused before they are parsed."""

import io
import zipfile

import pytest

from arrimage.foundation.imports import FileRefused, Limits, read_table
from tests.foundation.imports.files import SHEET, altered, cells, with_shared_texts, xlsx_file

ROWS = (("nom", "ville"), ("A", "Laval"))
MEGABYTE = 1024 * 1024


def padded(workbook: io.BytesIO, megabytes: int) -> io.BytesIO:
    return altered(workbook, SHEET, lambda xml: xml + b" " * megabytes * MEGABYTE)


def test_a_zip_bomb_is_refused_by_its_ratio():
    with pytest.raises(FileRefused, match="démesuré"):
        read_table(padded(xlsx_file(*ROWS), 30), "a.xlsx")


def test_a_zip_bomb_is_refused_by_its_weight():
    with pytest.raises(FileRefused, match="démesuré"):
        read_table(padded(xlsx_file(*ROWS), 3), "a.xlsx", limits=Limits(unfolded_bytes=2 * MEGABYTE))


def test_too_many_parts_are_refused():
    workbook = xlsx_file(*ROWS)
    with zipfile.ZipFile(workbook, "a") as package:
        for number in range(20):
            package.writestr(f"part{number}.txt", "")

    with pytest.raises(FileRefused, match="démesuré"):
        read_table(workbook, "a.xlsx", limits=Limits(parts=20))


def test_a_row_without_end_is_refused():
    def lengthen(xml: bytes) -> bytes:
        return xml.replace(b"</row></sheetData>", b"<c/>" * (9 * MEGABYTE // 4) + b"</row></sheetData>")

    with pytest.raises(FileRefused, match="démesuré"):
        read_table(altered(xlsx_file(*ROWS), SHEET, lengthen), "a.xlsx", limits=Limits(ratio=100_000))


def test_too_many_shared_texts_are_refused():
    with pytest.raises(FileRefused, match="démesuré"):
        read_table(with_shared_texts(xlsx_file(*ROWS)), "a.xlsx", limits=Limits(shared_texts=3))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_xml_declarations_are_refused(encoding):
    def declare(xml: bytes) -> bytes:
        return '<!DOCTYPE x [<!ENTITY a "aaaa">]>'.encode(encoding) + xml

    with pytest.raises(FileRefused, match="déclarations XML"):
        read_table(altered(xlsx_file(*ROWS), SHEET, declare), "a.xlsx")


def test_a_claim_of_billions_of_rows_costs_nothing():
    workbook = altered(xlsx_file(*ROWS), SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="9999999999"'))

    with pytest.raises(FileRefused, match="endommagé"):
        cells(workbook, "a.xlsx")


def test_rows_out_of_order_are_refused_rather_than_lost():
    workbook = altered(xlsx_file(*ROWS, ("B", "Laval")), SHEET, lambda xml: xml.replace(b'<row r="3"', b'<row r="2"'))

    with pytest.raises(FileRefused, match="endommagé"):
        cells(workbook, "a.xlsx")


def test_a_false_dimension_hides_no_row():
    workbook = altered(xlsx_file(*ROWS), SHEET, lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'))

    assert cells(workbook, "a.xlsx")[1] == ("A", "Laval")


def test_a_sheet_cut_short_is_refused():
    workbook = altered(xlsx_file(*ROWS), SHEET, lambda xml: xml[:-40])

    with pytest.raises(FileRefused, match="endommagé"):
        cells(workbook, "a.xlsx")


def test_a_cell_far_to_the_right_is_refused_as_too_many_columns():
    workbook = altered(xlsx_file(*ROWS), SHEET, lambda xml: xml.replace(b'r="B2"', b'r="XFD2"'))

    with pytest.raises(FileRefused, match="colonnes"):
        cells(workbook, "a.xlsx")
