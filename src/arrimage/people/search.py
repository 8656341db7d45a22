"""Finding people by name: whatever the accents, the case, the script and the order of the words, even mistyped."""

from django.db import connection
from django.db.models import Q, QuerySet

from arrimage.people.models import Person
from arrimage.people.rules import search_key

# Below pg_trgm's own 0.6, so that two letters swapped in a short name still find it.
MISTYPED = 0.45
SHORTEST_MISTYPED = 4


def words_of(text: str) -> list[str]:
    """Return the words to look for, as they are written in `Person.search_key`."""
    return search_key(text).split()


def named(text: str, prefix: str = "") -> Q:
    """Return the condition that every word of `text` is in the name; `prefix` leads to the person (`person__`).

    An empty text finds nobody.
    """
    condition = Q()
    words = words_of(text)
    for word in words:
        condition &= Q(**{f"{prefix}search_key__contains": word})
    return condition if words else Q(pk__in=[])


def nearly_named(text: str, prefix: str = "") -> Q:
    """Return the condition that every word of `text` resembles a word of the name (trigrams); short words as they are.

    Inside a transaction: it lowers the threshold of resemblance for the rest of it.
    """
    words = words_of(text)
    if not any(len(word) >= SHORTEST_MISTYPED for word in words):
        return Q(pk__in=[])
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(MISTYPED)])
    condition = Q()
    for word in words:
        lookup = "trigram_word_similar" if len(word) >= SHORTEST_MISTYPED else "contains"
        condition &= Q(**{f"{prefix}search_key__{lookup}": word})
    return condition


def find_named(persons: QuerySet[Person], text: str, limit: int) -> list[Person]:
    """Return the persons whose name has every word of `text`, or else those whose name nearly has, by name."""
    found = list(persons.filter(named(text)).order_by("search_key", "pk")[:limit])
    if found:
        return found
    return list(persons.filter(nearly_named(text)).order_by("search_key", "pk")[:limit])
