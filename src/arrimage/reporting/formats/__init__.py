"""A bilan as a document: one function a format."""

from collections.abc import Callable
from dataclasses import dataclass

from arrimage.reporting.bilan import Bilan
from arrimage.reporting.formats.as_html import to_html
from arrimage.reporting.formats.as_json import evidence_to_json, to_json
from arrimage.reporting.formats.as_text import evidence_to_text, to_text


@dataclass(frozen=True)
class Format:
    """How a bilan is written, and what a browser is told of it."""

    write: Callable[[Bilan], str]
    content_type: str
    extension: str


FORMATS: dict[str, Format] = {
    "json": Format(to_json, "application/json", "json"),
    "text": Format(to_text, "text/plain; charset=utf-8", "txt"),
    "html": Format(to_html, "text/html; charset=utf-8", "html"),
}

__all__ = ["FORMATS", "Format", "evidence_to_json", "evidence_to_text", "to_html", "to_json", "to_text"]
