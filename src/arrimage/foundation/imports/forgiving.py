"""How texts are compared: accents, case, spaces, hyphens, underscores and punctuation forgiven."""

import re
from collections.abc import Iterable
from typing import TypeVar

from unidecode import unidecode

T = TypeVar("T")
_NOISE = re.compile(r"[\W_]+")


def forgive(text: str) -> str:
    """Return the form by which two writings of one word are the same: « Côte-d’Ivoire » → « cotedivoire »."""
    return _NOISE.sub("", unidecode(text).casefold())


def shorten(text: object, length: int = 60) -> str:
    """Return a value as a message may show it: one line, at most `length` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def index_by_writing(entries: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return forgiven text → value, leaving out the writings that would stand for two different values."""
    found: dict[str, T] = {}
    doubtful: set[str] = set()
    for text, value in entries:
        key = forgive(text)
        if not key:
            continue
        if key in found and found[key] != value:
            doubtful.add(key)
        found.setdefault(key, value)
    for key in doubtful:
        del found[key]
    return found
