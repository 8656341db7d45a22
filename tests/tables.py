"""Run an import on a table written in a test."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from arrimage.foundation.imports import ImportReport, importers, run_import, template_csv


def run_table(kind: str, actor: Any, *rows: Mapping[str, Any], wet: bool = True) -> ImportReport:
    """Import rows given as dictionaries, as a CSV with the titles of the first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return run_import(importers()[kind], io.BytesIO(text.getvalue().encode()), f"{kind}.csv", actor, wet=wet)


def run_template(kind: str, actor: Any) -> ImportReport:
    """Import the template of a kind, as it is printed."""
    importer = importers()[kind]
    return run_import(importer, io.BytesIO(template_csv(importer).encode()), f"{kind}.csv", actor, wet=True)


def numbers(report: ImportReport) -> tuple[int, int, int]:
    """Return created, updated, unchanged; fail with the refusals when there are some."""
    assert not report.errors, [str(error) for error in report.errors]
    return report.created, report.updated, report.unchanged
