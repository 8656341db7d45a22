"""Two records side by side: each field that differs, what each says, which side is proposed; a merge told in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.foundation.writing import write_language, write_phone
from arrimage.people.births import write_birth
from arrimage.people.merging.registry import tables
from arrimage.people.merging.rules import ABSORBED, FIELDS, SIDES, SURVIVOR, column, differing, proposed_side
from arrimage.people.models import Person, PersonMerge
from arrimage.web.staff.people.shown import country

_WORDS: Mapping[str, Callable[[Person], str]] = {
    "name_kind": Person.get_name_kind_display,
    "birth": lambda person: write_birth(person.birth),
    "gender": Person.get_gender_display,
    "birth_country": lambda person: country(person.birth_country),
    "preferred_language": lambda person: write_language(person.preferred_language),
    "phone": lambda person: write_phone(person.phone),
}


@dataclass(frozen=True)
class Choice:
    """What one record says for a field; `side` is the value of its radio."""

    side: str
    words: str
    checked: bool


@dataclass(frozen=True)
class Line:
    """A field in which the two differ."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Came:
    """How many records of a kind came back with an undone merge, and how many stayed."""

    label: str
    back: int
    stayed: int


def label_of(name: str) -> str:
    """Return the name of a field as people read it."""
    return str(column(FIELDS[name][0]).verbose_name)


def lines(survivor: Person, absorbed: Person, chosen: Mapping[str, str]) -> list[Line]:
    """Return the fields that differ; `chosen` is what was ticked already."""
    persons = {SURVIVOR: survivor, ABSORBED: absorbed}
    found = []
    for name in differing(survivor, absorbed):
        ticked = chosen.get(name) or proposed_side(name, survivor, absorbed)
        choices = [Choice(side, _said(name, persons[side]), side == ticked) for side in SIDES]
        found.append(Line(name, label_of(name), choices))
    return found


def _said(name: str, person: Person) -> str:
    said = _WORDS[name](person) if name in _WORDS else getattr(person, name)
    return str(said) or _("Rien d’inscrit")


def chosen_in(data: Mapping[str, str]) -> dict[str, str]:
    """Return the sides that were ticked, by field."""
    return {name: data[f"choix-{name}"] for name in FIELDS if data.get(f"choix-{name}") in SIDES}


def what_came_back(merge: PersonMerge) -> list[Came]:
    """Return, by kind, what undoing a merge did."""
    rows: Mapping[str, tuple[int, int]] = merge.undoing.get("rows", {})
    labels = {table.model_label: table.label for table in tables()}
    return [Came(labels[label], back, stayed) for label, (back, stayed) in rows.items()]
