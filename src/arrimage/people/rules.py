"""Names: how they are found and sorted, whatever the script, the accents and the case."""

import re

from unidecode import unidecode

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_ARTICLE = re.compile(r"^ال(?=..)")
_GOD = "الله"
# Long vowels are written as they are heard, and the letters that have no like are not marks that would cut a word.
_BEGINNING = str.maketrans({"و": "w", "ي": "y"})
_LETTERS = str.maketrans(
    {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "ع": "a", "ء": "", "ئ": "i", "ؤ": "u", "و": "u",
     "ي": "i", "ی": "i", "غ": "gh", "ح": "h", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ـ": ""}
)  # fmt: skip
_BREATH = re.compile(r"(?<=[tpkhsTPKHS])['’ʻ](?=[aeiouüêAEIOUÜ])")  # of Wade and Giles: Ch’en, T’ao
_SIGNS = str.maketrans(dict.fromkeys("ьъЬЪ", ""))  # the signs of Cyrillic, which are no letters
# Family names that Chinese reads otherwise than the same character elsewhere.
_FAMILY_READINGS = {"叶": "Ye ", "曾": "Zeng ", "单": "Shan ", "仇": "Qiu ", "区": "Ou ", "查": "Zha ", "盖": "Ge ",
                    "翟": "Zhai ", "解": "Xie ", "任": "Ren ", "华": "Hua ", "覃": "Qin "}  # fmt: skip


def search_key(*parts: str) -> str:
    """Return one lower-case text without accents or punctuation, other scripts transliterated to Latin letters."""
    return " ".join(filter(None, (_NOT_A_LETTER.sub(" ", _in_latin(part).lower()).strip() for part in parts)))


def _in_latin(text: str) -> str:
    text = _BREATH.sub("", text)
    if text.isascii():
        return text
    if text[:1] in _FAMILY_READINGS:
        text = _FAMILY_READINGS[text[0]] + text[1:]
    return unidecode(_ARABIC.sub(_arabic_word, text).translate(_SIGNS))


def _arabic_word(match: re.Match[str]) -> str:
    """Return a word of Arabic in Latin letters, its article apart."""
    word = match[0]
    if word == _GOD:
        return "allah"
    bare = _ARTICLE.sub("", word)
    return ("al " if bare != word else "") + (bare[:1].translate(_BEGINNING) + bare[1:]).translate(_LETTERS)
