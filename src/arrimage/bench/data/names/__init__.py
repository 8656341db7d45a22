"""Names of nobody, as people here bear them: by language, written by one hand or another, often in their script too."""

from dataclasses import dataclass
from random import Random

from arrimage.bench.data.names import invented, others, spellings
from arrimage.bench.data.names.spellings import Spelled

IN_SCRIPT = 0.5  # the share of names whose original writing is recorded


@dataclass(frozen=True, slots=True)
class Written:
    """A family name or given names as they are recorded, and in their own script when they have one."""

    latin: str
    original: str = ""


def family_name(random: Random, language: str) -> Written:
    """Return a family name of those who speak `language`; the few first of each list are the most frequent."""
    match language:
        case "ar":
            return _written(random, _frequent(random, spellings.arabic_family()))
        case "uk":
            return _written(random, _frequent(random, spellings.cyrillic_family()))
        case "zh":
            return _written(random, _frequent(random, spellings.chinese_family()))
        case "es":
            first, second = random.sample(others.SPANISH_FAMILY.split(), k=2)
            return Written(f"{first} {second}")
        case _:
            return Written(invented.family_name(random))


def given_name(random: Random, language: str) -> Written:
    """Return given names: of those who speak Arabic, their father's too."""
    match language:
        case "ar":
            names = spellings.arabic_given()
            own = _frequent(random, names)
            father = _frequent(random, [each for each in names if each != own])
            by_hand = [_written(random, own), _written(random, father)]
            return Written(" ".join(each.latin for each in by_hand), f"{own.original} {father.original}")
        case "uk":
            return _written(random, random.choice(spellings.cyrillic_given()))
        case "zh":
            return _written(random, random.choice(spellings.chinese_given()))
        case "es":
            return Written(" ".join(random.sample(others.SPANISH_GIVEN.split(), k=2)))
        case "ht":
            return Written(f"{random.choice(others.FRENCH_GIVEN.split())} {invented.given_name(random)}")
        case _:
            return Written(invented.given_name(random))


def in_script(random: Random, language: str, given: Written, family: Written) -> str:
    """Return a whole name in its own script, when it has one and somebody took the trouble of writing it."""
    if not given.original or random.random() >= IN_SCRIPT:
        return ""
    return whole_in_script(language, given.original, family.original)


def whole_in_script(language: str, given: str, family: str) -> str:
    """Return a whole name in its own script, in its own order."""
    return f"{family}{given}" if language == "zh" else f"{given} {family}"


def _frequent(random: Random, names: list[Spelled]) -> Spelled:
    return names[int(len(names) * random.random() ** 1.4)]


def _written(random: Random, name: Spelled) -> Written:
    """Return a name by one hand: three in five by the most usual."""
    latin = name.latin[0] if random.random() < 0.6 else random.choice(name.latin)
    return Written(latin, name.original)
