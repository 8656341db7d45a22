"""Names as they are asked for at a counter: mistyped, in another order, cut short, in another script or spelling.

Each kind is a function from a person to what is typed, or None when it says nothing of that person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from arrimage.bench.data.names import whole_in_script
from arrimage.bench.data.names.spellings import Spelled, by_spelling

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


@dataclass(frozen=True)
class Sought:
    """A person's file, and the person as recorded."""

    uid: UUID
    number: str
    given: str
    family: str
    language: str
    born_on: date | None

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


Corruption = Callable[[Random, Sought], str | None]


def mistyped(random: Random, text: str) -> str | None:
    """Return `text` with one slip of the finger in its longest word: a letter lost, doubled, changed or swapped.

    The first letter is kept; None when every word is of one or two letters, too short for that.
    """
    words = text.split()
    place = max(range(len(words)), key=lambda index: len(words[index]))
    if len(words[place]) < 3:
        return None
    return _slip(random, words, place)


def _slip(random: Random, words: list[str], place: int) -> str:
    letters = list(words[place])
    at = random.randrange(1, len(letters) - 1)
    match random.randrange(4):
        case 0:
            del letters[at]
        case 1:
            letters.insert(at, letters[at])
        case 2:
            letters[at] = random.choice([letter for letter in "aeinorstlu" if letter != letters[at]])
        case _:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return " ".join([*words[:place], "".join(letters), *words[place + 1 :]])


def one_typo(random: Random, who: Sought) -> str | None:
    return mistyped(random, who.name)


def two_typos(random: Random, who: Sought) -> str | None:
    """Return a name with a slip in two of its words of five letters or more, or two in the only one."""
    long = [place for place, word in enumerate(who.name.split()) if len(word) >= 5]
    if not long:
        return None
    places = random.sample(long, 2) if len(long) > 1 else long * 2
    text = who.name
    for place in places:
        text = _slip(random, text.split(), place)
    return text


def swapped(random: Random, who: Sought) -> str:
    return f"{who.family} {who.given}"


def missing(random: Random, who: Sought) -> str | None:
    """Return a name of three words or more without one of them."""
    words = re.split(r"[\s-]+", who.name)
    if len(words) < 3:
        return None
    del words[random.randrange(len(words))]
    return " ".join(words)


def other_spelling(language: str) -> Corruption:
    """Return the kind of names of a script: written in it, or in Latin letters by another hand, in either order."""

    def corrupt(random: Random, who: Sought) -> str | None:
        if who.language != language:
            return None
        given, family = _spelled(who.given, language), _spelled(who.family, language)
        if not given or not family:
            return None
        if random.random() < 0.4:
            spaced = "" if language == "zh" else " "
            return whole_in_script(language, spaced.join(e.original for e in given), family[0].original)
        first = " ".join(_another(random, each, who.given) for each in given)
        last = _another(random, family[0], who.family)
        return f"{first} {last}" if random.random() < 0.5 else f"{last} {first}"

    return corrupt


def _spelled(text: str, language: str) -> list[Spelled]:
    """Return the names `text` is made of; none when one of them is unknown."""
    known = by_spelling(language)
    if text in known:
        return [known[text]]
    found = [known.get(word) for word in text.split()]
    return [each for each in found if each] if all(found) else []


def _another(random: Random, name: Spelled, but: str) -> str:
    return random.choice([latin for latin in name.latin if latin not in but] or list(name.latin))


def spanish(random: Random, who: Sought) -> str | None:
    """Return two family names as others write them: joined, with a particle, the second cut or left out."""
    families, givens = who.family.split(), who.given.split()
    if who.language != "es" or len(families) != 2 or len(givens) != 2:
        return None
    first, second = families
    family = random.choice([f"{first}-{second}", f"{first} de {second}", f"{first} {second[0]}.", f"{first}{second}"])
    given = random.choice([who.given, f"{givens[0]} {givens[1][0]}.", givens[0]])
    text = f"{given} {family}" if random.random() < 0.6 else f"{family}, {given}"
    return text.translate(str.maketrans("áéíóúñüÁÉÍÓÚÑ", "aeiounuAEIOUN")) if random.random() < 0.6 else text


def partly_dated(random: Random, who: Sought) -> str | None:
    """Return a name with a slip, and what is known of the day of birth, in one of the usual orders."""
    if who.born_on is None:
        return None
    day = who.born_on
    written = random.choice(
        [
            f"{day.year}",
            f"{MONTHS[day.month - 1]} {day.year}",
            f"{day.day:02}-{day.month:02}-{day.year}",
            f"{day.year}-{day.month:02}-{day.day:02}",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{day.month:02}/{day.year}",
            f"{day.day}/{day.month}/{day.year}",
        ]
    )
    name = mistyped(random, who.name)
    return name and f"{name} {written}"


KINDS: dict[str, Corruption] = {
    "one typo": one_typo,
    "two typos": two_typos,
    "words swapped": swapped,
    "a part missing": missing,
    "Arabic, otherwise": other_spelling("ar"),
    "Cyrillic, otherwise": other_spelling("uk"),
    "Chinese, otherwise": other_spelling("zh"),
    "Spanish double names": spanish,
    "a typo and a partial date": partly_dated,
}
