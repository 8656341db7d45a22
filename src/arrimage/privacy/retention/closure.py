"""All that hangs on a record, found from the models; and its destruction, history included. As the owner alone.

Foreign keys are followed backwards, whatever they say of deletion: what points to a destroyed record goes with it, as
does what knows it by its uid (`kinds.ByUid`). An account is never followed: its name stays on other people's records
(see `accounts`).
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import CASCADE, ForeignKey, Model
from psycopg import sql

from arrimage.accounts.models import User
from arrimage.attachments import storage
from arrimage.attachments.models import Attachment
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.kinds import Destroyed

Rows = dict[type[Model], set[int]]


class StillJournaled(Exception):
    """A sealed line of the read journal points to what should go: a hold should have kept it (`holds`)."""


def rows_hanging_on(model: type[Model], keys: Iterable[int]) -> Rows:
    """Return those rows and every row from which a chain of foreign keys leads to one of them.

    Raises `StillJournaled` when a line of the read journal does.
    """
    found: Rows = {model: set(keys)}
    waiting: list[tuple[type[Model], set[int]]] = [(model, set(found[model]))]
    while waiting:
        target, new = waiting.pop()
        for pointing, relation in _pointing_to(target):
            rows = pointing._base_manager.filter(**{f"{relation.name}__in": new}).values_list("pk", flat=True)
            more = set(rows) - found.get(pointing, set())
            if not more:
                continue
            if pointing is Reading:
                raise StillJournaled(f"{len(more)} → {target._meta.label}")
            found.setdefault(pointing, set()).update(more)
            waiting.append((pointing, more))
    for named in kinds.by_uid():  # last: such rows are let go of by the one that goes before them
        rows = named.model._base_manager.filter(**{f"{named.column}__in": _uids(named, found)})
        found.setdefault(named.model, set()).update(rows.values_list("pk", flat=True))
    return found


def destroy(rows: Rows) -> Destroyed:
    """Destroy these rows, the documents they hold, what they leave empty, and the history of it all."""
    done = Destroyed()
    documents = _documents_of(rows)
    uids = {named: _uids(named, rows) for named in kinds.by_uid()}
    parents = {emptied.model_label: _parents(emptied, rows) for emptied in kinds.emptied()}
    for model, keys in rows.items():
        done.rows[model._meta.label_lower] += _delete(model, keys)
    done.scrubbed += scrub_history({model._meta.db_table: keys for model, keys in rows.items()})
    done.scrubbed += _scrub_what_pointed_to(rows)
    done.scrubbed += _scrub_what_named(uids)
    if documents:
        done.add(_destroy_documents(documents))
    for emptied in kinds.emptied():
        done.add(_destroy_emptied(emptied, parents[emptied.model_label]))
    return done


def scrub_history(keys_by_table: Mapping[str, Collection[int]]) -> int:
    """Destroy the history of these records, by table and key; return how many lines it had."""
    count = 0
    with connection.cursor() as cursor:
        for table, keys in keys_by_table.items():
            cursor.execute(
                "delete from foundation_change where table_name = %s and record_id = any(%s)", [table, list(keys)]
            )
            count += cursor.rowcount
    return count


def without_append_only() -> AbstractContextManager[None]:
    """Let what is inside delete what triggers keep for good. Only a destruction that was approved may ask this.

    A trigger that keeps a record until its day (an incident's) is no such one: it holds here too.
    """
    uris = [
        f"{model._meta.label}:{trigger.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "retention"  # what is left of a destruction is never destroyed
        for trigger in getattr(model._meta, "triggers", [])
        if isinstance(trigger, pgtrigger.Protect | pgtrigger.ReadOnly)
    ]
    context: AbstractContextManager[None] = pgtrigger.ignore(*uris)
    return context


def _pointing_to(target: type[Model]) -> Iterable[tuple[type[Model], "ForeignKey[Any, Any]"]]:
    """Yield the foreign keys the database checks that lead to a table."""
    if target is User:
        return
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.remote_field.model is target and _is_checked(column):
                yield model, column


def _is_checked(column: Any) -> bool:
    """Say whether the database checks a foreign key."""
    return bool(column.db_constraint)


def _delete(model: type[Model], keys: Collection[int]) -> int:
    """Delete rows; the constraints between them are looked at when the transaction ends."""
    if not keys:
        return 0
    statement = sql.SQL("delete from {} where {} = any(%s)").format(
        sql.Identifier(model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), [list(keys)])
        return int(cursor.rowcount)


def _scrub_what_pointed_to(rows: Rows) -> int:
    """Destroy the history of rows deleted before that pointed to a destroyed one: their last values name it."""
    return sum(
        _scrub_deleted(model, column.column, [str(key) for key in keys])
        for target, keys in rows.items()
        for model, column in _pointing_to(target)
    )


def _scrub_what_named(uids: Mapping[kinds.ByUid, Collection[UUID]]) -> int:
    """Do the same for rows that named one by its uid."""
    return sum(_scrub_deleted(named.model, named.column, list(map(str, keys))) for named, keys in uids.items())


def _scrub_deleted(model: type[Model], column: str, values: list[str]) -> int:
    """Destroy the history of the deleted rows of a table whose `column` had one of these values."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from foundation_change where table_name = %s and record_id in ("
            " select record_id from foundation_change where table_name = %s and operation = 'delete'"
            " and changed -> %s ->> 0 = any(%s))",
            [table, table, column, values],
        )
        return int(cursor.rowcount)


def _uids(named: kinds.ByUid, rows: Rows) -> set[UUID]:
    """Return the uids of those of `rows` that a table of a lower floor may name."""
    keys = rows.get(named.target, set())
    return set(named.target._base_manager.filter(pk__in=keys).values_list("uid", flat=True))


def _documents_of(rows: Rows) -> set[int]:
    """Return the attachments these rows hold."""
    found: set[int] = set(rows.get(Attachment, set()))
    for model, keys in rows.items():
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.remote_field.model is Attachment:
                held = model._base_manager.filter(pk__in=keys, **{f"{column.name}__isnull": False})
                found.update(held.values_list(column.attname, flat=True))
    return found


def _destroy_documents(keys: set[int]) -> Destroyed:
    """Destroy attachments: their rows and keys now, their files once the transaction is committed."""
    done = Destroyed()
    for uid in Attachment.objects.filter(pk__in=keys).values_list("uid", flat=True):
        transaction.on_commit(partial(storage.remove, uid), robust=True)
    done.rows[Attachment._meta.label_lower] += _delete(Attachment, keys)
    done.scrubbed += scrub_history({Attachment._meta.db_table: keys})
    return done


def _child_relation(emptied: kinds.Emptied) -> "ForeignKey[Any, Any]":
    relation: Any = emptied.model._meta.get_field(emptied.children)
    found: ForeignKey[Any, Any] = relation.field
    return found


def _parents(emptied: kinds.Emptied, rows: Rows) -> set[int]:
    """Return the records that lose one of their children among these rows."""
    column = _child_relation(emptied)
    keys = rows.get(column.model, set())
    return set(column.model._base_manager.filter(pk__in=keys).values_list(column.attname, flat=True)) - {None}


def _destroy_emptied(emptied: kinds.Emptied, keys: set[int]) -> Destroyed:
    """Destroy those of `keys` that nothing is left of; records that merely may point to one are let go of it, unless
    they are only there with it."""
    column = _child_relation(emptied)
    still = set(
        column.model._base_manager.filter(**{f"{column.name}__in": keys}).values_list(column.attname, flat=True)
    )
    empty = set(emptied.model._base_manager.filter(pk__in=keys - still).values_list("pk", flat=True))
    if not empty:
        return Destroyed()
    for model, pointing in _pointing_to(emptied.model):
        if pointing.null and pointing is not column and pointing.remote_field.on_delete is not CASCADE:
            model._base_manager.filter(**{f"{pointing.name}__in": empty}).update(**{pointing.name: None})
    return destroy(rows_hanging_on(emptied.model, empty))
