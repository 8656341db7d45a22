"""Services found, in their order: counted and read in part, each part at a cost of its own."""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import Any, overload

from django.db.models import Min, QuerySet
from django.utils.functional import cached_property

from arrimage.directory.finding.criteria import Point
from arrimage.directory.finding.distance import HALF_WAY_ROUND_KM, HalfChord
from arrimage.directory.finding.narrowing import LATITUDE, LONGITUDE, located
from arrimage.directory.finding.order import BY_NAME
from arrimage.directory.finding.shown import Listed
from arrimage.directory.models import ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet

FIRST_KM, WIDER = 2.0, 4.0  # the first circle looked at, and how much wider each next one is at most
FEW = 300  # services whose doors are all measured at once
MOST = 1_000  # services counted and listed

Read = Callable[[Sequence[int]], list[Listed]]


def first(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the rows that results keep, and one that says that there are others."""
    return rows[: MOST + 1]


class Results(Sequence[Listed]):
    """Services in the order of rows that begin with their keys; those of a slice are what `read` makes of the keys.

    All rows are read at once, so that a page costs one search and not two, and `MOST` are kept and counted: who finds
    more has asked too little.
    """

    def __init__(self, rows: QuerySet[Any, tuple[Any, ...]], read: Read) -> None:
        self._rows, self._read = rows, read

    @cached_property
    def _keys(self) -> list[int]:
        return [row[0] for row in self._rows]

    @cached_property
    def _counted(self) -> int:
        return len(self._keys)

    @property
    def are_more(self) -> bool:
        """Whether there are others, after `MOST`."""
        return self._counted > MOST

    def __len__(self) -> int:
        return min(self._counted, MOST)

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the keys of the services from one rank to another, all these without."""
        return self._keys[: len(self)][start:stop]

    @overload
    def __getitem__(self, index: int) -> Listed: ...
    @overload
    def __getitem__(self, index: slice) -> list[Listed]: ...
    def __getitem__(self, index: int | slice) -> Listed | list[Listed]:
        if isinstance(index, int):
            return self._read(self.keys(index, index + 1))[0]
        start, stop, _step = index.indices(len(self))
        return self._read(self.keys(start, stop))

    def __iter__(self) -> Iterator[Listed]:
        return iter(self[:])


class NearestFirst(Results):
    """Those whose nearest door, of `doors`, is nearest come first; those of no known place come last, by name.

    Only services that are `found` have any of these doors. A page is read in a circle wide enough for it, from two
    kilometres on: doors across the province are not measured to show those of the street. Services at equal distances
    are in the order of their names.
    """

    def __init__(self, found: ServiceQuerySet, read: Read, doors: QuerySet[ServiceAtLocation], near: Point) -> None:
        super().__init__(found.order_by().values_list("pk"), read)
        self._found, self._doors, self._centre = found, doors, near

    @cached_property
    def _counted(self) -> int:
        return first(self._rows).count()

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        wanted = len(self) if stop is None else min(stop, len(self))
        km = FIRST_KM if FEW < len(self) > wanted else HALF_WAY_ROUND_KM
        while len(nearest := self._within(km, wanted)) < wanted and km < HALF_WAY_ROUND_KM:
            enough = 1.3 * sqrt(wanted / len(nearest)) if nearest else WIDER  # as many a square kilometre, and more
            km = min(km * min(enough, WIDER), HALF_WAY_ROUND_KM)
        if len(nearest) < wanted:
            others = self._found.exclude(pk__in=nearest).order_by(*BY_NAME).values_list("pk", flat=True)
            nearest += others[: wanted - len(nearest)]
        return nearest[start:]

    def _within(self, km: float, wanted: int) -> list[int]:
        nearest = by_distance(located(self._doors, self._centre, km), self._centre)
        return [row[0] for row in nearest[:wanted]] if wanted else []


def by_distance(doors: QuerySet[ServiceAtLocation], point: Point) -> QuerySet[Any, tuple[Any, ...]]:
    """Return rows that begin with the keys of the services at these doors, those whose nearest door is nearest first;
    at equal distances, by name."""
    nearest = Min(HalfChord(point, LATITUDE, LONGITUDE))
    rows = doors.order_by().values_list("service").annotate(chord=nearest, name=Min("service__name"))
    return rows.order_by("chord", "name", "service")
