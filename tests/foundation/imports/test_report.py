"""The form of a report, which scripts read."""

from arrimage.foundation.imports import Counts, ImportReport, RowError
from tests.foundation.imports.files import plain


def test_the_json_has_the_agreed_keys():
    report = ImportReport("arrivals", rows=3, counts=Counts(1, 1, 1))
    report.add(RowError(2, "uid", "Cette valeur est obligatoire."))

    assert report.to_json() == {
        "kind": "arrivals",
        "rows": 3,
        "created": 1,
        "updated": 1,
        "unchanged": 1,
        "errors": [{"row": 2, "column": "uid", "message": "Cette valeur est obligatoire."}],
        "warnings": [],
    }


def test_an_error_reads_as_a_sentence():
    assert plain(str(RowError(2, "uid", "Obligatoire."))) == "Ligne 2, colonne « uid » : Obligatoire."
    assert plain(str(RowError(2, None, "Trop longue."))) == "Ligne 2 : Trop longue."
    assert plain(str(RowError(None, None, "Vide."))) == "Vide."
