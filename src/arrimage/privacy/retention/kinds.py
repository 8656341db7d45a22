"""What kinds of record have an end, said by the room that owns them (its `retention.py`, when Django starts)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Choices, Model, QuerySet
from django.utils.functional import Promise

from arrimage.privacy.retention.enums import Ending

Fact = tuple[int, str, str]  # year, dimension, value: what is counted of a record before it goes
Due = Callable[[date], "QuerySet[Any]"]
Facts = Callable[[Sequence[int]], Iterable[Fact]]


@dataclass
class Destroyed:
    """How many rows went, by table, and how many lines of history with them."""

    rows: Counter[str] = field(default_factory=Counter)
    scrubbed: int = 0

    def add(self, other: "Destroyed") -> None:
        self.rows.update(other.rows)
        self.scrubbed += other.scrubbed


Destroy = Callable[[Sequence[int]], Destroyed]


@dataclass(frozen=True)
class Dimension:
    """What figures are broken down by: its name, and the words of its values (those without one stay)."""

    label: str | Promise
    words: Callable[[], Mapping[str, Any]] = dict

    def in_words(self, value: str) -> str:
        return str(self.words().get(value, value))


def choices(states: type[Choices]) -> Callable[[], Mapping[str, Any]]:
    """Return the words of an enumeration."""
    return lambda: dict(states.choices)


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `due(cutoff)` gives the records whose date of departure is on or before `cutoff`, annotated `since` (that date) and
    `reference` (how the list names them: never by a name). `facts` is what is counted of them before they go, along
    `dimensions`. `region` is the path to their region; without one, they
    belong to none. `persons` is the path to those who would be purged with them and may be held.
    `destroy(keys)` replaces the plain destruction of the rows and of all that hangs on them.
    """

    code: str
    model_label: str
    label: str | Promise
    since: str | Promise
    months: int
    ending: Ending
    basis: str | Promise
    due: Due
    facts: Facts | None = None
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    destroy: Destroy | None = None
    region: str | None = "region"
    persons: str | None = None

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)


@dataclass(frozen=True)
class Hold:
    """Why persons may not be purged yet: `persons()` gives their keys."""

    code: str
    label: str | Promise
    persons: Callable[[], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Emptied:
    """A record that makes no sense once nothing of `children` is left of it: an appointment nobody is to attend."""

    model_label: str
    children: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)


@dataclass(frozen=True)
class ByUid:
    """Rows of a lower floor that know a record by its uid alone, in `column`; they go after it, and because of it."""

    model_label: str
    column: str
    target_label: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)

    @property
    def target(self) -> type[Model]:
        return apps.get_model(self.target_label)


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    emptied: dict[str, Emptied] = field(default_factory=dict)
    by_uid: dict[str, ByUid] = field(default_factory=dict)


_registry = _Registry()


def register(kind: Kind) -> None:
    _registry.kinds[kind.code] = kind


def register_hold(hold: Hold) -> None:
    _registry.holds[hold.code] = hold


def register_emptied(emptied: Emptied) -> None:
    """Say what goes when it is empty; in the order given, which is that of their destruction."""
    _registry.emptied[emptied.model_label] = emptied


def register_by_uid(named: ByUid) -> None:
    _registry.by_uid[named.model_label] = named


def kinds() -> list[Kind]:
    return list(_registry.kinds.values())


def kind_of(code: str) -> Kind:
    """Return the kind of that code; KeyError when no room says it any more."""
    return _registry.kinds[code]


def known(code: str) -> bool:
    return code in _registry.kinds


def holds() -> list[Hold]:
    return list(_registry.holds.values())


def emptied() -> list[Emptied]:
    return list(_registry.emptied.values())


def by_uid() -> list[ByUid]:
    return list(_registry.by_uid.values())
