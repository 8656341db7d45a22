"""Documents people keep: tagged, accessible PDF (PDF/UA-1), from parts said in Python and one template."""

from arrimage.engines.documents.fonts import Fonts, load_fonts
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
from arrimage.engines.documents.pdf import to_pdf

__all__ = [
    "Block",
    "Document",
    "Facts",
    "Figure",
    "Fonts",
    "Link",
    "Paragraph",
    "Quotation",
    "Section",
    "Table",
    "load_fonts",
    "to_pdf",
]
