"""The delimiter is found, whatever the cells contain."""

import pytest

from arrimage.foundation.imports import FileRefused, read_table
from tests.foundation.imports.files import cells, csv_file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"nom; prénom",ville\nA,B', ("nom; prénom", "ville")),
        ("nom, prénom;ville\nTremblay, Anne;Laval", ("nom, prénom", "ville")),
        ('"a,b,c,d";e\n"1,2";3', ("a,b,c,d", "e")),
        ('"dit ""Bob"", ou Robert";ville\nA;B', ('dit "Bob", ou Robert', "ville")),
        ('"deux\nlignes";ville\nA;B', ("deux lignes", "ville")),
    ],
)
def test_delimiters_inside_titles_do_not_count(text, expected):
    assert cells(csv_file(text))[0] == expected


def test_amounts_with_a_comma_do_not_make_it_the_delimiter():
    assert cells(csv_file("nom;montant;taux\nA;1,5;2,5\nB;3,5;4,5"))[1] == ("A", "1,5", "2,5")


def test_one_column_needs_no_delimiter():
    assert cells(csv_file("code\nA1\nB2")) == [("code",), ("A1",), ("B2",)]


def test_the_line_by_which_excel_declares_its_delimiter_is_not_a_row():
    table = read_table(csv_file("sep=;\nnom;ville\nA;B"), "a.csv")

    assert (table.titles, table.title_row, [row.number for row in table.rows]) == (("nom", "ville"), 1, [2])


def test_a_quote_that_never_closes_is_refused_with_its_row():
    table = read_table(csv_file('nom;ville\nA;B\n"C;D\nE;F'), "a.csv")

    with pytest.raises(FileRefused, match="guillemet") as refusal:
        list(table.rows)
    assert refusal.value.row == 3
