"""The one way tables come in, from the command line or a page: read, recognise, parse, check, write; dry unless told.

A room subclasses `Importer` and registers an instance in its `AppConfig.ready()`.
"""

from arrimage.foundation.imports import parse
from arrimage.foundation.imports.columns import Column
from arrimage.foundation.imports.errors import FileRefused, RowRefused
from arrimage.foundation.imports.importer import ImportActor, Importer, Row, importers, register
from arrimage.foundation.imports.reading import read_table
from arrimage.foundation.imports.reading_geojson import read_places
from arrimage.foundation.imports.report import Counts, ImportReport, RowError
from arrimage.foundation.imports.runner import run_import
from arrimage.foundation.imports.table import Limits, Table
from arrimage.foundation.imports.template import template_csv, template_xlsx
from arrimage.foundation.imports.upsert import upsert

__all__ = [
    "Column",
    "Counts",
    "FileRefused",
    "ImportActor",
    "ImportReport",
    "Importer",
    "Limits",
    "Row",
    "RowError",
    "RowRefused",
    "Table",
    "importers",
    "parse",
    "read_places",
    "read_table",
    "register",
    "run_import",
    "template_csv",
    "template_xlsx",
    "upsert",
]
