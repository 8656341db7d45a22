"""A bilan and a portrait as files: one function a format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.reporting.formats.as_html import to_html
from arrimage.reporting.formats.as_json import evidence_to_json, to_json
from arrimage.reporting.formats.as_pdf import to_pdf
from arrimage.reporting.formats.as_text import evidence_to_text, to_text
from arrimage.reporting.formats.as_xlsx import to_xlsx
from arrimage.reporting.formats.portrait_as_html import portrait_to_html
from arrimage.reporting.formats.portrait_as_json import portrait_to_json
from arrimage.reporting.formats.portrait_as_parquet import portrait_to_parquet
from arrimage.reporting.formats.portrait_as_pdf import portrait_to_pdf
from arrimage.reporting.formats.portrait_as_xlsx import portrait_to_xlsx
from arrimage.reporting.portrait import Portrait
from arrimage.reporting.report import Report

T = TypeVar("T")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format(Generic[T]):
    """How something is written, what people call it, and what a browser is told of it."""

    write: Callable[[T], bytes]
    label: Promise
    content_type: str
    extension: str


FORMATS: dict[str, Format[Report]] = {
    "pdf": Format(to_pdf, _("Document accessible (PDF)"), "application/pdf", "pdf"),
    "html": Format(
        lambda report: to_html(report).encode(), _("Document à imprimer (HTML)"), "text/html; charset=utf-8", "html"
    ),
    "xlsx": Format(to_xlsx, _("Classeur (Excel)"), XLSX, "xlsx"),
    "text": Format(lambda report: to_text(report.bilan).encode(), _("Texte"), "text/plain; charset=utf-8", "txt"),
    "json": Format(lambda report: to_json(report.bilan).encode(), _("Données (JSON)"), "application/json", "json"),
}
PORTRAIT_FORMATS: dict[str, Format[Portrait]] = {
    "pdf": Format(portrait_to_pdf, _("Document accessible (PDF)"), "application/pdf", "pdf"),
    "html": Format(
        lambda portrait: portrait_to_html(portrait).encode(),
        _("Document à imprimer (HTML)"),
        "text/html; charset=utf-8",
        "html",
    ),
    "xlsx": Format(portrait_to_xlsx, _("Classeur (Excel)"), XLSX, "xlsx"),
    "parquet": Format(
        portrait_to_parquet, _("Données en colonnes (Parquet)"), "application/vnd.apache.parquet", "parquet"
    ),
    "json": Format(
        lambda portrait: portrait_to_json(portrait).encode(), _("Données (JSON)"), "application/json", "json"
    ),
}

__all__ = [
    "FORMATS",
    "PORTRAIT_FORMATS",
    "Format",
    "evidence_to_json",
    "evidence_to_text",
    "portrait_to_html",
    "portrait_to_json",
    "portrait_to_parquet",
    "portrait_to_pdf",
    "portrait_to_xlsx",
    "to_html",
    "to_json",
    "to_pdf",
    "to_text",
    "to_xlsx",
]
