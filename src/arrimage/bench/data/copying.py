"""Rows of a model on their way to the database, by COPY, as its owner: under policies, COPY is refused."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault
from psycopg import sql

BLOCK = 5_000
UIDS_A_MILLISECOND = 20


def seeded_uids(random: Random, since: datetime) -> Iterator[str]:
    """Yield UUIDv7 identifiers, always the same for the same seed, rising with time as the application's do."""
    start = round(since.timestamp() * 1000)
    for rank in count():
        moment = start + rank // UIDS_A_MILLISECOND
        low = random.getrandbits(74)
        yield f"{moment:012x}7{low >> 62:03x}{0x8000 | (low >> 48 & 0x3FFF):04x}{low & 0xFFFFFFFFFFFF:012x}"


class Table:
    """Rows of one model, kept until `write`. `names` are the fields `add` takes, in order; others get their default.

    Keys come from the table's own sequence, so that what the application writes afterwards follows.
    """

    def __init__(self, model: type[Model], uids: Iterator[str], *names: str) -> None:
        self.model = model
        self.written = 0
        self._uids = uids
        self._keys = self._reserve()
        self._rows: list[tuple[Any, ...]] = []
        given = (field for field in model._meta.concrete_fields if not (field.primary_key or field.generated))
        fields = {field.name: field for field in given}
        self._has_uid = "uid" in fields
        self._head = [_column(fields.pop(name)) for name in (["uid"] if self._has_uid else []) + list(names)]
        self._others = [_column(field) for field in fields.values()]
        self._defaults = tuple(_default(field) for field in fields.values())

    def add(self, *values: Any, uid: str | None = None) -> int:
        """Keep one row and return its key. Relations are given as keys, JSON as text."""
        key = next(self._keys)
        head = (key, uid or next(self._uids)) if self._has_uid else (key,)
        self._rows.append(head + values)
        return key

    def write(self) -> None:
        """Copy the rows kept so far into the database."""
        columns = sql.SQL(", ").join([sql.Identifier(name) for name in ["id", *self._head, *self._others]])
        statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(self.model._meta.db_table), columns)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in self._rows:
                copy.write_row(row + self._defaults)
        self.written += len(self._rows)
        self._rows.clear()

    def _reserve(self) -> Iterator[int]:
        """Yield the sequence's next keys, taken a block at a time."""
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
                    [self.model._meta.db_table, BLOCK],
                )
                keys = [key for (key,) in cursor.fetchall()]
            yield from keys


def _column(field: "Field[Any, Any]") -> str:
    return str(field.column)


def _default(field: "Field[Any, Any]") -> Any:
    value: Any = field.get_default()
    if isinstance(value, DatabaseDefault):
        [value] = value.get_source_expressions()
        value = value.value
    return json.dumps(value) if isinstance(field, JSONField) and value is not None else value
