"""The words of what somebody typed, and the form by which they are compared with a table of terms."""

import re
import unicodedata

MOST_WORDS = 12
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_PLURAL_FROM = 4  # letters: « bus » and « gas » are no plurals
_ARTICLE = "ال"  # Arabic writes it with the word
Tokens = tuple[str, ...]


def words_in(text: str) -> list[str]:
    """Return the words typed, as they are, twelve at most; apostrophes and hyphens part them. Marks of vowels go."""
    marks_off = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not unicodedata.combining(sign))
    return [word[:LONGEST_WORD] for word in _WORD.findall(marks_off)][:MOST_WORDS]


def token(word: str) -> str:
    """Return a word without case, accents, final s or x of a plural, nor the Arabic article."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if len(plain) > _PLURAL_FROM and plain[-1] in "sx":
        return plain[:-1]
    return plain.removeprefix(_ARTICLE) if len(plain) > _PLURAL_FROM else plain


def tokens_of(text: str) -> Tokens:
    return tuple(token(word) for word in words_in(text))
