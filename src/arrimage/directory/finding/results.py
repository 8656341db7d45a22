"""Services found, in their order: counted and read in part, each part at a cost of its own."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import overload

from django.db.models import Min
from django.utils.functional import cached_property

from arrimage.directory.finding.criteria import Point
from arrimage.directory.finding.distance import HALF_WAY_ROUND_KM, chord_from, km_of
from arrimage.directory.finding.narrowing import LATITUDE, LONGITUDE, located
from arrimage.directory.models import Service, ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet

FIRST_KM, WIDER = 1.0, 4.0  # the first circle looked at, and how much wider each next one is


class Results(Sequence[Service]):
    """The services `found`; those of a slice come with what `shown` brings, and `distance_km` from `near`."""

    def __init__(self, found: ServiceQuerySet, shown: ServiceQuerySet, near: Point | None) -> None:
        self._found, self._shown, self._near = found, shown, near

    @abstractmethod
    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the keys of the services from one rank to another, all without."""

    @overload
    def __getitem__(self, index: int) -> Service: ...
    @overload
    def __getitem__(self, index: slice) -> list[Service]: ...
    def __getitem__(self, index: int | slice) -> Service | list[Service]:
        if isinstance(index, int):
            return self._read(self.keys(index, index + 1))[0]
        start, stop, _step = index.indices(len(self))
        return self._read(self.keys(start, stop))

    def __iter__(self) -> Iterator[Service]:
        return iter(self[:])

    def _read(self, keys: list[int]) -> list[Service]:
        if not keys:
            return []
        services = {service.pk: service for service in self._shown.filter(pk__in=keys)}
        if self._near is not None:
            here = ServiceAtLocation.objects.filter(service__in=keys).order_by().values_list("service")
            for key, chord in here.annotate(chord=Min(chord_from(self._near, LATITUDE, LONGITUDE))):
                services[key].distance_km = None if chord is None else km_of(chord)
        return [services[key] for key in keys if key in services]


class InOrder(Results):
    """Those of a query already in order: all keys are read at once, so that a page costs one search and not two."""

    @cached_property
    def _keys(self) -> list[int]:
        return list(self._found.values_list("pk", flat=True))

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        return self._keys[start:stop]

    def __len__(self) -> int:
        return len(self._keys)


class NearestFirst(Results):
    """The nearest first, of those that have a door whose place is known.

    A page is read in a circle wide enough for it, from a kilometre on: doors across the province are not measured to
    show those of the street. Services at equal distances are in the order of their names.
    """

    def __init__(self, found: ServiceQuerySet, shown: ServiceQuerySet, near: Point, within_km: float | None) -> None:
        super().__init__(found, shown, near)
        self._centre, self._farthest = near, within_km or HALF_WAY_ROUND_KM

    @cached_property
    def _count(self) -> int:
        return self._found.count()

    def __len__(self) -> int:
        return self._count

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        wanted = len(self) if stop is None else min(stop, len(self))
        km = FIRST_KM if stop is not None else self._farthest
        while len(nearest := self._within(min(km, self._farthest), wanted)) < wanted and km < self._farthest:
            km *= WIDER
        return nearest[start:]

    def _within(self, km: float, wanted: int) -> list[int]:
        doors = located(self._centre, km).filter(service__in=self._found.order_by().values("pk"))
        nearest = Min(chord_from(self._centre, LATITUDE, LONGITUDE))
        services = doors.values_list("service").annotate(chord=nearest, name=Min("service__name"))
        return [key for key, *_ in services.order_by("chord", "name", "service")[:wanted]]
