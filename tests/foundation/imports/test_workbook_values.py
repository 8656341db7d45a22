"""A workbook gives its native values: dates as dates, numbers as numbers, texts stripped."""

from datetime import date, datetime, time

from tests.foundation.imports.files import cells, with_shared_texts, xlsx_file

ROWS = (("nom", "né le", "note"), (" Élodie ", date(1990, 5, 17), None), ("سارة", None, "une\ndeux"))


def test_native_values():
    read = cells(xlsx_file(("a", "b", "c", "d", "e"), (1, 1.5, True, datetime(2026, 11, 24), time(14, 30))), "a.xlsx")

    assert read[1] == (1, 1.5, True, datetime(2026, 11, 24), time(14, 30))


def test_texts_in_the_cells():
    assert cells(xlsx_file(*ROWS), "a.xlsx")[1:] == [
        ("Élodie", datetime(1990, 5, 17), None),
        ("سارة", None, "une\ndeux"),
    ]


def test_texts_kept_apart_as_excel_does():
    assert cells(with_shared_texts(xlsx_file(*ROWS)), "a.xlsx") == cells(xlsx_file(*ROWS), "a.xlsx")


def test_titles_may_be_numbers():
    assert cells(xlsx_file(("nom", 2026), ("A", 1)), "a.xlsx")[0] == ("nom", "2026")
