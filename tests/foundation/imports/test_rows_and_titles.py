"""Titles, blank rows, ragged rows: a row is named as the person sees it, and no value is lost without a word."""

import pytest

from arrimage.foundation.imports import FileRefused, Limits, read_table
from arrimage.foundation.imports.table import column_letter
from tests.foundation.imports.files import cells, csv_file, plain, xlsx_file


def numbers(file, name="a.csv"):
    return [row.number for row in read_table(file, name).rows]


def test_rows_count_from_the_titles_and_blank_ones_are_skipped_but_counted():
    assert numbers(csv_file("nom;ville\nA;B\n\n;\nC;D")) == [2, 5]


def test_rows_of_a_workbook_keep_their_numbers():
    assert numbers(xlsx_file(("nom",), ("A",), (None,), ("B",)), "a.xlsx") == [2, 4]


def test_a_cell_of_several_lines_is_one_row():
    assert numbers(csv_file('nom;note\nA;"une\ndeux"\nB;C')) == [2, 3]


def test_blank_rows_before_the_titles_are_forgiven():
    table = read_table(csv_file("\n;;\nnom;ville\nA;B"), "a.csv")

    assert (table.title_row, [row.number for row in table.rows]) == (3, [4])


def test_empty_columns_at_the_end_are_ignored():
    assert cells(csv_file("nom;ville;;\nA;B;;\nC;D")) == [("nom", "ville"), ("A", "B"), ("C", "D")]


def test_a_short_row_ends_with_empty_cells():
    assert cells(csv_file("nom;ville;note\nA"))[1] == ("A", None, None)


@pytest.mark.parametrize(
    ("text", "cell"), [("nom;ville\nA;B;C", "C2"), ("nom;ville;\nA;B;C", "C2"), ("nom;;ville\nA;B;C", "B2")]
)
def test_a_value_without_a_title_is_a_problem_of_its_row(text, cell):
    (row,) = read_table(csv_file(text), "a.csv").rows

    assert f"La cellule {cell} contient une valeur, mais sa colonne n’a pas de titre" in row.problems[0]


@pytest.mark.parametrize("text", ["nom;ville;nom\nA;B;C", "Nom;ville;  NOM \nA;B;C", "né le;ne_le\nA;B"])
def test_a_title_twice_refuses_the_file(text):
    with pytest.raises(FileRefused, match="apparaît deux fois"):
        read_table(csv_file(text), "a.csv")


def test_titles_alone_refuse_the_file():
    with pytest.raises(FileRefused, match="aucune ligne"):
        cells(csv_file("nom;ville\n;\n"))


@pytest.mark.parametrize("file", [csv_file(";;\n;;"), xlsx_file()])
def test_a_table_without_titles_is_empty(file):
    with pytest.raises(FileRefused, match="vide"):
        read_table(file, "sans-extension")


def test_a_file_too_heavy_is_refused():
    with pytest.raises(FileRefused, match="dépasse 1 Mo"):
        read_table(csv_file("nom\n" + "A\n" * 600_000), "a.csv", limits=Limits(file_bytes=1024 * 1024))


def test_too_many_rows_are_refused():
    with pytest.raises(FileRefused, match="dépasse 2 lignes") as refusal:
        list(read_table(csv_file("nom\nA\nB\nC"), "a.csv", limits=Limits(rows=2)).rows)
    assert refusal.value.row == 4


def test_as_many_rows_as_allowed_are_read():
    assert len(list(read_table(csv_file("nom\nA\nB"), "a.csv", limits=Limits(rows=2)).rows)) == 2


@pytest.mark.parametrize("file", [csv_file("a;b;c\n1;2;3"), xlsx_file(("a", "b", "c"), (1, 2, 3))])
def test_too_many_columns_are_refused(file):
    with pytest.raises(FileRefused, match="3 colonnes"):
        read_table(file, "sans-extension", limits=Limits(columns=2))


@pytest.mark.parametrize("file", [csv_file("a;b\n1;" + "x" * 10_001), xlsx_file(("a", "b"), (1, "x" * 10_001))])
def test_a_huge_cell_is_refused_by_its_name(file):
    assert "La cellule B2 dépasse 10000 caractères" in cells(file, "sans-extension")[1][1]


def test_a_cell_of_hundreds_of_thousands_of_characters_is_refused():
    with pytest.raises(FileRefused, match="ligne 2") as refusal:
        cells(csv_file("a;b\n1;" + "x" * 200_000))
    assert refusal.value.row == 2


def test_only_the_first_visible_sheet_is_read_and_the_others_are_remarked_upon():
    table = read_table(xlsx_file(("nom",), ("A",), more_sheets=["Notes"]), "a.xlsx")

    assert table.sheet == "Données"
    assert [plain(text) for text in table.warnings] == [
        "Le classeur a 2 feuilles : seule la première, « Données », est lue."
    ]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(index, letters):
    assert column_letter(index) == letters
