"""Packages written: one JSON file, or a ZIP of CSV tables that a `datapackage.json` describes."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, DecimalField, FloatField, IntegerField, TimeField

from arrimage.directory.exchange.derived import IDENTIFIER_FILE, LANGUAGE_FILE
from arrimage.directory.exchange.gathering import columns_of, gather
from arrimage.directory.exchange.nesting import OWNER_KEYS, fold
from arrimage.directory.exchange.shapes import BY_KIND, SHAPES, Json, Rows

FILES = {shape.kind: shape.file for shape in SHAPES} | {
    "language": LANGUAGE_FILE,
    "organization_identifier": IDENTIFIER_FILE,
}
SEPARATOR = "|"  # between the values of a list, in a cell
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the date of each part, so that the same directory is the same archive
_TYPES = (
    (DateTimeField, "datetime"), (DateField, "date"), (TimeField, "time"), (BooleanField, "boolean"),
    (IntegerField, "integer"), (DecimalField, "number"), (FloatField, "number"),
)  # fmt: skip


def json_package() -> bytes:
    """Return the whole directory as one JSON object: a list for each kind that stands for itself, parts inside."""
    return json.dumps(fold(gather()), ensure_ascii=False, indent=1).encode()


def tabular() -> Rows:
    """Return the whole directory as tables side by side, those that are empty left out."""
    rows = {kind: found for kind, found in gather().items() if found}
    for attribute in rows.get("attribute", ()):
        key = next(key for key in OWNER_KEYS["attribute"] if key in attribute)
        attribute["link_id"], attribute["link_entity"] = attribute.pop(key), key.removesuffix("_id")
    return rows


def csv_package() -> bytes:
    """Return the whole directory as a ZIP of CSV tables (UTF-8) and their `datapackage.json`."""
    filled = tabular()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        description = json.dumps(_datapackage(filled), ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo("datapackage.json", _LONG_AGO), description)
        for kind, found in filled.items():
            archive.writestr(zipfile.ZipInfo(FILES[kind], _LONG_AGO), _table(columns_of(kind, found), found))
    return content.getvalue()


def _table(columns: list[str], rows: Iterable[Json]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return SEPARATOR.join(value) if isinstance(value, list) else str(value)


def _datapackage(rows: Rows) -> Json:
    return {
        "name": "human_services_data",
        "title": "Human Services Data",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": kind,
                "path": FILES[kind],
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": name, "type": _type(kind, name)} for name in columns_of(kind, found)],
                },
            }
            for kind, found in rows.items()
        ],
    }


def _type(kind: str, name: str) -> str:
    shape = BY_KIND.get(kind)
    if shape is None or name not in shape.fields:
        return "string"
    return next((word for column, word in _TYPES if isinstance(shape.column(name), column)), "string")
