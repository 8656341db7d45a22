"""Documents people keep: tagged, accessible PDF (PDF/UA-1), from parts said in Python and one template."""

from arrimage.engines.documents.fonts import Fonts, load_fonts
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
from arrimage.engines.documents.pdf import to_pdf, to_pictures

__all__ = [
    "Block",
    "Document",
    "Drawing",
    "Facts",
    "Figure",
    "Fonts",
    "Link",
    "Paragraph",
    "Quotation",
    "Said",
    "Section",
    "SideBySide",
    "Table",
    "load_fonts",
    "to_pdf",
    "to_pictures",
]
