"""Editing records in bulk: locked, compared with the version that was read, written only where something differs."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from arrimage.foundation.errors import Conflict
from arrimage.foundation.imports.upsert import differing_fields
from arrimage.foundation.models import Record
from arrimage.foundation.writes import update_rows

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Change(Generic[R]):
    """The fields to set on a record. `version` is the one the person read; None writes over any (an import)."""

    record: R
    values: Mapping[str, Any]
    version: int | None = None


def lock(model: type[R], keys: Sequence[int]) -> dict[int, R]:
    """Return the records of these keys, by key, locked in the order of their keys until the transaction ends."""
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {record.pk: record for record in rows}


def copy_with(record: R, values: Mapping[str, Any]) -> R:
    """Return a record, not saved, as it would be with these values: what rules are checked on."""
    changed = copy(record)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


def apply_changes(model: type[R], changes: Sequence[Change[R]]) -> list[R]:
    """Write the changes and return the records that became different, as they are now.

    Raises `Conflict` when a record is no longer at the version that was read.
    """
    locked = lock(model, [change.record.pk for change in changes])
    written: dict[frozenset[str], list[R]] = {}
    changed: list[R] = []
    for change in changes:
        record = locked[change.record.pk]
        if change.version is not None and change.version != record.version:
            raise Conflict(
                _("« %(name)s » a été modifié entre-temps. Relisez la fiche avant de l’enregistrer.")
                % {"name": str(record)}
            )
        names = differing_fields(record, change.values)
        if names:
            for name in names:
                setattr(record, name, change.values[name])
            written.setdefault(frozenset(names), []).append(record)
            changed.append(record)
    for fields, records in written.items():
        update_rows(model, records, sorted(fields))
    return changed


def relink(through: type[Model], source: str, target: str, wanted: Mapping[int, Collection[int]]) -> set[int]:
    """Make the links of a many-to-many relation be `wanted` (keys of targets, by key of source).

    `source` and `target` name the two relations of the `through` model. Returns the sources whose links changed.
    """
    manager = through._default_manager
    known: dict[int, set[int]] = {}
    for key, other in manager.filter(**{f"{source}__in": list(wanted)}).values_list(f"{source}_id", f"{target}_id"):
        known.setdefault(key, set()).add(other)
    differing = {key for key, others in wanted.items() if known.get(key, set()) != set(others)}
    manager.filter(**{f"{source}__in": [key for key in differing if key in known]}).delete()
    links = [
        through(**{f"{source}_id": key, f"{target}_id": other})
        for key in sorted(differing)
        for other in dict.fromkeys(wanted[key])
    ]
    manager.bulk_create(links, batch_size=1_000)
    return differing
