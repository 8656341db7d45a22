"""Birth dates as they are known: to the day, to the month, to the year, or thereabouts."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unidecode import unidecode

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writing import write_date, write_long_date
from arrimage.people.enums import BirthPrecision

AROUND_YEARS = 2  # an estimated year may be wrong by as much (assumed)
OLDEST = date(1900, 1, 1)

_P = BirthPrecision
_MONTHS = (
    ("janvier", "january", "enero"), ("fevrier", "february", "febrero"), ("mars", "march", "marzo"),
    ("avril", "april", "abril"), ("mai", "may", "mayo"), ("juin", "june", "junio"), ("juillet", "july", "julio"),
    ("aout", "august", "agosto"), ("septembre", "september", "septiembre"), ("octobre", "october", "octubre"),
    ("novembre", "november", "noviembre"), ("decembre", "december", "diciembre"),
)  # fmt: skip
_AROUND = re.compile(r"^(?:vers|environ|autour de|circa|ca?\.?|about|around|hacia|~|±)\s*(\d{4})$|^(\d{4})\s*\?$")
_YEAR = re.compile(r"^\d{4}$")
_YEAR_MONTH = re.compile(r"^(\d{4})[-/. ](\d{1,2})$|^(\d{1,2})[-/. ](\d{4})$")
_YEAR_MONTH_DAY = re.compile(r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$|^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_IN_WORDS = re.compile(r"^(?:(?:le )?(\d{1,2})(?:er|st|nd|rd|th)? (?:de )?)?([a-z]{3,})\.?,? (?:de )?(\d{4})$")
_IN_ENGLISH = re.compile(r"^([a-z]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")


@dataclass(frozen=True)
class Birth:
    """A birth date: `day` is its first possible day, but for an estimated year, whose 1 January it is."""

    day: date
    precision: BirthPrecision = BirthPrecision.DAY

    @property
    def first(self) -> date:
        """The first day on which the person may have been born."""
        return _years_later(self.day, -AROUND_YEARS) if self.precision == _P.AROUND else self.day

    @property
    def last(self) -> date:
        """The last day on which the person may have been born."""
        if self.precision == _P.DAY:
            return self.day
        if self.precision == _P.MONTH:
            return (self.day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        years = 1 if self.precision == _P.YEAR else 1 + AROUND_YEARS
        return _years_later(self.day, years) - timedelta(days=1)

    def ages(self, day: date) -> tuple[int, int]:
        """Return the least and the greatest age, in years, the person may have on `day`."""
        return full_years(self.last, day), full_years(self.first, day)

    def __str__(self) -> str:
        return write_birth(self)


def full_years(born: date, day: date) -> int:
    """Return how many whole years went by from `born` to `day`; negative before."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def certainly_born_by(day: date, prefix: str = "") -> Q:
    """Return the condition that a person was born on `day` or before, whatever is not known of their birth date.

    `prefix` leads to the person (`person__`).
    """
    month = day.replace(day=1)
    whole_month = month if Birth(month, _P.MONTH).last <= day else (month - timedelta(days=1)).replace(day=1)
    year = day.replace(month=1, day=1)
    whole_year = year if Birth(year, _P.YEAR).last <= day else _years_later(year, -1)
    latest = {
        _P.DAY: day,
        _P.MONTH: whole_month,
        _P.YEAR: whole_year,
        _P.AROUND: _years_later(whole_year, -AROUND_YEARS),
    }
    condition = Q()
    for precision, last in latest.items():
        condition |= Q(**{f"{prefix}birth_precision": precision, f"{prefix}birth_date__lte": last})
    return condition


def parse_birth(text: str) -> Birth:
    """Read « 12 avril 1984 », « 1984-04-12 », « 12/04/1984 » (the day first), « avril 1984 », « 1984 », « vers 1984 ».

    Raises `InvalidInput` for what is no date, or a year before 1900; a day to come is for the caller to refuse.
    """
    words = " ".join(unidecode(text).lower().replace("~", "vers ").split())
    try:
        birth = _read(words)
    except ValueError:  # the 31st of February
        birth = None
    if birth is None:
        raise InvalidInput(
            _("« %(text)s » n’est pas une date de naissance. Écrivez « 12 avril 1984 », « avril 1984 », « 1984 » ou "
              "« vers 1984 ».") % {"text": text.strip()}
        )  # fmt: skip
    if birth.day < OLDEST:
        raise InvalidInput(_("Cette date de naissance est avant 1900."))
    return birth


def _read(words: str) -> Birth | None:
    if found := _AROUND.match(words):
        return Birth(date(int(found[1] or found[2]), 1, 1), _P.AROUND)
    if _YEAR.match(words):
        return Birth(date(int(words), 1, 1), _P.YEAR)
    if found := _YEAR_MONTH_DAY.match(words):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        return Birth(date(int(year), int(month), int(day)))
    if found := _YEAR_MONTH.match(words):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return Birth(date(int(year), int(month), 1), _P.MONTH)
    if found := _IN_WORDS.match(words):
        return _named_month(found[3], found[2], found[1])
    if found := _IN_ENGLISH.match(words):
        return _named_month(found[3], found[1], found[2])
    return None


def _named_month(year: str, name: str, day: str | None) -> Birth | None:
    """Return the birth of a month in words, whole or shortened as long as only one month begins so."""
    months = {
        number for number, names in enumerate(_MONTHS, start=1) for each in names if each.startswith(name.rstrip("."))
    }
    if len(months) != 1:
        return None
    return Birth(date(int(year), months.pop(), int(day or 1)), _P.DAY if day else _P.MONTH)


def write_birth(birth: Birth | None) -> str:
    """Return « 12 avril 1984 », « avril 1984 », « 1984 », « vers 1984 », or an empty text. `parse_birth` reads it."""
    if birth is None:
        return ""
    match birth.precision:
        case BirthPrecision.MONTH:
            return write_date(birth.day, "MMMM y")
        case BirthPrecision.YEAR:
            return str(birth.day.year)
        case BirthPrecision.AROUND:
            return _("vers %(year)d") % {"year": birth.day.year}
        case _:
            return write_long_date(birth.day)


def write_age(birth: Birth | None, day: date) -> str:
    """Return « 37 ans », « 8 mois » for a baby, « 36 ou 37 ans », « de 40 à 44 ans »; nothing before the birth."""
    if birth is None or birth.first > day:
        return ""
    if birth.precision == _P.DAY:
        months = (day.year - birth.day.year) * 12 + day.month - birth.day.month - (day.day < birth.day.day)
        if months < 24:
            return ngettext("%(count)d mois", "%(count)d mois", months) % {"count": months}
    least, most = (max(age, 0) for age in birth.ages(day))
    if least == most:
        return ngettext("%(count)d an", "%(count)d ans", least) % {"count": least}
    if most == least + 1:
        return _("%(least)d ou %(most)d ans") % {"least": least, "most": most}
    return _("de %(least)d à %(most)d ans") % {"least": least, "most": most}


def _years_later(day: date, years: int) -> date:
    """Return the same first of January so many years later."""
    return day.replace(year=day.year + years)
