"""What a room writes to import its own table, and the register of all of them."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO, ClassVar, Protocol

from django.utils.functional import Promise

from arrimage.foundation.imports.columns import Column, check_columns
from arrimage.foundation.imports.reading import read_table
from arrimage.foundation.imports.report import Counts, ImportReport, RowError
from arrimage.foundation.imports.table import Limits, Table


class ImportActor(Protocol):
    """Who imports: `accounts.Actor` (a floor above this one) is one."""

    def may(self, right: Any, /) -> bool: ...


class Row:
    """One parsed row: `row["column"]` is a value, or the column's `empty`; `"column" in row` says whether the file has
    that column, so that an update leaves alone what the file does not speak of.
    """

    __slots__ = ("_empty", "_index", "number", "values")

    def __init__(
        self, number: int, values: tuple[Any, ...], index: Mapping[str, int], empty: Mapping[str, Any] | None = None
    ) -> None:
        self.number = number
        self.values = values
        self._index = index
        self._empty = empty or {}

    def __getitem__(self, column: str) -> Any:
        index = self._index.get(column)
        return self._empty[column] if index is None else self.values[index]

    def __contains__(self, column: object) -> bool:
        return column in self._index

    def given(self, *columns: str) -> dict[str, Any]:
        """Return the values of those of `columns` (all, by default) that are in the file."""
        return {name: self[name] for name in columns or self._index if name in self._index}

    def error(self, column: str | None, message: str) -> RowError:
        return RowError(self.number, column, message)

    def __repr__(self) -> str:
        return f"Row({self.number})"  # the values may be somebody's life


class Importer(ABC):
    """One kind of table. A room subclasses it, and registers an instance when its application is ready.

    Each run works on its own shallow copy, so `check_rows` may leave look-ups on `self` for `apply`; but what `apply`
    itself writes may be rolled back and tried again, row by row, so it remembers nothing on `self`.
    """

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    columns: ClassVar[Sequence[Column]]
    right: ClassVar[str]
    # The columns that say which record a row is about: twice the same in one file is a duplicate.
    key_columns: ClassVar[tuple[str, ...]] = ()
    batch_size: ClassVar[int] = 1_000
    # Whether whoever imports may say where the whole file comes from (`source`), for what cites it.
    asks_source: ClassVar[bool] = False
    source: str = ""

    def read(self, file: BinaryIO, filename: str, limits: Limits) -> Table:
        """Open the file as a table; overridden where a standard's JSON is accepted too."""
        return read_table(file, filename, limits=limits)

    def key(self, row: Row) -> Hashable | None:
        """Return what identifies the row's record within the file, or None when nothing does."""
        key = tuple(row[name] for name in self.key_columns)
        return key if any(value not in (None, "") for value in key) else None

    def unit(self, row: Row) -> Hashable | None:
        """Return what groups the rows that must be applied together (a household), or None for a row on its own."""
        return None

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterable[RowError]:
        """Give the refusals that need the database or several rows (unknown references, rights over a region)."""
        return ()

    @abstractmethod
    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        """Write some rows (whole units, about `batch_size` rows) and say how many records changed.

        The same rows again must change nothing. Raises a `DomainError` for what the rules refuse; `RowRefused` when
        it knows which row of several.
        """

    def remarks(self) -> Iterable[str]:
        """Give what is worth saying and refuses nothing; asked once, after `check_rows`."""
        return ()

    def finish(self, report: ImportReport, actor: ImportActor) -> None:  # noqa: B027 (most kinds have nothing to do)
        """Leave the trace of an import whose rows were all written, in their transaction (rolled back when dry)."""


_registered: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make a kind of import known. Raises `ValueError` for a kind taken by another class, or titles that overlap."""
    known = _registered.get(importer.kind)
    if known is not None and type(known) is not type(importer):
        raise ValueError(f"import {importer.kind!r} is already {type(known).__name__}")
    check_columns(importer.columns)
    _registered[importer.kind] = importer


def importers() -> dict[str, Importer]:
    """Return every kind of import, by its name."""
    return dict(sorted(_registered.items()))
