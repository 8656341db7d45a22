"""The hours of a day as people write them, and the times that fit in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writing import write_date

Stretch = Sequence[int]  # from, to: minutes since midnight
Week = Sequence[Sequence[Stretch]]  # seven days from Monday
Span = tuple[datetime, datetime]

LUNCH = (12 * 60, 13 * 60)
DAY = 24 * 60
_A_MONDAY = date(2024, 1, 1)
# « 8 h 30 – 12 h », « 8:30-12 », « 8h30 à 12h00 »
_HOUR = r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?"
_STRETCH = re.compile(rf"\s*(?:de\s+)?{_HOUR}\s*(?:-|–|—|à|a|/)\s*{_HOUR}\s*", re.IGNORECASE)
_CLOSED = {"", "-", "–", "—", "fermé", "ferme", "fermée"}


def read_day(text: str) -> list[list[int]]:
    """Return the stretches of a day written as « 8 h 30 – 12 h, 13 h – 16 h 30 »; none for a blank or « fermé ».

    Raises `InvalidInput` for what is no hours, ends before it starts, or overlaps.
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ").strip().lower()
    if text in _CLOSED:
        return []
    found = sorted(_read_stretch(part) for part in re.split(r"[,;]|\bet\b", text) if part.strip())
    for before, after in pairwise(found):
        if after[0] < before[1]:
            raise InvalidInput(_("Deux périodes de cette journée se chevauchent."))
    return found


def _read_stretch(part: str) -> list[int]:
    match = _STRETCH.fullmatch(part)
    if match is None:
        raise InvalidInput(
            _("« %(text)s » n’est pas une période. Écrivez par exemple : 8 h 30 – 12 h, 13 h – 16 h 30.")
            % {"text": part.strip()}
        )
    from_hour, from_minute, to_hour, to_minute = (int(group or 0) for group in match.groups())
    starts, ends = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or ends > DAY:
        raise InvalidInput(_("« %(text)s » dépasse la journée.") % {"text": part.strip()})
    if ends <= starts:
        raise InvalidInput(_("« %(text)s » se termine avant de commencer.") % {"text": part.strip()})
    return [starts, ends]


def write_day(stretches: Iterable[Stretch]) -> str:
    """Write the stretches of a day as `read_day` reads them; nothing for a closed one."""
    return ", ".join(f"{_write_hour(starts)} – {_write_hour(ends)}" for starts, ends in stretches)


def _write_hour(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour} h {minute:02}" if minute else f"{hour} h"


def write_week(week: Week) -> list[tuple[str, str]]:
    """Return the hours of a week, days alike together: « lundi – jeudi », « 9 h – 12 h »; closed days say so."""
    lines: list[tuple[list[int], str]] = []
    for number, stretches in enumerate(week, start=1):
        words = write_day(stretches)
        if lines and lines[-1][1] == words:
            lines[-1][0].append(number)
        else:
            lines.append(([number], words))
    return [(write_weekdays(numbers), words or _("fermé")) for numbers, words in lines]


def write_weekdays(numbers: Sequence[int]) -> str:
    """Return « lundi, mercredi » (1 is Monday), or « lundi – vendredi » for three days in a row or more."""
    names = [write_date(_A_MONDAY + timedelta(days=number - 1), "EEEE") for number in numbers]
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} – {names[-1]}"
    return ", ".join(names)


def minutes_of(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def without_lunch(starts: int, ends: int) -> list[Stretch]:
    """Return a day from one minute to another, lunch left free."""
    parts = [(starts, min(ends, LUNCH[0])), (max(starts, LUNCH[1]), ends)]
    return [part for part in parts if part[0] < part[1]]


def span(day: date, starts: int, ends: int) -> Span:
    """Return the instants of a stretch of `day`, by the clock on the wall, on the days it changes too."""
    return _at(day, starts), _at(day, ends)


def _at(day: date, minutes: int) -> datetime:
    if minutes == DAY:
        return clock.at(day + timedelta(days=1), 0)
    return clock.at(day, *divmod(minutes, 60))


def times_within(spans: Iterable[Span], length: timedelta) -> Iterator[Span]:
    """Yield the times of `length` that fit one after the other in each span."""
    for starts_at, ends_at in spans:
        while starts_at + length <= ends_at:
            yield starts_at, starts_at + length
            starts_at += length


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
