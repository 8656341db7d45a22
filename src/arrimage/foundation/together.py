"""Several querysets read by one statement, compiled once: for a page that tells many small things of one record.

Each queryset becomes a sub-select whose rows are gathered as JSON; the rows become instances again, with the relations
they were selected with. Django takes longer to write ten such statements than the database to answer them, so what it
wrote is kept for the process; the keys, which alone differ from a page to the next, stand in it as marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

_marks = count(9_000_000_000_000_000_000)  # integers no key reaches, and that a bigint holds
_TYPED = (models.DateField, models.TimeField, models.UUIDField, models.DecimalField, models.DurationField)


def mark() -> int:
    """Return a number that stands for a key until it is known."""
    return next(_marks)


@dataclass(frozen=True)
class _Part:
    """A compiled queryset: how to turn its rows into instances."""

    statement: str
    params: tuple[Any, ...]
    klass_info: dict[str, Any]
    select: list[Any]
    annotations: Mapping[str, int]
    converters: list[tuple[int, Callable[[Any], Any]]]

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> "_Part":
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, params = compiler.as_sql()
        names = ", ".join(f"c{number}" for number in range(len(compiler.select)))
        kinds = [expression.output_field for expression, _sql, _alias in compiler.select]
        return cls(
            f"(select coalesce(json_agg(part), '[]') from ({statement}) part({names}))",
            tuple(params),
            compiler.klass_info,
            compiler.select,
            compiler.annotation_col_map,
            [(at, kind.to_python) for at, kind in enumerate(kinds) if isinstance(kind, _TYPED)],
        )

    def instances(self, rows: list[dict[str, Any]]) -> list[Any]:
        model, fields = self.klass_info["model"], self.klass_info["select_fields"]
        first, end = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in self.select[first:end]]
        populators = get_related_populators(self.klass_info, self.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        made = []
        for columns in rows:
            row = list(columns.values())
            for at, convert in self.converters:
                row[at] = convert(row[at])
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
            for populator in populators:
                populator.populate(row, instance)
            for name, at in self.annotations.items():
                setattr(instance, name, row[at])
            made.append(instance)
        return made


class Together:
    """Querysets by name, written with `mark()`s where keys go; `keys` names the marks."""

    def __init__(self, keys: Mapping[str, int], querysets: Callable[[], Mapping[str, QuerySet[Any]]]) -> None:
        self._marks = {each: name for name, each in keys.items()}
        self._querysets = querysets

    @cached_property
    def _parts(self) -> dict[str, _Part]:
        return {name: _Part.of(queryset) for name, queryset in self._querysets().items()}

    @cached_property
    def _statement(self) -> tuple[str, list[Any]]:
        params = [param for part in self._parts.values() for param in part.params]
        return f"select {', '.join(part.statement for part in self._parts.values())}", params

    def read(self, **keys: int | None) -> dict[str, list[Any]]:
        """Return the instances of each queryset for these keys. One query."""
        statement, params = self._statement
        known = [keys[self._marks[param]] if param in self._marks else param for param in params]
        with connection.cursor() as cursor:
            cursor.execute(statement, known)
            (row,) = cursor.fetchall()
        return {name: part.instances(rows) for (name, part), rows in zip(self._parts.items(), row, strict=True)}
