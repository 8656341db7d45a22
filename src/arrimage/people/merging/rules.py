"""Merging two records: the fields that are compared, which side is proposed, until when it is undone. No database."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Field
from django.utils.timezone import localtime

from arrimage.people.enums import BirthPrecision, Gender
from arrimage.people.models import Person

UNDONE_WITHIN_DAYS = 30
SURVIVOR, ABSORBED = "survivor", "absorbed"
SIDES = (SURVIVOR, ABSORBED)
NAME = ("given_name", "family_name", "original_name")
# What is chosen together: a birth date says nothing without its precision.
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in (*NAME, "name_kind")},
    "birth": ("birth_date", "birth_precision"),
    **{name: (name,) for name in ("gender", "birth_country", "preferred_language", "email", "phone")},
}
_EMPTY = ("", None, Gender.UNKNOWN.value)


def column(name: str) -> "Field[Any, Any]":
    """Return a column of a person's record."""
    found = Person._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def values_of(person: Person, name: str) -> tuple[Any, ...]:
    """Return what a person's record says for one field."""
    return tuple(getattr(person, column) for column in FIELDS[name])


def differing(survivor: Person, absorbed: Person) -> list[str]:
    """Return the fields in which two records differ, in the order they are shown."""
    return [name for name in FIELDS if values_of(survivor, name) != values_of(absorbed, name)]


def proposed_side(name: str, survivor: Person, absorbed: Person) -> str:
    """Return the side to propose for a field: the best filled, then the one that changed last."""
    filled = {side: _filling(name, person) for side, person in ((SURVIVOR, survivor), (ABSORBED, absorbed))}
    if filled[SURVIVOR] != filled[ABSORBED]:
        return max(SIDES, key=lambda side: filled[side])
    return ABSORBED if absorbed.updated_at > survivor.updated_at else SURVIVOR


def _filling(name: str, person: Person) -> int:
    value, *precision = values_of(person, name)
    return 0 if value in _EMPTY else 1 + (precision == [BirthPrecision.DAY.value])


def undone_until(merged_at: datetime) -> date:
    """Return the last day on which a merge can be undone."""
    return localtime(merged_at).date() + timedelta(days=UNDONE_WITHIN_DAYS)
