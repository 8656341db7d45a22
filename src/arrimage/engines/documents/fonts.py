"""The fonts of documents: those of the locked front-end packages, never the machine's own.

The packages hold WOFF files (a font whose tables are compressed, https://www.w3.org/TR/WOFF/); the typesetter reads
plain ones. They are unpacked once a process.
"""

import atexit
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

FAMILY, BESIDE = "Atkinson Hyperlegible Next", "Atkinson Hyperlegible Plus"  # names of one length
FAMILIES = (FAMILY, BESIDE, "Noto Naskh Arabic")
FILES = (
    *(
        f"@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{subset}-{weight}-normal.woff"
        for subset in ("latin", "latin-ext")
        for weight in (400, 700)
    ),
    *(f"@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-{weight}-normal.woff" for weight in (400, 700)),
)
# What the fonts inside the typesetter itself (Libertinus) add: letters of Greek and Cyrillic.
WITHIN_TYPESETTER = (range(0x0391, 0x03CA), range(0x0400, 0x0460))


class FontsMissing(Exception):
    """A font of the locked packages is not where it should be; `str(error)` names it."""


@dataclass(frozen=True)
class Fonts:
    """Fonts ready to typeset with, and the characters they can write."""

    book: typst.Fonts
    characters: frozenset[int]
    folder: tempfile.TemporaryDirectory[str]  # held so that it lives as long as the fonts

    def can_write(self, character: str) -> bool:
        """Say whether a character has a drawing in one of these fonts."""
        code = ord(character)
        return code in self.characters or character in "\n\t" or any(code in known for known in WITHIN_TYPESETTER)


@cache
def load_fonts(packages: Path) -> Fonts:
    """Return the fonts found in a folder of npm packages (`node_modules`). Raises `FontsMissing`."""
    folder = tempfile.TemporaryDirectory(prefix="arrimage-fonts-")
    atexit.register(folder.cleanup)
    characters: set[int] = set()
    for number, name in enumerate(FILES):
        source = packages / name
        if not source.is_file():
            raise FontsMissing(str(source))
        font = unpack_woff(source.read_bytes())
        if "-latin-ext-" in name:
            font = rename(font, FAMILY, BESIDE)
        characters.update(characters_of(font))
        Path(folder.name, f"{number}.ttf").write_bytes(font)
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder.name])
    return Fonts(book, frozenset(characters), folder)


def unpack_woff(woff: bytes) -> bytes:
    """Return the plain font (TrueType or OpenType) inside a WOFF 1.0 file."""
    if woff[:4] != b"wOFF":
        raise ValueError("not a WOFF 1.0 file")
    flavour, _length, count = struct.unpack_from(">IIH", woff, 4)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", flavour, count, 16 << power, power, 16 * count - (16 << power))
    directory, body = b"", b""
    start = len(head) + 16 * count
    for position in range(count):
        tag, offset, packed, length, checksum = struct.unpack_from(">4sIIII", woff, 44 + 20 * position)
        table = woff[offset : offset + packed]
        if packed < length:
            table = zlib.decompress(table)
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), length)
        body += table + b"\0" * (-len(table) % 4)
    return head + directory + body


def rename(font: bytes, old: str, new: str) -> bytes:
    """Return the font with its family called otherwise, by a name of the same length.

    The packages cut a family by alphabet; the typesetter takes one font of a name and never looks at its siblings.
    """
    if len(old) != len(new):
        raise ValueError("a font is renamed by a name of the same length")
    for encoding in ("utf-16-be", "ascii"):
        font = font.replace(old.encode(encoding), new.encode(encoding))
    return font


def characters_of(font: bytes) -> Iterator[int]:
    """Yield the Unicode code points a plain font maps to a drawing (its `cmap`, formats 4 and 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = [struct.unpack_from(">4sIII", font, 12 + 16 * position) for position in range(count)]
    cmap = next(offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    for position in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * position)
        at = cmap + offset
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == 4:
            yield from _segments(font, at)
        elif kind == 12:
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
                yield from range(first, last + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Yield the code points of a `cmap` subtable of format 4."""
    size = struct.unpack_from(">H", font, at + 6)[0]
    for segment in range(0, size, 2):
        last = struct.unpack_from(">H", font, at + 14 + segment)[0]
        first = struct.unpack_from(">H", font, at + 16 + size + segment)[0]
        if last != 0xFFFF:
            yield from range(first, last + 1)
