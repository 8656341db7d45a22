"""Why services were found, in words for the reader: what was understood, and the words that each bears."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.directory.finding.shown import Listed
from arrimage.directory.finding.words import Understood
from arrimage.directory.models import Service

_BORNE = """
    select d.service_id, m.rank, m.meaning
    from directory_servicedocument d
    join (
        select rank, meaning, place, directory_phrase(meaning) as query
        from unnest(%s::int[], %s::text[]) with ordinality m(rank, meaning, place)
    ) m on m.query::text <> '' and d.words @@ m.query
    where d.service_id = any (%s) order by d.service_id, m.place
"""


def said_of_words(understood: Understood) -> list[str]:
    """Return what to say above the results: words corrected, words put aside, results that bear some words only."""
    said = []
    if understood.corrections:
        meant = ", ".join(_("« %(word)s »") % {"word": word} for _typed, word in understood.corrections)
        said.append(_("Résultats pour %(words)s.") % {"words": meant})
    if understood.ignored:
        ignored = ", ".join(_("« %(word)s »") % {"word": word} for word in understood.ignored)
        sentence = ngettext(
            "Aucun service ne contient %(words)s : ce mot est laissé de côté.",
            "Aucun service ne contient %(words)s : ces mots sont laissés de côté.",
            len(understood.ignored),
        )
        said.append(sentence % {"words": ignored})
    if understood.is_partial:
        said.append(_("Aucun service ne contient tous ces mots : voici ceux qui en contiennent certains."))
    return said


def reasons(understood: Understood, services: Iterable[Service | Listed]) -> dict[int, list[str]]:
    """Return, by the key of each service of a page, the words typed that it bears, or what stands for them. One query.

    « logement », or « appartement (pour “housing”) » when the service bears another word of the same meaning.
    """
    keys = [service.pk for service in services]
    if not understood.terms or not keys:
        return {key: [] for key in keys}
    ranks = [rank for rank, term in enumerate(understood.terms) for _meaning in term.meanings]
    meanings = [meaning for term in understood.terms for meaning in term.meanings]
    with connection.cursor() as cursor:
        cursor.execute(_BORNE, [ranks, meanings, keys])
        rows = cursor.fetchall()
    borne: dict[int, dict[int, str]] = {key: {} for key in keys}
    for key, rank, meaning in rows:
        borne[key].setdefault(rank, meaning)  # what was typed comes first
    return {
        key: [_written(understood.terms[rank].typed, meaning) for rank, meaning in sorted(words.items())]
        for key, words in borne.items()
    }


def _written(typed: str, meaning: str) -> str:
    if meaning.casefold() == typed.casefold():
        return typed
    return _("%(word)s (pour « %(typed)s »)") % {"word": meaning, "typed": typed}
