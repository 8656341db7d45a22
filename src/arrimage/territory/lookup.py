"""Regions and places as people write them in a table: by code or name, accents and case forgiven."""

from collections.abc import Iterable

from arrimage.foundation.imports.forgiving import forgive, index_by_writing
from arrimage.territory.models import Place, Region


class RegionIndex:
    """Every region, found by code (« 06 », « 6 ») or name. One query."""

    def __init__(self) -> None:
        regions = list(Region.objects.all())
        self._regions = {region.pk: region for region in regions}
        self._keys = index_by_writing(
            [(region.name, region.pk) for region in regions]
            + [(region.code, region.pk) for region in regions]
            + [(region.code.lstrip("0"), region.pk) for region in regions]
        )

    def find(self, written: str) -> Region | None:
        return self._regions.get(self._keys.get(forgive(written), 0))


class PlaceIndex:
    """The places of some regions, found by name within their region. One query."""

    def __init__(self, region_ids: Iterable[int]) -> None:
        self._keys: dict[int, dict[str, int]] = {}
        by_region: dict[int, list[tuple[str, int]]] = {}
        for place in Place.objects.filter(region__in=set(region_ids)).order_by("pk"):
            by_region.setdefault(place.region_id, []).append((place.name, place.pk))
        for region_id, names in by_region.items():
            self._keys[region_id] = index_by_writing(names)

    def find(self, region_id: int, written: str) -> int | None:
        """Return the key of the place, or None when there is none or more than one of that name."""
        return self._keys.get(region_id, {}).get(forgive(written))
