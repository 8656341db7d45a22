"""Create what is missing, change what differs, leave the rest: the usual writing of an import."""

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, TypeVar

from django.db.models import Model

from arrimage.foundation.imports.report import Counts
from arrimage.foundation.writes import update_rows

K = TypeVar("K")
M = TypeVar("M", bound=Model)

BATCH = 1_000


def differing_fields(record: Model, values: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields whose value on `record` is not the one in `values` (typed as the field is).

    A relation is compared by key, so that comparing costs no query.
    """
    names = []
    for name, value in values.items():
        field = record._meta.get_field(name)
        known = getattr(record, getattr(field, "attname", name))
        if isinstance(value, Model):
            value = value.pk
        if known != value:
            names.append(name)
    return names


def upsert(
    model: type[M],
    existing: MutableMapping[K, M],
    rows: Iterable[tuple[K, Mapping[str, Any]]],
    *,
    only_when_created: Mapping[str, Any] | None = None,
) -> Counts:
    """Write `rows`, pairs of a key and the fields to set, over the records that exist under those keys.

    `existing` holds the records already stored, by key; those created are added to it. `only_when_created` gives
    fields a new record takes and an old one keeps. Triggers run (versions, history); `Model.save` does not.
    """
    created: list[M] = []
    fresh: set[int] = set()
    changed: dict[int, tuple[M, set[str]]] = {}
    unchanged = 0
    for key, values in rows:
        record = existing.get(key)
        if record is None:
            record = model(**{**(only_when_created or {}), **values})
            existing[key] = record
            created.append(record)
            fresh.add(id(record))
            continue
        names = differing_fields(record, values)
        if not names:
            unchanged += 1
            continue
        for name in names:
            setattr(record, name, values[name])
        if id(record) not in fresh:
            changed.setdefault(id(record), (record, set()))[1].update(names)
    model._default_manager.bulk_create(created, batch_size=BATCH)
    by_fields: dict[frozenset[str], list[M]] = {}
    for record, written in changed.values():
        by_fields.setdefault(frozenset(written), []).append(record)
    for fields, records in by_fields.items():
        update_rows(model, records, sorted(fields))
    return Counts(created=len(created), updated=len(changed), unchanged=unchanged)
