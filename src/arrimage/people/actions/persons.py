"""Who a person is, as it is edited: identity, ways to reach them, the name in use."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.models import Person, PersonName
from arrimage.people.reach import require_accompanied

NAME = ("given_name", "family_name", "original_name")
EDITED = frozenset(
    (*NAME, "name_kind", "birth_date", "birth_precision", "gender", "birth_country", "preferred_language", "email",
     "phone")
)  # fmt: skip


@action
def edit_person(actor: Actor, person: Person, values: Mapping[str, Any], *, version: int) -> Person:
    """Write these fields (of `EDITED`) on a person the actor accompanies; `version` is the one that was read.

    Raises `InvalidInput` for somebody left without a name or born tomorrow, `Conflict` for another version.
    """
    require_accompanied(actor, [person.pk])
    if not values.keys() <= EDITED:
        raise KeyError(values.keys() - EDITED)
    wanted = copy_with(person, values)
    if not wanted.full_name:
        raise InvalidInput(_("Écrivez au moins un prénom ou un nom de famille."), field="family_name")
    if wanted.birth and wanted.birth.day > clock.today():
        raise InvalidInput(_("Cette date de naissance est à venir."), field="birth")
    wanted.fill_search_key()
    with refused_in_words():
        changed = apply_changes(Person, [Change(person, {**values, "search_key": wanted.search_key}, version)])
    return changed[0] if changed else person


@action
def use_name(actor: Actor, name: PersonName, *, version: int) -> Person:
    """Make one of a person's other names the one in use; the name used so far takes its place among the others."""
    require_accompanied(actor, [name.person_id])
    person = lock(Person, [name.person_id])[name.person_id]
    locked = lock(PersonName, [name.pk]).get(name.pk)
    if locked is None or locked.version != version:
        raise Conflict(_("Ce nom a été modifié entre-temps. Relisez la fiche avant de recommencer."))
    if not (locked.given_name or locked.family_name):
        raise InvalidInput(_("Ce nom n’a pas de forme en lettres latines : ajoutez-la d’abord."))
    former = {field: getattr(person, field) for field in NAME}
    for field in NAME:
        setattr(person, field, getattr(locked, field))
        setattr(locked, field, former[field])
    person.name_kind, locked.kind = locked.kind, person.name_kind
    with refused_in_words():
        locked.save()
        person.save()
    return person


def refresh_search_keys(persons: Iterable[Person]) -> None:
    """Write the search keys of persons, locked already, whose other names changed; in two statements."""
    rows = list(persons)
    others: dict[int, list[str]] = {person.pk: [] for person in rows}
    for name in PersonName.objects.filter(person__in=rows).order_by("pk"):
        others[name.person_id] += [name.family_name, name.given_name, name.original_name]
    changed = []
    for person in rows:
        key = person.search_key
        person.fill_search_key(others[person.pk])
        if person.search_key != key:
            changed.append(person)
    update_rows(Person, changed, ["search_key"])
