"""What a given file really is, and what of it is kept: the type is read in the content, never in the name."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from arrimage.attachments import images, office, pdf
from arrimage.attachments.enums import AttachmentKind, MediaType
from arrimage.attachments.errors import UploadRefused
from arrimage.attachments.names import clean_name, shown_name
from arrimage.attachments.scanning import scan
from arrimage.foundation.writing import write_number

_T = MediaType
FOR_ALL = frozenset({_T.PDF, _T.JPEG, _T.PNG})
# What a person is given or gives opens anywhere; documents to be edited are the offices' own.
TAKEN: Mapping[AttachmentKind, frozenset[MediaType]] = {
    AttachmentKind.CASE_DOCUMENT: FOR_ALL,
    AttachmentKind.CONSENT: FOR_ALL,
    AttachmentKind.REGISTER: FOR_ALL | {_T.DOCX, _T.ODT},
    AttachmentKind.OFFICE: FOR_ALL | {_T.DOCX, _T.ODT},
}
CLEANERS: Mapping[MediaType, Callable[[bytes, str], bytes]] = {
    _T.PDF: pdf.checked,
    _T.JPEG: images.written_anew,
    _T.PNG: images.written_anew,
    _T.DOCX: office.checked_docx,
    _T.ODT: office.checked_odt,
}
ACCEPT = ".pdf,.jpg,.jpeg,.png"  # what a browser proposes to choose
ACCEPT_OFFICE = f"{ACCEPT},.docx,.odt"


@dataclass(frozen=True)
class CleanContent:
    """What is kept of a file: its content, type and name, checked and cleaned."""

    content: bytes
    media_type: MediaType
    name: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean(upload: File, kind: AttachmentKind) -> CleanContent:
    """Return what is kept of a given file.

    Raises `UploadRefused`, with the name of the file and the reason, for what is empty, too large, of a type that is
    not taken for that kind, encrypted, active, infected, or made to harm.
    """
    name = shown_name(upload.name or "") or _("Ce fichier")
    content = _read(upload, name)
    media_type = type_of(content)
    if media_type is None or media_type not in TAKEN[kind]:
        raise UploadRefused(_refusal(content, name, kind))
    scan(content, name)
    kept = CLEANERS[media_type](content, name)
    return CleanContent(kept, media_type, clean_name(upload.name or "", media_type))


def type_of(content: bytes) -> MediaType | None:
    """Return the type that the first bytes say, to the letter; None for any other.

    Readers forgive a PDF that begins later, which is how one file can be two things: here it begins at once.
    """
    if content.startswith(b"%PDF-"):
        return _T.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return _T.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _T.PNG
    if content.startswith(b"PK\x03\x04"):
        return office.type_of(content)
    return None


def largest(count: int) -> str:
    """Return a size of file in words: « 10 Mo »."""
    return _("%(size)s Mo") % {"size": write_number(round(count / (1024 * 1024), 1))}


def _read(upload: File, name: str) -> bytes:
    limit: int = settings.ATTACHMENT_MAX_BYTES
    upload.seek(0)
    content: bytes = upload.read(limit + 1)
    if not content:
        raise UploadRefused(_("« %(name)s » est vide.") % {"name": name})
    if len(content) > limit:
        raise UploadRefused(
            _("« %(name)s » est trop volumineux : la limite est de %(limit)s.")
            % {"name": name, "limit": largest(limit)}
        )
    return content


def _refusal(content: bytes, name: str, kind: AttachmentKind) -> str:
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return _("« %(name)s » est une photo HEIC, que tout le monde ne peut pas ouvrir. Envoyez-la en JPEG.") % {
            "name": name
        }
    given = {"name": name, "found": _found(content)}
    if TAKEN[kind] == FOR_ALL:
        return _("« %(name)s » n’est pas accepté (%(found)s). Envoyez un PDF, ou une image JPEG ou PNG.") % given
    return (
        _("« %(name)s » n’est pas accepté (%(found)s). Envoyez un PDF, une image JPEG ou PNG, ou un texte DOCX ou ODT.")
        % given
    )


def _found(content: bytes) -> str:
    """Return the kind of file a refused one is, as far as its content tells."""
    start = content[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        return _("page Web")
    if b"<svg" in start:
        return _("dessin SVG")
    media_type = type_of(content)
    if media_type is not None:
        return media_type.label
    try:
        extension = puremagic.from_string(content[:4096]).lstrip(".").upper()
    except (puremagic.PureError, ValueError):
        extension = ""
    return _("fichier %(type)s") % {"type": extension} if extension else _("type inconnu")
