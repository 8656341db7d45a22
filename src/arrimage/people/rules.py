"""Names and numbers: how they are compared, found and sorted, whatever the script, the accents and the case."""

import re

from django.utils.translation import gettext as _
from unidecode import unidecode

from arrimage.foundation.errors import InvalidInput
from arrimage.people.enums import FrenchStage, IdentifierKind

SEARCH_KEY_LENGTH = 2_000  # room for a dozen names of the longest kind
FRENCH_LEVELS = range(1, 13)

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_NUMBERS = {
    IdentifierKind.UCI: re.compile(r"[0-9]{8}(?:[0-9]{2})?"),
    IdentifierKind.CSQ: re.compile(r"[A-Z0-9]{6,12}"),
    IdentifierKind.APPLICATION: re.compile(r"[A-Z]{1,3}[0-9]{7,12}"),
}


def french_stage(level: int) -> FrenchStage:
    """Return the stage of a level of the Échelle québécoise: 1 to 4 beginner, 5 to 8 intermediate, 9 to 12 advanced."""
    if level <= 4:
        return FrenchStage.BEGINNER
    return FrenchStage.INTERMEDIATE if level <= 8 else FrenchStage.ADVANCED


def plain_number(kind: IdentifierKind, text: str) -> str:
    """Return an identifier as it is compared: capitals and digits only.

    Raises `InvalidInput` for what cannot be of that kind, and for what looks like a social insurance number, which is
    never kept.
    """
    number = re.sub(r"[^A-Z0-9]", "", unidecode(text).upper())
    if looks_like_sin(number):
        raise InvalidInput(
            _("Ce numéro ressemble à un numéro d’assurance sociale : il n’est jamais conservé ici."), field="number"
        )
    if not _NUMBERS[kind].fullmatch(number):
        raise InvalidInput(_("Ce numéro n’a pas la forme attendue : recopiez-le du document."), field="number")
    return number


def looks_like_sin(number: str) -> bool:
    """Say whether a text is nine digits whose check digit (Luhn) is that of a social insurance number."""
    if not re.fullmatch(r"[0-9]{9}", number):
        return False
    doubled = (int(digit) * (1 + rank % 2) for rank, digit in enumerate(number))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


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
# Characters of names that `unidecode` reads as another word they also write, or as they once were read.
_READINGS = str.maketrans({"万": "Wan ", "乾": "Qian ", "叶": "Ye ", "娜": "Na ", "宁": "Ning ", "沈": "Shen ",
                           "洁": "Jie ", "薛": "Xue "})  # fmt: skip
# Family names that Chinese reads otherwise than the same character elsewhere.
_FAMILY_READINGS = {"曾": "Zeng ", "单": "Shan ", "仇": "Qiu ", "区": "Ou ", "查": "Zha ", "盖": "Ge ",
                    "翟": "Zhai ", "解": "Xie ", "任": "Ren ", "华": "Hua ", "覃": "Qin "}  # fmt: skip


def search_key(*parts: str) -> str:
    """Return one lower-case text without accents or punctuation, other scripts transliterated to Latin letters.

    Cut at the end of a word when it is longer than a key may be.
    """
    key = " ".join(filter(None, (_NOT_A_LETTER.sub(" ", _in_latin(part).lower()).strip() for part in parts)))
    return key if len(key) <= SEARCH_KEY_LENGTH else key[: SEARCH_KEY_LENGTH + 1].rpartition(" ")[0]


def _in_latin(text: str) -> str:
    text = _BREATH.sub("", text)
    if text.isascii():
        return text
    if text[:1] in _FAMILY_READINGS:
        text = _FAMILY_READINGS[text[0]] + text[1:]
    return unidecode(_ARABIC.sub(_arabic_word, text).translate(_SIGNS | _READINGS))


def _arabic_word(match: re.Match[str]) -> str:
    """Return a word of Arabic in Latin letters, its article apart."""
    word = match[0]
    if word == _GOD:
        return "allah"
    bare = _ARTICLE.sub("", word)
    return ("al " if bare != word else "") + (bare[:1].translate(_BEGINNING) + bare[1:]).translate(_LETTERS)
