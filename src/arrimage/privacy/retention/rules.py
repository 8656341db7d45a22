"""Rules of retention that need no database: figures about nobody, the digest of a list, the lines of a certificate."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SMALLEST_CELL = 5
OTHER = "other"

Cell = tuple[int, str, str]  # year, dimension, value


@dataclass(frozen=True)
class Figure:
    """What is due of one kind: under which rule, how many, the oldest date; `held` are due but must wait."""

    kind: str
    months: int
    ending: str
    basis: str
    cutoff: str
    count: int
    oldest: str = ""
    held: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figure":
        return cls(**data)

    @property
    def last_day(self) -> date:
        """The last date of departure that is due."""
        return date.fromisoformat(self.cutoff)

    @property
    def oldest_day(self) -> date | None:
        return date.fromisoformat(self.oldest) if self.oldest else None


@dataclass(frozen=True)
class CertificateLine:
    """What was done to one kind: how many records were listed, destroyed, left, under which rule."""

    kind: str
    label: str
    months: int
    ending: str
    basis: str
    cutoff: str
    listed: int
    destroyed: int
    left: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CertificateLine":
        return cls(**data)


def digest_of(lines: Iterable[tuple[str, int, date]]) -> str:
    """Return the SHA-256 (hexadecimal) of a list of kinds, keys and dates, whatever their order."""
    text = "\n".join(sorted(f"{kind}:{key}:{since.isoformat()}" for kind, key, since in lines))
    return hashlib.sha256(text.encode()).hexdigest()


def merge_small_cells(cells: Mapping[Cell, int]) -> dict[tuple[int | None, str, str], int]:
    """Return figures none of which is about fewer than five records.

    In each year and dimension, small values are put together under `other`, with the next smallest until `other`
    reaches five: so a hidden figure can never be had by subtraction. A year too small as a whole joins the other small
    years (None); what is still too small then is not said at all.
    """
    tables: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for (year, dimension, value), count in cells.items():
        tables[year, dimension][value] = tables[year, dimension].get(value, 0) + count
    kept: dict[tuple[int | None, str, str], int] = {}
    small_years: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (year, dimension), values in tables.items():
        if sum(values.values()) < SMALLEST_CELL:
            for value, count in values.items():
                small_years[dimension][value] += count
            continue
        for value, count in _merged(values).items():
            kept[year, dimension, value] = count
    for dimension, values in small_years.items():
        if sum(values.values()) >= SMALLEST_CELL:
            for value, count in _merged(values).items():
                kept[None, dimension, value] = count
    return kept


def _merged(values: Mapping[str, int]) -> dict[str, int]:
    """Return the values of one table, the small ones put together; the sum is at least five."""
    other = values.get(OTHER, 0)
    ascending = sorted(
        ((value, count) for value, count in values.items() if value != OTHER), key=lambda each: each[1::-1]
    )
    while ascending and (ascending[0][1] < SMALLEST_CELL or 0 < other < SMALLEST_CELL):
        other += ascending.pop(0)[1]
    merged = dict(ascending)
    if other:
        merged[OTHER] = other
    return merged
