"""Editing records in bulk: locked, compared with the version that was read, written only where something differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from arrimage.foundation.errors import Conflict
from arrimage.foundation.imports.upsert import differing_fields
from arrimage.foundation.models import Record

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
        model._default_manager.bulk_update(records, sorted(fields), batch_size=500)
    return changed
