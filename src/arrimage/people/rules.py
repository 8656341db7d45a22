"""Names: how they are found and sorted, whatever the script, the accents and the case."""

import re

from unidecode import unidecode

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def search_key(*parts: str) -> str:
    """Return one lower-case text without accents or punctuation, other scripts transliterated to Latin letters."""
    return " ".join(filter(None, (_NOT_A_LETTER.sub(" ", unidecode(part).lower()).strip() for part in parts)))
