"""Dates and times. One written form of a date, the one of Canada (ISO 8601), since 03/04 is two different days."""

import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.columns import Parser
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.parse.basics import as_text
from arrimage.foundation.imports.table import CellValue
from arrimage.foundation.writing import write_long_date

_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?: ?[h:] ?(\d{2})?)(?::(\d{2})(?:\.0+)?)?", re.ASCII | re.IGNORECASE)


def date(cell: CellValue) -> dt.date:
    """Accept a day: 2026-11-24, 2026/11/24, or a date cell of a spreadsheet."""
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise InvalidInput(
                _("« %(value)s » contient une heure : écrivez la date seule (forme attendue : AAAA-MM-JJ).")
                % {"value": as_text(cell)}
            )
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    value = as_text(cell)
    found = _DATE.fullmatch(value)
    if not found:
        raise InvalidInput(
            _("« %(value)s » n’est pas une date lisible : écrivez-la AAAA-MM-JJ, par exemple 2026-11-24.")
            % {"value": shorten(value)}
        )
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise InvalidInput(_("Le %(value)s n’existe pas au calendrier.") % {"value": shorten(value)}) from None


def date_between(first: dt.date | None = None, last: dt.date | None = None) -> Parser:
    """Accept a day within bounds (included, each may be None)."""

    def parse(cell: CellValue) -> dt.date:
        value = date(cell)
        if first and value < first:
            raise InvalidInput(
                _("Le %(value)s est trop tôt : la première date acceptée est le %(bound)s.")
                % {"value": write_long_date(value), "bound": write_long_date(first)}
            )
        if last and value > last:
            raise InvalidInput(
                _("Le %(value)s est trop tard : la dernière date acceptée est le %(bound)s.")
                % {"value": write_long_date(value), "bound": write_long_date(last)}
            )
        return value

    return parse


def time(cell: CellValue) -> dt.time:
    """Accept a time of day: 14:30, 14 h 30, 14 h, or a time cell of a spreadsheet."""
    if isinstance(cell, dt.time):
        return cell.replace(microsecond=0)
    if isinstance(cell, dt.timedelta) and dt.timedelta() <= cell < dt.timedelta(days=1):
        return (dt.datetime.min + cell).time().replace(microsecond=0)
    value = as_text(cell)
    found = _TIME.fullmatch(" ".join(value.split()))
    if found and (found[2] or "h" in value.lower()) and not (found[3] and not found[2]):
        try:
            return dt.time(int(found[1]), int(found[2] or 0), int(found[3] or 0))
        except ValueError:
            pass
    raise InvalidInput(
        _("« %(value)s » n’est pas une heure lisible : écrivez-la HH:MM, par exemple 14:30.")
        % {"value": shorten(value)}
    )


def moment(cell: CellValue) -> dt.datetime:
    """Accept a day and a time, local to the installation unless an offset is written: 2026-11-24 14:30.

    An hour that the change to summer time skips does not exist, and is refused; one that comes twice in autumn is the
    first of the two.
    """
    if isinstance(cell, dt.datetime):
        value = cell
    else:
        written = as_text(cell)
        day, _space, hour = written.replace("T", " ").partition(" ")
        try:
            value = dt.datetime.fromisoformat(written) if hour else dt.datetime.combine(date(day), dt.time())
        except ValueError:
            value = dt.datetime.combine(date(day), time(hour))
    if timezone.is_aware(value):
        return value
    local = timezone.make_aware(value)
    if local.astimezone(dt.UTC).astimezone(local.tzinfo).replace(tzinfo=None) != value:
        raise InvalidInput(
            _("« %(value)s » n’existe pas : les horloges avancent d’une heure cette nuit-là.")
            % {"value": as_text(cell)}
        )
    return local
