"""The words of a search, as people type them."""

SHORTEST_WORD = 3
MOST_WORDS = 8
# Words of a question that name nothing sought.
EMPTY_WORDS = frozenset(
    ("les", "des", "une", "pour", "avec", "dans", "sur", "mon", "mes", "aux", "par", "est", "que", "chez", "près",
     "the", "for", "and", "with", "near")
)  # fmt: skip


def meaningful_words(text: str) -> list[str]:
    """Return the words of `text` that mean something, in lower case and without their plural; eight at most."""
    words = [word.strip(".,;:!?'’\"()«»").lower() for word in text.replace("’", " ").replace("'", " ").split()]
    kept = [word for word in words if len(word) >= SHORTEST_WORD and word not in EMPTY_WORDS]
    kept = kept or [word for word in words if word]
    return [word[:-1] if len(word) > 4 and word[-1] in "sx" else word for word in kept[:MOST_WORDS]]
