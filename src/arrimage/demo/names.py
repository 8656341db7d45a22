"""Invented names, obviously so: every family is called « example » in its own language."""

from dataclasses import dataclass
from random import Random

from arrimage.demo.communities import LINES


@dataclass(frozen=True)
class Community:
    """Where some invented families come from: country, language, the word « example », and first names.

    Each name is written in Latin letters and, where the script differs, in its own. `weight` is how many come, beside
    the others; `refuge`, that some seek refuge.
    """

    country: str
    language: str
    family: tuple[str, str]
    women: tuple[tuple[str, str], ...]
    men: tuple[tuple[str, str], ...]
    weight: int
    refuge: bool


def _community(line: str) -> Community:
    head, women, men = line.split("; ")
    weight, country, language, family = head.split(" ")
    return Community(
        country=country.rstrip("+"),
        language=language,
        family=_written(family),
        women=tuple(_written(name) for name in women.split(" ")),
        men=tuple(_written(name) for name in men.split(" ")),
        weight=int(weight),
        refuge=country.endswith("+"),
    )


def _written(name: str) -> tuple[str, str]:
    latin, _, script = name.partition("/")
    return latin, script


COMMUNITIES = tuple(_community(line) for line in LINES.strip().splitlines())

# Second parts of family names: pleasant, and nobody's.
NATURE = (
    "Lilas", "Merle", "Érable", "Lucarne", "Rivage", "Brise", "Tilleul", "Colibri", "Galet", "Nénuphar",
    "Aurore", "Sarcelle", "Mésange", "Fougère", "Ruisseau", "Clairière", "Bouleau", "Grive", "Perle", "Ancolie",
    "Falaise", "Genêt", "Héron", "Islet", "Jonquille", "Lagune", "Mélèze", "Nuée", "Orme", "Pivoine", "Quartz",
    "Rosée", "Sauge", "Trèfle", "Verger", "Zéphyr", "Alizé", "Bruyère", "Cascade", "Dune", "Écume", "Flocon",
    "Givre", "Horizon", "Iris", "Jasmin", "Luciole", "Marée",
)  # fmt: skip

STAFF_GIVEN = (
    "Alex", "Andrée", "Camille", "Charlie", "Claude", "Dominique", "Emmanuelle", "Frédérique", "Gabriel",
    "Jocelyn", "Joëlle", "Laurence", "Léonie", "Lou", "Marianne", "Maxime", "Morgan", "Noé", "Océane",
    "Pascale", "Raphaël", "Renée", "Sacha", "Sasha", "Stéphane", "Tristan", "Valérie", "Yannick", "Zoé",
    "Édith",
)  # fmt: skip


def staff_name(rank: int) -> str:
    """Return the invented name of the `rank`-th member of staff; no two are the same below 1,440."""
    return f"{STAFF_GIVEN[rank % len(STAFF_GIVEN)]} Démo-{NATURE[(rank * 7 + rank // len(STAFF_GIVEN)) % len(NATURE)]}"


@dataclass(frozen=True)
class Invented:
    """A first name, in Latin letters and in its own script."""

    latin: str
    script: str
    gender: str


def given_names(random: Random, community: Community, count: int) -> list[Invented]:
    """Return `count` first names of the community, no two the same while there are enough of them."""
    known = [Invented(*name, "woman") for name in community.women] + [Invented(*name, "man") for name in community.men]
    random.shuffle(known)
    return [known[place % len(known)] for place in range(count)]
