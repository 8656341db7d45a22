"""Finding files, by number or by the person's name: those the actor may open, and the least of the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.casework.rules import file_number, is_file_number
from arrimage.foundation import clock
from arrimage.people.search import SHORTEST_ENDING, Sought, read
from arrimage.territory.models import Region

SERIAL_YEARS = 8  # a serial alone is looked for in these last years
MOST_LISTED = 2000  # a list narrowed by a name keeps the best of them
_NUMBER = re.compile(r"^\s*([A-Za-z]{3})?[\s-]*(\d{4})[\s-]+(\d{1,6})(?:[\s-]+(\d))?\s*$")
_SERIAL = re.compile(r"^\s*(\d{1,6})\s*$")
_COMPACT = re.compile(r"^\s*([A-Za-z]{3})?\s*(\d{4})(\d{6})(\d)?\s*$")


@dataclass(frozen=True)
class Elsewhere:
    """A file that is not the actor's to open: what is said of it. Of another region's, not even the name."""

    uid: UUID
    number: str
    name: str = ""
    point: str = ""


@dataclass
class Found:
    """What a search found: the files the actor may open (by key, best first), and the others."""

    keys: list[int] = field(default_factory=list)
    proofs: dict[int, list[str]] = field(default_factory=dict)  # why, by key: `people.search.reasons`
    elsewhere: list[Elsewhere] = field(default_factory=list)


def numbers(text: str, actor: Actor) -> list[str] | None:
    """Return the file numbers `text` may be, whole or in part (`MTL-2026-004213-8`, `2026 4213`, `4213`).

    None when it is none. The check digit is not compared: it is made again.
    """
    if match := _NUMBER.match(text) or _COMPACT.match(text):
        letters, year, serial, _digit = match.groups()
        prefixes = [letters.upper()] if letters else _prefixes(actor)
        return [file_number(prefix, int(year), int(serial)) for prefix in prefixes]
    if match := _SERIAL.match(text):
        this_year = clock.today().year
        years = range(this_year, this_year - SERIAL_YEARS, -1)
        return [file_number(prefix, year, int(match[1])) for prefix in _prefixes(actor) for year in years]
    return None


def search_files(actor: Actor, text: str, limit: int) -> Found:
    """Return what `text` finds for `actor`, at most `limit` of their files and as many of the others. One query."""
    if not actor.may(Right.ACCOMPANY):
        return Found()
    numbered = numbers(text, actor)
    sought = read(text) if numbered is None else _ending(text)
    if not sought and not numbered:
        return Found()
    whole = text.strip().upper() if is_file_number(text) else None
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "select * from casework_find_files(%s::text[], %s, %s::text[], %s::daterange[], %s, %s, %s)",
            [numbered, whole, *sought.parameters(), limit],
        )
        rows = cursor.fetchall()
    found = Found()
    for key, uid, number, name, point, proofs in rows:
        if key is None:
            found.elsewhere.append(Elsewhere(uid, number, name or "", point or ""))
        elif key not in found.proofs:
            found.keys.append(key)
            found.proofs[key] = proofs
    return found


def matching(files: QuerySet[File], text: str, actor: Actor) -> QuerySet[File]:
    """Keep the files of `actor` whose number or person `text` names; when no name has every word, those like it."""
    found = search_files(actor, text, MOST_LISTED)
    exact = [key for key in found.keys if all(map(_as_typed, found.proofs[key]))]
    return files.filter(pk__in=exact or found.keys)


def _as_typed(proof: str) -> bool:
    typed, _equal, word = proof.partition("=")
    return word.startswith(typed) if word else True


def files_found(actor: Actor, keys: Sequence[int]) -> list[File]:
    """Return the files of a search in its order, with what a line of results shows."""
    files = files_visible_to(actor).filter(pk__in=keys).select_related("person", "agent", "service_point")
    by_key = {file.pk: file for file in files}
    return [by_key[key] for key in keys if key in by_key]


def find_files(actor: Actor, text: str, limit: int = 20) -> list[File]:
    """Return the files `text` finds among those `actor` may open, best first."""
    keys = search_files(actor, text, limit).keys
    return files_found(actor, keys) if keys else []


def _ending(text: str) -> Sought:
    """Return the few digits that are the end of a number as those that may end a telephone."""
    digits = text.strip()
    return Sought(phone=digits) if digits.isdecimal() and len(digits) >= SHORTEST_ENDING else Sought()


def _prefixes(actor: Actor) -> list[str]:
    regions = Region.objects.all() if actor.region_id is None else Region.objects.filter(pk=actor.region_id)
    return list(regions.order_by("pk").values_list("file_prefix", flat=True))
