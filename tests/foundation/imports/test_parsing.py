"""Every refusal of a file is gathered, each at its row and column, before anything is written."""

from arrimage.foundation.imports import ImportReport, Limits
from arrimage.foundation.imports.parsing import read_rows
from arrimage.foundation.imports.report import KEPT_ERRORS
from tests.foundation.imports.files import PeopleImporter, csv_file

HEADER = "code;family_name;born_on;languages\n"


def read(text, name="a.csv"):
    report = ImportReport("people")
    return read_rows(PeopleImporter(), csv_file(text), name, Limits(), report), report


def places(report):
    return [(error.row, error.column) for error in report.errors]


def test_rows_are_parsed_to_values():
    (row,), report = read(HEADER + "A1;Haddad;1990-05-17;arabe|fr")

    assert (row.number, row["code"], row["born_on"].year, row["languages"]) == (2, "A1", 1990, ("ar", "fr"))
    assert (report.rows, report.errors) == (1, [])


def test_an_empty_cell_takes_the_empty_value_of_its_column():
    (row,), _report = read(HEADER + "A1;Haddad;;")

    assert (row["born_on"], row["languages"]) == (None, ())


def test_an_absent_column_is_told_from_an_empty_one():
    (row,), _report = read("code;family_name;born_on\nA1;Haddad;")

    assert "born_on" in row
    assert "languages" not in row
    assert row["languages"] == ()
    assert row.given("born_on", "languages") == {"born_on": None}


def test_all_refusals_are_gathered():
    _rows, report = read(HEADER + "A1;;2026-02-30;\nA2;Diaz;hier;klingonais\n;B;;")

    assert places(report) == [
        (2, "family_name"),
        (2, "born_on"),
        (3, "born_on"),
        (3, "languages"),
        (4, "code"),
    ]
    assert report.rows == 3


def test_a_formula_is_refused_in_a_known_column_and_ignored_in_an_unknown_one():
    _rows, report = read("code;family_name;calcul\nA1;=B2;=C2")

    assert places(report) == [(2, "family_name")]


def test_a_ragged_row_is_refused():
    _rows, report = read("code;family_name\nA1;Diaz;surplus")

    assert places(report) == [(2, None)]


def test_a_file_that_is_no_table_is_one_refusal_without_a_row():
    _rows, report = read("%PDF-1.7")

    assert places(report) == [(None, None)]


def test_an_identical_row_is_counted_unchanged():
    rows, report = read(HEADER + "A1;Diaz;;\nA1;Diaz;;")

    assert ([row.number for row in rows], report.unchanged, report.errors) == ([2], 1, [])


def test_a_row_that_contradicts_an_earlier_one_is_refused_naming_it():
    _rows, report = read(HEADER + "A1;Diaz;;\nA2;Roy;;\nA1;Dias;1990-01-01;")

    assert places(report) == [(4, "code")]
    assert "la ligne 2" in report.errors[0].message
    assert "family_name, born_on" in report.errors[0].message


def test_only_so_many_refusals_are_kept_and_the_others_are_counted():
    _rows, report = read("code;family_name\n" + "A;\n" * (KEPT_ERRORS + 5))

    assert (len(report.errors), report.hidden_errors) == (KEPT_ERRORS, 5)
    assert "5 autres refus" in report.to_json()["warnings"][0]
