"""A text as it is read: figures in the place of markers, paragraphs apart."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from arrimage.foundation.writing import french_spaces
from arrimage.reporting.bilan import Bilan
from arrimage.reporting.markers import fill
from arrimage.reporting.models import BilanText

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class WrittenSection:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class RelatedLink:
    label: str
    address: str


@dataclass(frozen=True)
class WrittenText:
    """The words of a bilan, ready to read: the text itself, then its blocks (empty where nothing was given)."""

    title: str
    sections: tuple[WrittenSection, ...]
    quotation: tuple[str, ...]
    quoted_name: str
    quoted_title: str
    media_name: str
    media_phone: str
    media_email: str
    links: tuple[RelatedLink, ...]

    @property
    def quoted(self) -> str:
        """Return « Claude Exemple, directrice régionale »."""
        return ", ".join(filter(None, (self.quoted_name, self.quoted_title)))

    @property
    def has_media_contact(self) -> bool:
        return bool(self.media_name or self.media_phone or self.media_email)


def write_text(text: BilanText, bilan: Bilan) -> WrittenText:
    """Return a text with the figures of `bilan`, which holds them all."""
    return WrittenText(
        title=_said(text.title, bilan),
        sections=tuple(
            WrittenSection(_said(section["heading"], bilan), paragraphs(section["text"], bilan))
            for section in text.sections
        ),
        quotation=paragraphs(text.quotation, bilan),
        quoted_name=text.quoted_name,
        quoted_title=text.quoted_title,
        media_name=text.media_name,
        media_phone=text.media_phone,
        media_email=text.media_email,
        links=tuple(RelatedLink(link["label"], link["address"]) for link in text.links),
    )


def paragraphs(text: str, bilan: Bilan) -> tuple[str, ...]:
    """Return the paragraphs of a text: blank lines part them, other ends of lines do not."""
    parts = (" ".join(part.split()) for part in _BLANK_LINES.split(text.strip()))
    return tuple(_said(part, bilan) for part in parts if part)


def _said(text: str, bilan: Bilan) -> str:
    filled = fill(text, bilan)
    return french_spaces(filled) if (get_language() or "fr").startswith("fr") else filled
