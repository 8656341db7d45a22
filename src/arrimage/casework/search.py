"""Finding files, by number or by the person's name, among those the actor may open."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.foundation import clock
from arrimage.people.search import named, nearly_named, words_of
from arrimage.territory.models import Region

SERIAL_DIGITS = 6
SERIAL_YEARS = 8  # a serial alone is looked for in these last years
_NUMBER = re.compile(r"^\s*([A-Za-z]{3})?[\s-]*(\d{4})[\s-]+(\d{1,6})(?:[\s-]+(\d))?\s*$")
_SERIAL = re.compile(r"^\s*(\d{1,6})\s*$")
_COMPACT = re.compile(r"^\s*([A-Za-z]{3})?\s*(\d{4})(\d{6})(\d)?\s*$")


def numbered(text: str, actor: Actor) -> Q | None:
    """Return the condition for a file's number, whole or in part (`MTL-2026-004213-8`, `2026 4213`, `4213`).

    None when `text` is not one.
    """
    prefix = _region_prefix(actor)
    if match := _NUMBER.match(text) or _COMPACT.match(text):
        letters, year, serial, _digit = match.groups()
        start = f"-{year}-{int(serial):0{SERIAL_DIGITS}}-"
        known = (letters or prefix or "").upper()
        return Q(number__startswith=known + start) if known else Q(number__contains=start)
    if match := _SERIAL.match(text):
        serial = f"{int(match[1]):0{SERIAL_DIGITS}}"
        years = range(clock.today().year, clock.today().year - SERIAL_YEARS, -1)
        condition = Q(pk__in=[])
        for year in years:
            start = f"-{year}-{serial}-"
            condition |= Q(number__startswith=prefix + start) if prefix else Q(number__contains=start)
        return condition
    return None


def matching(files: QuerySet[File], text: str, actor: Actor) -> QuerySet[File]:
    """Keep the files whose number or person `text` names; when no name has every word, those that resemble it."""
    by_number = numbered(text, actor)
    if by_number is not None:
        return files.filter(by_number)
    by_name = files.filter(named(text, "person__"))
    if by_name.exists():
        return by_name
    return files.filter(nearly_named(text, "person__"))


def find_files(actor: Actor, text: str, limit: int = 20) -> list[File]:
    """Return the files `text` finds, best first, with what a line of results shows."""
    found = matching(files_visible_to(actor), text, actor).select_related("person", "agent", "service_point")
    words = words_of(text)
    if numbered(text, actor) is None and words:
        likeness = [TrigramWordSimilarity(word, "person__search_key") for word in words]
        found = found.annotate(likeness=Greatest(*likeness) if len(likeness) > 1 else likeness[0])
        return list(found.order_by("-likeness", "person__search_key", "-pk")[:limit])
    return list(found.order_by("-opened_on", "-pk")[:limit])


def _region_prefix(actor: Actor) -> str:
    if actor.region_id is None:
        return ""
    return Region.objects.filter(pk=actor.region_id).values_list("file_prefix", flat=True).first() or ""
