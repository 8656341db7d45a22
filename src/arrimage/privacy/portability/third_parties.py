"""Other people in what is written about somebody: their names, addresses and numbers are found and kept back.

Columns that are about others are withheld by name (`registry`). What is left are free texts, where an agent may have
written the name of a spouse: the names of everybody the records link to the person are looked for in every text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from arrimage.people.models import Person
from arrimage.privacy.portability.registry import Withheld, circles

SHORTEST_NAME = 3  # letters: « Li » is also the beginning of other words, and a full name catches it
DIGITS_OF_A_PHONE = 7


class Named(Protocol):
    """Whoever has a name and ways to be reached: a person, an arrival."""

    uid: UUID
    given_name: str
    family_name: str
    original_name: str
    email: str
    phone: str


@dataclass
class Redactor:
    """Keeps other people's names, addresses, numbers and keys out of texts; counts what it kept back."""

    pattern: re.Pattern[str] | None
    kept_back: int = field(default=0)

    def __call__(self, value: Any) -> Any:
        """Return a value of the archive with each mention of another person replaced."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {key: self(inside) for key, inside in value.items()}
            case list() | tuple():
                return [self(inside) for inside in value]
            case Withheld():
                return value
            case _:
                return value

    def text(self, text: str) -> str:
        if self.pattern is None:
            return text
        text = unicodedata.normalize("NFC", text)
        folded = fold(text)
        parts: list[str] = []
        at = 0
        for found in self.pattern.finditer(folded):
            parts += [text[at : found.start()], _("[autre personne]")]
            at = found.end()
            self.kept_back += 1
        return "".join([*parts, text[at:]])


def redactor_for(person: Person) -> Redactor:
    """Return what keeps everybody linked to `person` out of their archive."""
    own = {fold(word) for word in _words(person)}
    own_phone = digits(person.phone)
    marks: set[str] = set()
    for circle in circles():
        for other in circle(person):
            marks.update(_marks(other, own, own_phone))
    if not marks:
        return Redactor(None)
    longest_first = sorted(marks, key=len, reverse=True)
    return Redactor(re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)"))


def fold(text: str) -> str:
    """Return a text of the same length without accents or capitals, to compare names."""
    return "".join(
        base if len(base := (unicodedata.normalize("NFD", character)[:1] or character).lower()) == 1 else character
        for character in text
    )


def digits(text: str) -> str:
    """Return the digits of a telephone number, the country's 1 left out."""
    found = re.sub(r"\D", "", text)
    return found[1:] if len(found) == 11 and found.startswith("1") else found


def _words(person: Named) -> Iterator[str]:
    """Yield every way a person is named, whole and in parts."""
    for name in (person.given_name, person.family_name, person.original_name):
        name = unicodedata.normalize("NFC", name).strip()
        if name:
            yield name
            yield from name.split()
    if isinstance(person, Person):
        for other in person.names.all():
            yield from filter(None, (other.given_name, other.family_name, other.original_name))
    if person.email:
        yield person.email


def _marks(other: Named, own: Iterable[str], own_phone: str) -> Iterator[str]:
    """Yield the expressions that find another person in a folded text; what is also the person's own is left."""
    yield re.escape(str(other.uid))
    for word in _words(other):
        folded = fold(word)
        if len(folded) >= SHORTEST_NAME and folded not in own:
            yield r"\s+".join(re.escape(part) for part in folded.split())
    whole = fold(f"{other.given_name} {other.family_name}".strip())
    if whole not in own and len(whole.split()) > 1:
        yield r"\s+".join(re.escape(part) for part in whole.split())
    phone = digits(other.phone)
    if len(phone) >= DIGITS_OF_A_PHONE and phone != own_phone:
        yield r"(?:\+?1[\W_]{0,3})?" + r"[\W_]{0,3}".join(phone)
