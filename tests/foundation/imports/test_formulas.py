"""A formula is never imported: neither run nor stored to be run by the next spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from arrimage.foundation.imports.reading_csv import is_formula
from tests.foundation.imports.files import cells, csv_file, xlsx_file


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "-A1", '=HYPERLINK("x")', "+1+1", "- note"],
)
def test_a_formula_in_a_csv_is_refused_by_its_cell(text):
    quoted = '"' + text.replace('"', '""') + '"'

    read = cells(csv_file(f"nom;note\nA;B\nC;{quoted}"))

    assert read[1] == ("A", "B")
    assert read[2][1].startswith("La cellule B3 contient une formule")


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "-12,50",
        "-1 234,50 $",
        "+1 514 555-0199",
        "+1 (514) 555-0199 poste 4",
        "-1.5E+03",
        "+5 %",
        "-",
        "a=b",
        "x@y.ca",
    ],
)
def test_signed_numbers_telephones_and_addresses_are_not_formulas(text):
    assert cells(csv_file(f"nom;note\nA;{text}"))[1] == ("A", text)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
def test_white_space_hides_no_formula(blank):
    assert "formule" in cells(csv_file(f'nom;note\nA;"{blank}=1+1"'))[1][1]


def test_a_formula_in_a_workbook_is_refused_by_its_cell():
    read = cells(xlsx_file(("a", "b", "c"), (1, 2, 3), (1, 2, 3), (1, 2, 3), (1, 2, "=A5+B5")), "a.xlsx")

    assert read[4][2] == "La cellule C5 contient une formule (« =A5+B5 ») : remplacez-la par sa valeur."


def test_an_array_formula_in_a_workbook_is_refused():
    assert "formule" in cells(xlsx_file(("a",), (ArrayFormula("A2", "=SUM(B1:B2)"),)), "a.xlsx")[1][0]


def test_an_error_of_excel_is_refused():
    assert "erreur de calcul (#N/A)" in cells(xlsx_file(("a",), ("#N/A",)), "a.xlsx")[1][0]


@given(st.sampled_from("=@"), st.text(max_size=30))
def test_nothing_that_begins_with_equals_or_at_passes(start, rest):
    assert is_formula(start + rest)


@given(st.sampled_from("+-"), st.text(st.characters(categories=["L"]), min_size=2, max_size=30))
def test_no_word_passes_behind_a_sign(sign, word):
    assert is_formula(sign + word)
