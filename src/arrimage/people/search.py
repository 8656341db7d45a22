"""Finding people: by name, whatever the spelling, the script and the order, with what else is known of them.

`read` tells apart what somebody typed: words of a name, days of birth, a telephone, an address. The database finds the
persons (`search_function`) and `reasons` says in words why each was found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from arrimage.people.models import Person
from arrimage.people.rules import search_key
from arrimage.people.search_function import FIND_PERSONS

SHORTEST_PHONE, SHORTEST_ENDING = 7, 4  # digits of a telephone alone; of its end
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan enero ene", "fevrier fevr fev february feb febrero", "mars march mar marzo",
            "avril avr april apr abril abr", "mai may mayo", "juin june jun junio", "juillet juil july jul julio",
            "aout august aug agosto ago", "septembre sept september sep septiembre", "octobre oct october octubre",
            "novembre nov november noviembre", "decembre dec december diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<name>[^\W\d]{3,})\.?"
_DATES = [
    re.compile(rf"(?<!\d){pattern}(?!\d)")
    for pattern in (
        rf"{_YEAR}[-/. ](?P<month>\d\d?)[-/. ](?P<day>\d\d?)",
        rf"(?P<day>\d\d?)[-/. ](?P<month>\d\d?)[-/. ]{_YEAR}",
        rf"(?P<day>\d\d?)(?:er)?\s*(?:de )?{_MONTH},?\s*(?:de )?{_YEAR}",
        rf"{_MONTH} (?P<day>\d\d?),? {_YEAR}",
        rf"{_YEAR} {_MONTH} (?P<day>\d\d?)",
        rf"{_MONTH},? (?:de )?{_YEAR}",
        rf"{_YEAR} {_MONTH}",
        rf"(?P<month>\d\d?)[-/.]{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d\d?)",
        _YEAR,
    )
]
_EMAIL = re.compile(r"\S+@\S*")
_PHONE = re.compile(r"\+?\(?\d[\d\s().+-]{2,}\d")
Days = tuple[date, date]  # the first, and the one after the last


@dataclass(frozen=True)
class Sought:
    """What somebody typed, told apart. `days` are the periods a birth may fall in, one an order of day and month."""

    words: list[str] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.days or self.phone or self.email)

    def parameters(self) -> list[Any]:
        """Return what the functions of the database take, in order."""
        return [self.words, [DateRange(first, after) for first, after in self.days], self.phone, self.email]


def words_of(text: str) -> list[str]:
    """Return the words to look for, as they are written in `Person.search_key`."""
    return search_key(text).split()


def read(text: str) -> Sought:
    """Tell apart what `text` says; a year counts as one only beside a name."""
    if match := _EMAIL.search(text):
        return Sought(email=match[0].lower().replace("\\", "").replace("%", r"\%").replace("_", r"\_"))
    days: list[Days] = []
    rest = text
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            if days := _periods(match):
                rest = rest[: match.start()] + " " + rest[match.end() :]
                break
        if days:
            break
    if not days and (match := _PHONE.search(rest)):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= SHORTEST_PHONE:
            return Sought(phone=digits)
    words = [word for word in words_of(rest) if not word.isdecimal()]
    if not words and days and (days[0][1] - days[0][0]).days > 31:
        days = []
    return Sought(words=words, days=days)


def _periods(match: re.Match[str]) -> list[Days]:
    """Return the periods a written date may mean; none when it is no date."""
    said = match.groupdict()
    year = int(said["year"])
    if name := said.get("name"):
        month = _MONTHS.get(search_key(name))
        if month is None:
            return []
    else:
        month = int(said["month"]) if said.get("month") else None
    day = int(said["day"]) if said.get("day") else None
    if month is None:
        return [(date(year, 1, 1), date(year + 1, 1, 1))]
    if day is None:
        return [_month(year, month)] if month <= 12 else []
    orders = {(month, day)} if name else {(month, day), (day, month)}
    found = []
    for one_month, one_day in sorted(orders):
        try:
            first = date(year, one_month, one_day)
        except ValueError:
            continue
        found.append((first, first + timedelta(days=1)))
    return found


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Match:
    """A person that was found, by key: how alike, from 0 to 1 (a little more when the birth agrees), and why."""

    person_id: int
    likeness: float
    proofs: list[str]


def find_persons(sought: Sought, limit: int) -> list[Match]:
    """Return the persons the actor of the transaction may name that `sought` finds, the likest first. One query.

    Nothing for who may name nobody: a partner, an employer.
    """
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"select person, likeness, proofs from {FIND_PERSONS}(%s::text[], %s::daterange[], %s, %s, %s)",
            [*sought.parameters(), limit],
        )
        found = [Match(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda match: -match.likeness)[:limit]


def forget_words() -> int:
    """Delete the words nobody has borne for a day, mark those nobody bears any more; return how many were deleted."""
    with connection.cursor() as cursor:
        cursor.execute("select people_forget_words()")
        return int(cursor.fetchone()[0])


def find_named(persons: QuerySet[Person], text: str, limit: int) -> list[Person]:
    """Return the persons among `persons` that `text` finds, the likest first."""
    keys = [match.person_id for match in find_persons(read(text), limit)]
    by_key = {person.pk: person for person in persons.filter(pk__in=keys)}
    return [by_key[key] for key in keys if key in by_key]


def reasons(proofs: Sequence[str], person: Person) -> list[str]:
    """Say in words why a person was found: what is like the name, and what else agrees."""
    told = []
    alike = [proof.partition("=") for proof in proofs if "=" in proof]
    others = [(typed, word) for typed, _equal, word in alike if typed != word and not word.startswith(typed)]
    begun = [(typed, word) for typed, _equal, word in alike if typed != word and word.startswith(typed)]
    if others:
        pairs = ", ".join(f"{typed.title()} ↔ {word.title()}" for typed, word in dict.fromkeys(others))
        told.append(_("nom ressemblant : %(pairs)s") % {"pairs": pairs})
    if begun:
        pairs = ", ".join(word.title() for _typed, word in dict.fromkeys(begun))
        told.append(_("début du nom : %(words)s") % {"words": pairs})
    if alike and not others and not begun:
        told.append(_("nom"))
    for proof in proofs:
        match proof:
            case "birth" if person.birth_date:
                told.append(_("naissance en %(year)s") % {"year": person.birth_date.year})
            case "phone":
                told.append(_("téléphone"))
            case "email":
                told.append(_("courriel"))
            case "number":
                told.append(_("numéro du dossier"))
    return told
