"""Moving rows from one record of a person to another, and back: each where the database lets it be."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from psycopg.errors import ExclusionViolation

from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.merging.registry import Held, Table
from arrimage.people.models import Person, PersonStatus


def follow(table: Table, absorbed: Person, survivor: Person) -> dict[str, Any]:
    """Make the rows of a table that name `absorbed` name `survivor`; return what undoing needs.

    `moved` are keys by column; `kept` keys that stay; `shortened` the ends `[before, after]` by key; `dropped` the rows
    that went, whole. What is empty is left out.
    """
    done: dict[str, Any] = {"moved": {}, "kept": [], "shortened": {}, "dropped": []}
    for column in table.columns:
        rows = table.model._base_manager.filter(**{column: absorbed}).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            continue
        if table.held is Held.REFUSE:
            with refused_in_words():
                rows.update(**{column: survivor})
        elif not _updated(rows, **{column: survivor}):
            keys = [row.pk for row in rows if _one_follows(table, column, row, survivor, done)]
        done["moved"][column] = keys
    return {name: value for name, value in done.items() if value}


def _one_follows(table: Table, column: str, row: Model, survivor: Person, done: dict[str, Any]) -> bool:
    """Move one row, or do with it what the table's rule says; return whether it moved."""
    itself = _rows(table).filter(pk=row.pk)
    refusal = _refusal(itself, **{column: survivor})
    if refusal is None:
        return True
    if table.held is Held.SHORTEN and _shortened(itself, row, survivor, done):
        return True
    clashes = table.held is Held.DROP and isinstance(refusal.__cause__, ExclusionViolation)
    if clashes or table.held is Held.KEEP:
        done["kept"].append(row.pk)
    else:
        done["dropped"] += serializers.serialize("python", [row])
        itself.delete()
    return False


def _shortened(itself: "QuerySet[Any]", row: Any, survivor: Person, done: dict[str, Any]) -> bool:
    """End a period where the first of the survivor's that it runs into begins; False when nothing would be left."""
    rivals = type(row)._base_manager.filter(person=survivor, starts_on__gt=row.starts_on).order_by("starts_on")
    if isinstance(row, PersonStatus):
        rivals = rivals.filter(category=row.category)
    first = rivals.first()
    if first is None:
        return False
    # The last day of a status is part of it; the day somebody leaves a household is not part of their stay.
    end = first.starts_on - timedelta(days=isinstance(row, PersonStatus))
    if not _updated(itself, person=survivor, ends_on=end):
        return False
    done["shortened"][str(row.pk)] = [row.ends_on, end]
    return True


def come_back(table: Table, before: Mapping[str, Any], survivor: Person, absorbed: Person) -> tuple[int, int]:
    """Undo what `follow` did; return how many rows came back, and how many stayed: removed or changed since."""
    back = expected = 0
    for column, keys in before.get("moved", {}).items():
        expected += len(keys)
        back += sum(_updated(_rows(table).filter(pk=key, **{column: survivor}), **{column: absorbed}) for key in keys)
    for key, (former, shortened) in before.get("shortened", {}).items():
        # Unless somebody wrote another end since.
        _updated(_rows(table).filter(pk=key, person=absorbed, ends_on=shortened), ends_on=former)
    for image in before.get("dropped", ()):
        expected += 1
        back += _written_again(image)
    return back, expected - back


def _rows(table: Table) -> "QuerySet[Any]":
    rows: QuerySet[Any] = table.model._base_manager.all()
    return rows


def _updated(rows: "QuerySet[Any]", **values: Any) -> bool:
    """Update rows; False, with everything as it was, when there are none or a constraint refuses."""
    try:
        with transaction.atomic():
            return bool(rows.update(**values))
    except IntegrityError:
        return False


def _refusal(rows: "QuerySet[Any]", **values: Any) -> IntegrityError | None:
    """Update rows; return why the database refuses, with everything as it was, or None."""
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError as error:
        return error
    return None


def _written_again(image: Mapping[str, Any]) -> bool:
    try:
        with transaction.atomic():
            for record in serializers.deserialize("python", [image]):
                record.save()
    except IntegrityError:
        return False
    return True
