"""What every table holds of one person, collected and ready to be written in any format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.portability.registry import Declaration, Ground, Withheld, declarations
from arrimage.privacy.portability.third_parties import Redactor, redactor_for
from arrimage.privacy.portability.values import (
    NAMED_BY_THEIR_NAME,
    TECHNICAL,
    Reading,
    plain,
    reference,
    value_of,
)


@dataclass(frozen=True)
class Column:
    """A column of a table of the archive; `ground` when it is withheld from every row."""

    name: str
    label: str
    ground: Ground | None = None


@dataclass(frozen=True)
class CollectedTable:
    """A table and the rows that mention the person. Rows have a value for each column that is not withheld."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def shown(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.ground is None)

    @property
    def withheld(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.ground is not None)


@dataclass(frozen=True)
class Collected:
    """Everything that is handed over to a person, and what is not, with the ground."""

    person: Person
    made_at: datetime
    tables: tuple[CollectedTable, ...]
    withheld_tables: tuple[tuple[str, str, Ground], ...]
    redactions: int  # mentions of other people replaced inside texts
    files: tuple[tuple[str, bytes], ...] = ()  # names, contents: the documents of the person


def collect(person: Person) -> Collected:
    """Read every declared table for `person`. Rights were checked and the database lets the work through."""
    reading = Reading(person)
    redactor = redactor_for(person)
    said = declarations()
    found: dict[str, list[Any]] = {}
    # What is found from other rows (the history) comes once these are known.
    for declaration in sorted(said, key=lambda each: each.rows is not None):
        if declaration.ground is None:
            label = declaration.model._meta.label_lower
            found[label] = list(declaration.rows_of(reading))
            reading.keys[label] = {row.pk for row in found[label]}
    tables = tuple(
        _table(declaration, found[declaration.model._meta.label_lower], reading, redactor)
        for declaration in said
        if declaration.ground is None
    )
    withheld = tuple(
        (each.model._meta.label_lower, label_of(each), each.ground) for each in said if each.ground is not None
    )
    files = tuple(
        file
        for declaration in said
        if declaration.files is not None
        for row in found[declaration.model._meta.label_lower]
        for file in declaration.files(row)
    )
    return Collected(person, clock.now(), tables, withheld, redactor.kept_back, files)


def _table(declaration: Declaration, rows: Iterable[Any], reading: Reading, redactor: Redactor) -> CollectedTable:
    model = declaration.model
    columns = [column for column in model._meta.concrete_fields if column.name not in TECHNICAL]
    many = [relation for relation in model._meta.many_to_many if _is_plain(relation)]
    described = [
        Column(column.name, column_label(declaration, column), declaration.withheld.get(column.name))
        for column in [*columns, *many]
        if column.name not in declaration.extra
    ] + [Column(name, str(extra.label)) for name, extra in declaration.extra.items()]
    written = []
    for row in rows:
        values: dict[str, Any] = {}
        for column in columns:
            if column.name not in declaration.withheld and column.name not in declaration.extra:
                value = value_of(row, column, reading)
                # A relation is written by us, never by hand: a service may bear somebody's name.
                values[column.name] = value if isinstance(column, ForeignKey) else redactor(value)
        for relation in many:
            if relation.name not in declaration.withheld and relation.name not in declaration.extra:
                values[relation.name] = _several(row, relation, reading)
        for name, extra in declaration.extra.items():
            values[name] = redactor(plain(extra.read(row, reading)))
        written.append(values)
    return CollectedTable(model._meta.label_lower, label_of(declaration), tuple(described), tuple(written))


def _is_plain(relation: Any) -> bool:
    """Say whether a many-to-many relation has no model of its own, which would be a table of the archive."""
    return bool(relation.remote_field.through._meta.auto_created)


def _several(row: Model, relation: Any, reading: Reading) -> list[Any]:
    """Return the records a row is joined to, by their name, or their place in the archive."""
    target = relation.remote_field.model
    joined = getattr(row, relation.name).order_by("pk")
    if target._meta.label_lower in NAMED_BY_THEIR_NAME:
        return [str(record) for record in joined]
    if target is Person:
        return [Withheld(Ground.OTHER_PERSON)] if joined.exclude(pk=reading.person.pk).exists() else []
    return [reference(target, record.pk, reading) for record in joined]


def label_of(declaration: Declaration) -> str:
    """Return the table's name as people read it."""
    label = str(declaration.label or declaration.model._meta.verbose_name_plural)
    return label[:1].upper() + label[1:]


def column_label(declaration: Declaration, column: "Field[Any, Any]") -> str:
    """Return a column's name as people read it; a relation without one bears the name of what it leads to."""
    known = {"uid": _("identifiant"), "created_at": _("créé le"), "updated_at": _("modifié le")}
    if column.name in declaration.labels:
        return str(declaration.labels[column.name])
    if column.name in known:
        return known[column.name]
    if isinstance(column, ForeignKey) and column.verbose_name == column.name.replace("_", " "):
        return str(column.remote_field.model._meta.verbose_name)
    return str(column.verbose_name)
