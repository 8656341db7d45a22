"""The ways one name is written: in its own script, and in Latin letters by several hands.

Shares no code with the search, whose measure it is: its tables are its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product

from arrimage.bench.data.names import arabic, chinese, cyrillic


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in its own script, and its spellings in Latin letters, the most usual first."""

    original: str
    latin: tuple[str, ...]


def _listed(table: str) -> list[Spelled]:
    found = []
    for line in table.strip().splitlines():
        words = line.split()
        start = next(rank for rank, word in enumerate(words) if word[0].isascii())
        latin = tuple(word.replace("~", " ") for word in words[start:])
        found.append(Spelled(" ".join(words[:start]), latin))
    return found


@cache
def arabic_given() -> list[Spelled]:
    return _listed(arabic.GIVEN)


@cache
def arabic_family() -> list[Spelled]:
    return _listed(arabic.FAMILY)


@cache
def chinese_family() -> list[Spelled]:
    return _listed(chinese.FAMILY)


@cache
def chinese_given() -> list[Spelled]:
    """Return given names of one syllable and of two: in pinyin together, apart or hyphened; as Wade and Giles wrote."""
    one = _listed(chinese.GIVEN)
    alone = [Spelled(each.original, (each.latin[0].title(), each.latin[1].title())) for each in one]
    two = [
        Spelled(
            first.original + second.original,
            (
                f"{first.latin[0]}{second.latin[0]}".title(),
                f"{first.latin[0]} {second.latin[0]}".title(),
                f"{first.latin[0].title()}-{second.latin[0]}",
                f"{first.latin[1].capitalize()}-{second.latin[1]}",
            ),
        )
        for first, second in product(one, one)
        if first != second
    ]
    return alone + two


@cache
def cyrillic_given() -> list[Spelled]:
    return [_in_latin(word) for word in cyrillic.GIVEN.split()]


@cache
def cyrillic_family() -> list[Spelled]:
    return [_in_latin(stem + ending) for stem, ending in product(cyrillic.STEMS.split(), cyrillic.ENDINGS)]


def _in_latin(word: str) -> Spelled:
    spellings = []
    for letters in cyrillic.SYSTEMS.values():
        table = dict(zip(cyrillic.LETTERS.split(), letters.split(), strict=True))
        latin = "".join(table[letter].replace("-", "") for letter in word.lower()).capitalize()
        spellings.append(latin)
    return Spelled(word, tuple(dict.fromkeys(spellings)))


@cache
def by_spelling(script: str) -> dict[str, Spelled]:
    """Return the names of a script (`ar`, `uk`, `zh`) by each of their spellings."""
    lists: dict[str, Iterable[Spelled]] = {
        "ar": [*arabic_given(), *arabic_family()],
        "uk": [*cyrillic_given(), *cyrillic_family()],
        "zh": [*chinese_family(), *chinese_given()],
    }
    found: dict[str, list[Spelled]] = defaultdict(list)
    for each in lists[script]:
        for latin in each.latin:
            found[latin].append(each)
    return {latin: names[0] for latin, names in found.items()}
