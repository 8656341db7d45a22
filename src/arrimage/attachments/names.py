"""The name of a file, made safe to keep, to show and to give back."""

import re
import unicodedata
from pathlib import PurePosixPath

from arrimage.attachments.enums import MediaType

LONGEST = 120  # characters
LONGEST_BYTES = 200  # in UTF-8: file systems stop at 255
EXTENSIONS: dict[MediaType, tuple[str, ...]] = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.DOCX: (".docx",),
    MediaType.ODT: (".odt",),
}
# Control and format characters (what turns the writing round, what is invisible), surrogates, private ones, separators
# of lines: they hide what a name is. The joiners of Persian and Arabic spelling stay.
HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
RESERVED = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str, media_type: MediaType, *, fallback: str = "document") -> str:
    """Return the last part of `name` without what could harm or mislead, with the extension its content calls for."""
    stem = _visible(re.split(r"[/\\]", name)[-1])
    extension = PurePosixPath(stem).suffix
    known = EXTENSIONS[media_type]
    if 2 <= len(extension) <= 6 and extension[1:].isalnum():
        stem = stem[: -len(extension)]
    if extension.lower() not in known:
        extension = known[0]
    while stem.lower().endswith(known):  # « lettre.pdf.exe » that is a PDF
        stem = stem[: stem.rindex(".")]
    stem = RESERVED.sub("-", stem).strip(" .-_") or fallback
    if DEVICES.match(stem):
        stem = f"{fallback}-{stem}"
    return _shortened(stem, extension.lower()) + extension.lower()


def shown_name(name: str) -> str:
    """Return a file's name as a refusal quotes it, whatever it holds."""
    visible = _visible(re.split(r"[/\\]", name)[-1]).strip()
    return visible if len(visible) <= 60 else f"{visible[:57]}…"


def _visible(name: str) -> str:
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", name)
        if character in JOINERS or unicodedata.category(character) not in HIDING
    )
    return " ".join(kept.split())


def _shortened(stem: str, extension: str) -> str:
    stem = stem[: LONGEST - len(extension)]
    return stem.encode()[: LONGEST_BYTES - len(extension)].decode(errors="ignore").rstrip(" .")
