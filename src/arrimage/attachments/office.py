"""Documents to be edited (DOCX, ODT): the staff's, to download only. They are archives, opened with care."""

import re
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from django.utils.translation import gettext as _

from arrimage.attachments.enums import MediaType
from arrimage.attachments.errors import UploadRefused

MOST_ENTRIES = 2_000
MOST_BYTES = 60 * 1024 * 1024  # unpacked
BLOCK = 1024 * 1024
END, END_BYTES = b"PK\x05\x06", 22  # the last record of an archive, without a comment after it
READ = frozenset({"[Content_Types].xml", "content.xml"})
ODT_TYPE = MediaType.ODT.value.encode()
DOCX_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Macros, controls, embedded programs and archives.
ACTIVE = re.compile(r"(^|/)((vbaproject|vbadata)\.|(activex|embeddings|basic|scripts|dialogs)/)", re.IGNORECASE)
SCRIPT_CALLED = re.compile(rb"vnd\.sun\.star\.script:|macro:///")
PROGRAMS = frozenset({".bin", ".exe", ".dll", ".js", ".vbs", ".jar", ".zip", ".docm", ".dotm", ".html", ".svg"})
REMOTE_TEMPLATE = re.compile(rb"relationships/(attachedTemplate|oleObject|frame|subDocument)\b")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External")


def type_of(content: bytes) -> MediaType | None:
    """Return the type of an archive that says it is a text document; None for any other archive."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            first = archive.infolist()[0] if archive.infolist() else None
            if first is not None and first.filename == "mimetype" and first.file_size == len(ODT_TYPE):
                return MediaType.ODT if archive.read(first) == ODT_TYPE else None
            if {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist()):
                return MediaType.DOCX
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, ZlibError):
        pass
    return None


def checked_docx(content: bytes, name: str) -> bytes:
    """Return a DOCX as it is. Raises `UploadRefused` as `_checked` does, and for a template from elsewhere."""
    parts = _checked(content, name)
    if DOCX_MAIN not in parts.get("[Content_Types].xml", b""):
        raise _damaged(name)
    for path, part in parts.items():
        if path.endswith(".rels") and REMOTE_TEMPLATE.search(part) and EXTERNAL.search(part):
            raise _active(name)
    return content


def checked_odt(content: bytes, name: str) -> bytes:
    """Return an ODT as it is. Raises `UploadRefused` as `_checked` does."""
    parts = _checked(content, name)
    if "content.xml" not in parts:
        raise _damaged(name)
    if SCRIPT_CALLED.search(parts["content.xml"]):
        raise _active(name)
    return content


def _checked(content: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of an archive that are to be read, by path, once each entry was unpacked within bounds.

    Raises `UploadRefused` for a macro, an embedded program, an encrypted entry, a path that leaves the archive, an
    archive that unpacks to too much, that is damaged, or that is something else too (bytes before or after it).
    """
    parts: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _bomb(name)
            if not content[-END_BYTES:].startswith(END) or min(entry.header_offset for entry in entries) != 0:
                raise _damaged(name)
            if len({entry.filename.lower() for entry in entries}) != len(entries):
                raise _damaged(name)
            left = MOST_BYTES
            for entry in entries:
                _check_path(entry, name)
                part = _unpacked(archive, entry, left, name)
                left -= len(part)
                if entry.filename in READ or entry.filename.endswith(".rels"):
                    parts[entry.filename] = part
    except UploadRefused:
        raise
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, ZlibError) as error:
        raise _damaged(name) from error
    return parts


def _check_path(entry: ZipInfo, name: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.filename:
        raise _damaged(name)
    if entry.flag_bits & 0x1:
        raise UploadRefused(
            _("« %(name)s » est protégé par un mot de passe. Envoyez-le sans protection.") % {"name": name}
        )
    if ACTIVE.search(str(path)) or path.suffix.lower() in PROGRAMS:
        raise _active(name)


def _unpacked(archive: ZipFile, entry: ZipInfo, left: int, name: str) -> bytes:
    """Return an entry, however large its header says it is: reading stops at what is left of the bound."""
    blocks: list[bytes] = []
    with archive.open(entry) as file:
        while block := file.read(BLOCK):
            left -= len(block)
            if left < 0:
                raise _bomb(name)
            blocks.append(block)
    return b"".join(blocks)


def _bomb(name: str) -> UploadRefused:
    return UploadRefused(_("« %(name)s » se déplie en un fichier démesuré.") % {"name": name})


def _active(name: str) -> UploadRefused:
    return UploadRefused(
        _("« %(name)s » contient une macro, un objet ou un modèle externe. Enregistrez-le en PDF.") % {"name": name}
    )


def _damaged(name: str) -> UploadRefused:
    return UploadRefused(_("« %(name)s » est abîmé : le document ne s’ouvre pas.") % {"name": name})
