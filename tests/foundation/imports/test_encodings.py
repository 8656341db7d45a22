"""A CSV is read in whichever encoding a spreadsheet of Québec writes it."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.imports import FileRefused, read_table
from tests.foundation.imports.files import cells, csv_file

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
WINDOWS_LETTERS = "".join(
    letter for letter in bytes(range(0x80, 0x100)).decode("cp1252", errors="ignore") if letter.isalpha()
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_with_every_delimiter_and_line_end(encoding, delimiter, line_end):
    lines = [delimiter.join(row) for row in (("Prénom", "Ville"), ("Élodie", "L’Île-Dorval"), ("Noël", "Montréal"))]

    read = cells(csv_file(line_end.join(lines), encoding))

    assert read == [("Prénom", "Ville"), ("Élodie", "L’Île-Dorval"), ("Noël", "Montréal")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_both_orders_with_its_mark(encoding):
    assert cells(csv_file("\ufeffnom;ville\nÉlodie;Laval", encoding))[1] == ("Élodie", "Laval")


def test_other_scripts_in_utf_8():
    assert cells(csv_file("nom,ville\nسارة,Montréal\nОлена,Laval"))[1:] == [("سارة", "Montréal"), ("Олена", "Laval")]


@given(st.text(WINDOWS_LETTERS + "abcXYZ", min_size=1, max_size=20))
def test_what_windows_1252_writes_is_read_back_unless_it_passes_for_utf_8(name):
    written = f"nom;ville\n{name};Montréal é".encode("cp1252")
    try:
        written.decode()
    except UnicodeDecodeError:
        assert cells(csv_file(f"nom;ville\n{name};Montréal é", "cp1252"))[1] == (name, "Montréal é")


def test_a_multibyte_letter_across_two_chunks_is_still_utf_8(monkeypatch):
    monkeypatch.setattr("arrimage.foundation.imports.reading_csv._CHUNK", 7)

    assert cells(csv_file("nom;ville\néééééééé;Montréal"))[1] == ("éééééééé", "Montréal")


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_a_byte_that_neither_encoding_knows_is_refused(byte):
    with pytest.raises(FileRefused, match="ni en UTF-8 ni en Windows-1252"):
        read_table(BytesIO(b"nom;ville\n" + byte + b"\xe9;Laval"), "a.csv")


@pytest.mark.parametrize("content", [b"nom;ville\nA\x00;B", b"\x01\x02\x03;\x04", "nom;ville".encode("utf-16-le")])
def test_binary_and_nul_bytes_are_refused(content):
    with pytest.raises(FileRefused, match="n’est pas du texte"):
        read_table(BytesIO(content), "a.csv")


def test_half_a_utf_16_letter_is_refused():
    with pytest.raises(FileRefused, match="CSV UTF-8"):
        read_table(BytesIO("nom;ville".encode("utf-16") + b"\x00"), "a.csv")


def test_letters_mangled_by_an_earlier_conversion_are_remarked_upon():
    table = read_table(csv_file("nom;ville\nElodie;MontrÃ©al"), "a.csv")

    assert "MontrÃ©al" in table.warnings[0]
