"""Typesetting: a document said in Python becomes a PDF that a screen reader reads well (PDF/UA-1)."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from unidecode import unidecode

from arrimage.engines.documents.fonts import FAMILIES, Fonts
from arrimage.engines.documents.model import (
    Block,
    Document,
    Drawing,
    Facts,
    Figure,
    Link,
    Paragraph,
    Quotation,
    Said,
    Section,
    SideBySide,
    Table,
)

TEMPLATE = Path(__file__).with_name("document.typ")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
UNKNOWN = "□"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "he", "ku", "ckb"})


def to_pdf(document: Document, fonts: Fonts, *, made_at: datetime) -> bytes:
    """Return the document as a tagged PDF, dated `made_at` (with its time zone).

    A text in a script no font here can write is transliterated to Latin letters, in brackets: a document that lacks
    a letter is not accessible, and one that hides it would lie.
    """
    made = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts.book,
        ignore_system_fonts=True,
        sys_inputs={"data": _data(document, fonts)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=made_at.replace(microsecond=0),
    )
    return bytes(made)


def to_pictures(document: Document, fonts: Fonts, *, dots_per_inch: int = 96) -> list[bytes]:
    """Return the pages of the document as PNG, to look at: the same template, without tags."""
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts.book,
        ignore_system_fonts=True,
        sys_inputs={"data": _data(document, fonts)},
        format="png",
        ppi=dots_per_inch,
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def _data(document: Document, fonts: Fonts) -> str:
    """Return what the template reads, as JSON."""
    words = _Words(fonts)
    return json.dumps(
        {
            "title": words(document.title),
            "language": document.language,
            "author": words(document.author),
            "fonts": FAMILIES,
            "page_of": document.page_of,
            "lead": [_block(block, words) for block in document.lead],
            "sections": [_section(section, words) for section in document.sections],
        },
        ensure_ascii=False,
    )


class _Words:
    """Texts as the fonts can write them."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts

    def __call__(self, text: str) -> str:
        text = _CONTROL.sub("", text)
        parts: list[str] = []
        missing = ""
        for character in text:
            if not self.fonts.can_write(character):
                missing += character
                continue
            if missing:
                parts.append(_latin(missing))
                missing = ""
            parts.append(character)
        if missing:
            parts.append(_latin(missing))
        return "".join(parts)


def _latin(text: str) -> str:
    return f"[{unidecode(text).strip() or UNKNOWN}]"


def _section(section: Section, words: _Words) -> dict[str, Any]:
    return {
        "heading": words(section.heading),
        "beside": _said(section.beside, words) if section.beside else None,
        "blocks": [_block(block, words) for block in section.blocks],
        "sections": [_section(inside, words) for inside in section.sections],
    }


def _block(block: Block, words: _Words) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", **_said(Said(block.text, block.language, quiet=block.quiet), words)}
        case Facts():
            return {"kind": "facts", "pairs": [[words(name), words(value)] for name, value in block.pairs]}
        case Table():
            return {
                "kind": "table",
                "headers": [words(header) for header in block.headers],
                "rows": [[words(cell) for cell in row] for row in block.rows],
                "numbers": sorted(block.numbers),
                "widths": block.widths or [1] * len(block.headers),
                "small": block.small,
            }
        case Figure():
            said = {"alternative": words(block.alternative), "caption": words(block.caption)}
            return {"kind": "figure", "svg": block.svg, **said}
        case Quotation():
            return {"kind": "quotation", "words": [words(text) for text in block.words], "by": words(block.by)}
        case Link():
            return {"kind": "link", "label": words(block.label), "address": block.address}
        case SideBySide():
            return {
                "kind": "side_by_side",
                "headers": [_said(header, words) for header in block.headers],
                "rows": [[[_said(one, words) for one in cell] for cell in row] for row in block.rows],
            }
        case Drawing():
            return {
                "kind": "drawing",
                "svg": block.svg,
                "alternative": words(block.alternative),
                "width": block.width,
            }


def _said(said: Said, words: _Words) -> dict[str, Any]:
    return {
        "text": words(said.text),
        "language": said.language,
        "rtl": said.language in RIGHT_TO_LEFT,
        "strong": said.strong,
        "quiet": said.quiet,
    }
