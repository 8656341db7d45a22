"""What somebody typed, understood: its terms with what stands for them, typos corrected, empty words put aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from arrimage.directory.finding.documents import LANGUAGES, LONGEST, SHORTEST
from arrimage.directory.finding.synonyms import LONGEST as LONGEST_TERM
from arrimage.directory.finding.synonyms import WORDS, synonyms_of, without_longer
from arrimage.directory.finding.tokens import Tokens, token, words_in


@dataclass(frozen=True)
class Term:
    """Words typed that mean one thing, all that means it, and as PostgreSQL looks for them (`tsquery`)."""

    typed: str
    meanings: tuple[str, ...]
    query: str = ""
    is_known: bool = False  # by some service
    is_empty: bool = False  # « de », « the »


@dataclass(frozen=True)
class Understood:
    """`terms` are those looked for; `ignored` words are nobody's; `corrections` are (typed, meant).

    When no service bears all the terms, those that bear some are found: `is_partial`.
    """

    terms: tuple[Term, ...] = ()
    ignored: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False

    @property
    def query(self) -> str:
        return (" | " if self.is_partial else " & ").join(f"({term.query})" for term in self.terms)

    @property
    def asks_nothing(self) -> bool:
        return not self.terms and not self.ignored


class Lexemes(SearchQuery):
    """A `tsquery` already made: its words are stems."""

    template = "%(expressions)s::tsquery"


def understand(text: str) -> Understood:
    """Read what was typed: one query, one more for several words, two for words that are nobody's; none for none."""
    words = words_in(text)
    terms = _look_up(words)
    unknown = [term.typed for term in terms if not term.is_known and not term.is_empty and len(term.meanings) == 1]
    corrections = _correct(unknown)
    if corrections:
        words = [corrections.get(word, word) for word in words]
        terms = _look_up(words)
    asked = [term for term in terms if not term.is_empty]
    known = tuple(term for term in asked if term.is_known)
    return Understood(
        terms=known,
        ignored=tuple(term.typed for term in asked if not term.is_known),
        corrections=tuple(corrections.items()),
        is_partial=len(known) > 1 and not _is_borne(known),
    )


def _terms(words: Sequence[str]) -> Iterator[Term]:
    """Yield the longest terms of the table of synonyms that the words make, and the other words one by one."""
    tokens: Tokens = tuple(token(word) for word in words)
    start = 0
    while start < len(words):
        for end in range(min(start + LONGEST_TERM, len(words)), start, -1):
            typed = " ".join(words[start:end])
            meanings = synonyms_of(tokens[start:end])
            if meanings or end == start + 1:
                yield Term(typed, tuple(dict.fromkeys([typed, *meanings])))
                start = end
                break


_STOP = " or ".join(f"to_tsvector('pg_catalog.{stemmer}', t.typed) = ''" for stemmer in LANGUAGES.values())
_LOOK_UP = f"""
    with meant as (
        select m.rank, string_agg(distinct form, ' | ')::tsquery as query
        from unnest(%s::int[], %s::text[]) m(rank, meaning)
        left join lateral public.directory_forms(m.meaning) form on true group by m.rank
    ), asked as (
        select t.rank, m.query as exact,
            case when length(t.typed) >= {SHORTEST} and t.typed !~ '\\s'
                then to_tsquery('public.directory_plain', '''' || t.typed || ''':*') end as begun,
            t.alone and ({_STOP}) as is_empty
        from unnest(%s::int[], %s::text[], %s::bool[]) t(rank, typed, alone) join meant m on m.rank = t.rank
    ), known as materialized (
        select a.*, exists (select from directory_servicedocument d where d.words @@ a.exact) as exactly from asked a
    )
    select case when exactly then exact else begun end::text, is_empty,
        exactly or exists (select from directory_servicedocument d where d.words @@ k.begun)
    from known k order by rank
"""


def _look_up(words: Sequence[str]) -> list[Term]:
    """Return the terms of the words, each known as it is, or as the beginning of a word, or not at all."""
    terms = list(_terms(words))
    if not terms:
        return []
    asked = [(rank, meaning) for rank, term in enumerate(terms) for meaning in without_longer(term.meanings)]
    ranks, meanings = zip(*asked, strict=True)
    alone = [len(term.meanings) == 1 for term in terms]
    parameters: list[Any] = [
        list(ranks), list(meanings), list(range(len(terms))), [term.typed for term in terms], alone,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, parameters)
        rows = cursor.fetchall()
    return [
        Term(term.typed, term.meanings, query or "", is_known, is_empty)
        for term, (query, is_empty, is_known) in zip(terms, rows, strict=True)
    ]


def _correct(words: Sequence[str]) -> dict[str, str]:
    """Return the words meant, by the word typed, where there is one."""
    long_enough = [word for word in dict.fromkeys(words) if SHORTEST <= len(word) <= LONGEST]
    if not long_enough:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select w, directory_corrected(unaccent(lower(w)), %s) from unnest(%s::text[]) w", [WORDS, long_enough]
        )
        return {typed: meant for typed, meant in cursor.fetchall() if meant}


def _is_borne(terms: Sequence[Term]) -> bool:
    """Say whether some service bears all these terms."""
    query = " & ".join(f"({term.query})" for term in terms)
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from directory_servicedocument where words @@ %s::tsquery)", [query])
        return bool(cursor.fetchone()[0])
