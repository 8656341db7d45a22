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
    Facts,
    Figure,
    Link,
    Paragraph,
    Quotation,
    Section,
    Table,
)

TEMPLATE = Path(__file__).with_name("document.typ")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
UNKNOWN = "□"


def to_pdf(document: Document, fonts: Fonts, *, made_at: datetime) -> bytes:
    """Return the document as a tagged PDF, dated `made_at` (with its time zone).

    A text in a script no font here can write is transliterated to Latin letters, in brackets: a document that lacks
    a letter is not accessible, and one that hides it would lie.
    """
    words = _Words(fonts)
    data = {
        "title": words(document.title),
        "language": document.language,
        "author": words(document.author),
        "fonts": FAMILIES,
        "page_of": document.page_of,
        "lead": [_block(block, words) for block in document.lead],
        "sections": [_section(section, words) for section in document.sections],
    }
    made = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts.book,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=made_at.replace(microsecond=0),
    )
    return bytes(made)


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
        "blocks": [_block(block, words) for block in section.blocks],
        "sections": [_section(inside, words) for inside in section.sections],
    }


def _block(block: Block, words: _Words) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": words(block.text), "quiet": block.quiet}
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
