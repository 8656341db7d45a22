"""Names of nobody: words made of syllables, a few of them frequent, as names are."""

from random import Random

_STARTS = ("Ba", "Bé", "Cha", "Da", "Dje", "É", "Fa", "Ga", "Ha", "I", "Jo", "Ka", "Kou", "La", "Ma", "Mi", "Na", "Ngo",
           "O", "Pa", "Qui", "Ra", "Sa", "Si", "Ta", "Tcha", "U", "Va", "Wa", "Xi", "Ya", "Za")  # fmt: skip
_MIDDLES = ("bou", "chi", "dé", "fi", "gan", "hu", "jé", "ko", "li", "man", "ni", "pé", "ra", "sou", "té", "vi", "zo")
_ENDS = ("ba", "cque", "din", "er", "ez", "ff", "go", "ïm", "ko", "lle", "mov", "ne", "oui", "pal", "ri", "ssa", "ta",
         "vic", "wen", "xo", "yan", "zi")  # fmt: skip
_WORDS = len(_STARTS) * len(_MIDDLES) * len(_ENDS)
FAMILY_WORDS, GIVEN_WORDS = 9_000, 2_500


def word(rank: int) -> str:
    """Return the `rank`-th word; no two are the same below 11,968."""
    rank = rank * 7_919 % _WORDS  # neighbours in rank are not neighbours in letters
    rank, end = divmod(rank, len(_ENDS))
    start, middle = divmod(rank, len(_MIDDLES))
    return _STARTS[start] + _MIDDLES[middle] + _ENDS[end]


def family_name(random: Random) -> str:
    """Return a family name, one in six of two words."""
    first = word(int(FAMILY_WORDS * random.random() ** 1.6))
    return f"{first}-{word(random.randrange(FAMILY_WORDS))}" if random.random() < 0.17 else first


def given_name(random: Random) -> str:
    """Return a first name, one in nine of two words."""
    first = word(FAMILY_WORDS + int(GIVEN_WORDS * random.random() ** 1.6))
    return f"{first} {word(FAMILY_WORDS + random.randrange(GIVEN_WORDS))}" if random.random() < 0.11 else first
