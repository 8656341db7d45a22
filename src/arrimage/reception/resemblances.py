"""Which rows of a manifest look like persons already recorded: said to whoever imports it, refusing nothing.

Only persons the actor may name are compared, so the remarks tell nothing the actor could not find by searching.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.rights import Actor
from arrimage.foundation.imports import Row
from arrimage.people.duplicates import Described, Likely, likely_among
from arrimage.reception.announced import Announcements

TOLD = 100  # rows told one by one; the others are counted


def resemblances(actor: Actor, rows: Sequence[Row], known: Announcements) -> list[tuple[Row, Likely]]:
    """Return the rows that look like a person already recorded, with that person; one query.

    A row about an arrival whose person is recorded is that person: there is nothing to ask about it.
    """
    asked = []
    for row in rows:
        arrival = known.arrival_of(row)
        if arrival is None or arrival.person_id is None:
            asked.append(row)
    found = likely_among(actor, [_described(row) for row in asked])
    return [(row, likely) for row, likely in zip(asked, found, strict=True) if likely is not None]


def in_words(found: Sequence[tuple[Row, Likely]]) -> Iterator[str]:
    """Say each resemblance, row by row, then how many are left unsaid."""
    for row, likely in found[:TOLD]:
        yield _("Ligne %(row)d : ressemble à %(person)s, personne déjà enregistrée – %(likely)s (%(why)s).") % {
            "row": row.number,
            "person": likely.person,
            "likely": likely.words,
            "why": ", ".join(likely.why),
        }
    if (left := len(found) - TOLD) > 0:
        yield ngettext(
            "%(count)d autre ligne ressemble à une personne déjà enregistrée.",
            "%(count)d autres lignes ressemblent à des personnes déjà enregistrées.",
            left,
        ) % {"count": left}


def _described(row: Row) -> Described:
    birth = row["birth_date"]
    return Described(
        given_name=row["given_name"] or "",
        family_name=row["family_name"],
        original_name=row["original_name"] or "",
        birth_date=birth.day if birth else None,
        phone=row["phone"] or "",
        email=row["email"] or "",
    )
