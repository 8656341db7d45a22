"""What becomes of each table that points at a person when two records are merged, said by the room that owns it.

A room says it when its application is ready. A foreign key to a person that nobody spoke of fails a test
(`undeclared`), so that a new table is never forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.functional import Promise

from arrimage.people.models import Person


class Held(Enum):
    """What becomes of a row that the record that stays cannot hold too (the same language, the same appointment)."""

    REFUSE = "refuse"  # nothing is merged
    KEEP = "keep"  # it stays on the record that goes, where nobody lists it
    # It goes, and comes back with an undone merge: others would read it on their own page. What only clashes in time
    # (two appointments of the past at one hour) stays instead: nobody else says it.
    DROP = "drop"
    SHORTEN = "shorten"  # its period ends where the other begins, or it goes


@dataclass(frozen=True)
class Table:
    """How one table follows: its columns that name a person; None of `held` for what stays where it is, and `why`.

    `called` says what its rows are, where the model does not.
    """

    model_label: str
    columns: tuple[str, ...]
    held: Held | None
    why: str = ""
    called: str | Promise = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)

    @property
    def label(self) -> str:
        return str(self.called or self.model._meta.verbose_name_plural)


Check = Callable[[Person, Person], str]  # the one that stays, the one that goes → why not, or nothing
_tables: dict[tuple[str, tuple[str, ...]], Table] = {}
_checks: list[Check] = []


def move(model_label: str, *columns: str, held: Held = Held.REFUSE, called: str | Promise = "") -> None:
    """Say that the rows of a table follow the record that stays."""
    _say(Table(model_label, columns or ("person",), held, called=called))


def stay(model_label: str, *columns: str, why: str) -> None:
    """Say that the rows of a table stay on the record that goes, and why."""
    _say(Table(model_label, columns or ("person",), None, why))


def _say(table: Table) -> None:
    _tables[table.model_label, table.columns] = table


def refuse_when(check: Check) -> None:
    """Say what makes a merge impossible: `check` returns a sentence, or nothing."""
    if check not in _checks:
        _checks.append(check)


def tables() -> list[Table]:
    """Return what is said of every table, in the order of the rooms."""
    return list(_tables.values())


def moved_tables() -> list[Table]:
    return [table for table in tables() if table.held is not None]


def reasons_not_to(survivor: Person, absorbed: Person) -> list[str]:
    """Return in words what stands in the way of a merge."""
    return [sentence for check in _checks if (sentence := check(survivor, absorbed))]


def pointing_at_persons() -> Iterator[tuple[str, str]]:
    """Yield the table and the column of every foreign key that leads to a person."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.remote_field.model is Person:
                yield model._meta.label, column.name


def undeclared() -> set[tuple[str, str]]:
    """Return the columns that lead to a person and that no room spoke of."""
    said = {(table.model_label, column) for table in tables() for column in table.columns}
    return set(pointing_at_persons()) - said
