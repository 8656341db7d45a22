"""How the titles of a file are recognised."""

import pytest

from arrimage.foundation.imports import Column, parse, read_table
from arrimage.foundation.imports.columns import check_columns, match_columns
from tests.foundation.imports.files import csv_file, plain

COLUMNS = (
    Column("family_name", parse.text(), required=True, aliases=("Nom de famille",)),
    Column("arrival_date", parse.date, aliases=("Date d’arrivée",)),
)


def match(header):
    return match_columns(read_table(csv_file(f"{header}\nA;B"), "a.csv"), COLUMNS)


@pytest.mark.parametrize(
    "title",
    [
        "family_name",
        "FAMILY NAME",
        "family-name",
        "Nom de famille",
        "nom_de_famille",
        " Nom  de Famille ",
        "nomdefamille",
    ],
)
def test_a_title_is_recognised_however_it_is_written(title):
    assert [column.name for _index, column in match(f"{title};x").found] == ["family_name"]


@pytest.mark.parametrize("title", ["Date d’arrivée", "Date d'arrivee", "DATE_D_ARRIVÉE"])
def test_accents_and_apostrophes_are_forgiven(title):
    assert [column.name for _index, column in match(f"Nom de famille;{title}").found][1] == "arrival_date"


def test_an_unknown_column_is_a_remark():
    matching = match("family_name;couleur")

    assert matching.errors == []
    assert [plain(text) for text in matching.warnings] == ["La colonne « couleur » est inconnue et n’est pas lue."]


def test_an_unknown_column_that_resembles_a_known_one_says_which():
    assert "« arrival_date »" in plain(match("family_name;arival_date").warnings[0])


def test_a_missing_required_column_is_named():
    (error,) = match("prenom;arrival_date").errors

    assert (error.row, error.column) == (1, "family_name")
    assert "« family_name » manque" in plain(error.message)


def test_two_titles_for_one_column_are_refused():
    (error,) = match("family_name;Nom de famille").errors

    assert error.column == "family_name"


def test_two_columns_may_not_answer_to_one_title():
    with pytest.raises(ValueError, match="family_name"):
        check_columns((*COLUMNS, Column("surname", parse.text(), aliases=("nom-de-famille",))))
