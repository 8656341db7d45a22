"""A document as the pages show it: what, when, by whom, how large."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.attachments.content import FOR_ALL
from arrimage.casework.models import Document
from arrimage.foundation.writing import write_number

KILO = 1024


@dataclass(frozen=True)
class ShownDocument:
    """A document and the words around it; `by` is the name of whoever gave it, empty for the system."""

    document: Document
    size: str
    by: str
    is_removed: bool
    is_image: bool
    can_be_shared: bool


def shown_document(document: Document) -> ShownDocument:
    attachment = document.attachment
    return ShownDocument(
        document,
        size=write_size(attachment.size),
        by=document.author.name if document.author else "",
        is_removed=attachment.is_destroyed,
        is_image=attachment.is_image,
        can_be_shared=attachment.media_type in FOR_ALL and not document.from_person,
    )


def write_size(size: int) -> str:
    """Return a number of bytes as one reads it: « 340 Ko », « 2,4 Mo »."""
    if size < KILO * KILO:
        return _("%(size)s Ko") % {"size": write_number(max(1, round(size / KILO)))}
    return _("%(size)s Mo") % {"size": write_number(round(size / (KILO * KILO), 1))}
