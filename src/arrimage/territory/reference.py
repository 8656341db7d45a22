"""Québec's regions and Montréal's places, laid down after migrations; a repeat changes nothing."""

import json
from importlib.resources import files
from typing import Any

from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Place, Region


def load_reference(**_: Any) -> None:
    """Create the 17 regions and the places the program knows; names kept by an administrator are not touched."""
    content = json.loads((files("arrimage.territory") / "content" / "regions.json").read_text(encoding="utf-8"))
    for code, name, prefix in content["regions"]:
        Region.objects.get_or_create(code=code, defaults={"name": name, "file_prefix": prefix})
    regions = {region.code: region for region in Region.objects.all()}
    for code, day in content["deployed"].items():
        Region.objects.filter(code=code, deployed_on__isnull=True).update(deployed_on=day)
    for code, name in content["main_cities"].items():
        city = _place(regions[code], PlaceKind.CITY, name)
        Region.objects.filter(pk=regions[code].pk, main_city__isnull=True).update(main_city=city)
        for borough, number in content["boroughs"].get(code, []):
            _place(regions[code], PlaceKind.BOROUGH, borough, code=number, within=city)
    for code, names in content["linked_cities"].items():
        for name in names:
            _place(regions[code], PlaceKind.LINKED_CITY, name)


def _place(region: Region, kind: PlaceKind, name: str, **defaults: Any) -> Place:
    return Place.objects.get_or_create(region=region, kind=kind, name=name, defaults=defaults)[0]
