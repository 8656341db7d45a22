"""A template is a file the import itself accepts."""

import io

import pytest

from arrimage.foundation.imports import ImportReport, Limits, template_csv, template_xlsx
from arrimage.foundation.imports.importer import importers
from arrimage.foundation.imports.parsing import read_rows
from tests.foundation.imports.files import PeopleImporter, csv_file


def errors(importer, file, name):
    report = ImportReport(importer.kind)
    rows = read_rows(importer, file, name, Limits(), report)
    assert len(rows) == 1 or report.errors
    return [str(error) for error in report.errors] + report.warnings


def test_the_csv_template_has_titles_and_one_example():
    assert template_csv(PeopleImporter()) == ("code,family_name,born_on,languages\r\nA1,Tremblay,1990-05-17,ar|fr\r\n")


def test_the_csv_template_imports_without_a_remark():
    assert errors(PeopleImporter(), csv_file(template_csv(PeopleImporter())), "a.csv") == []


def test_the_workbook_template_imports_without_a_remark():
    assert errors(PeopleImporter(), io.BytesIO(template_xlsx(PeopleImporter())), "a.xlsx") == []


@pytest.mark.parametrize("kind", sorted(importers()))
def test_the_templates_of_every_room_import_without_a_remark(kind):
    importer = importers()[kind]

    assert errors(importer, csv_file(template_csv(importer)), "a.csv") == []
    assert errors(importer, io.BytesIO(template_xlsx(importer)), "a.xlsx") == []
