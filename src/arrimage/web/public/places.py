"""The places of a region on a map drawn here, and beside it as a table: each leads to its services."""

from dataclasses import dataclass
from functools import reduce

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.public import services_by_place
from arrimage.engines.geometry import Bounds, Frame, path_of, point_inside
from arrimage.foundation.writing import write_number
from arrimage.people.rules import search_key
from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Outline, Place, Region
from arrimage.territory.outlines import box_of, mapped_regions, outlines_of, shape_of
from arrimage.web.access import open_to_all

# Counties hold the others: they are shown where they are all there is.
_FINEST = (PlaceKind.CITY, PlaceKind.BOROUGH, PlaceKind.LINKED_CITY)


@dataclass(frozen=True)
class Line:
    """A place as the table shows it; its address says what is offered there, or what to do when nothing is."""

    number: int
    place: Place
    count: int
    services: str
    url: str
    on_map: bool


@dataclass(frozen=True)
class Drawn:
    """A place as the map shows it: its path, and where its number stands."""

    line: Line
    path: str
    across: float
    down: float


@open_to_all
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show the places of one region, the first that has outlines unless another is asked."""
    regions = list(mapped_regions())
    asked = request.GET.get("region", "")
    region = next((each for each in regions if each.code == asked), regions[0] if regions else None)
    outlines = {each.place_id: each for each in outlines_of(region)} if region else {}
    lines = _lines(region, outlines) if region else []
    frame = Frame(reduce(Bounds.around, map(box_of, outlines.values()))) if outlines else None
    context = {
        "title": _("Services par arrondissement et par ville"),
        "trail": [(_("Services de la région"), reverse("public:services"))],
        "region": region,
        "regions": regions if len(regions) > 1 else [],
        "lines": lines,
        "frame": frame,
        "drawn": _drawn(lines, outlines, frame) if frame else [],
        "sources": sorted({each.source for each in outlines.values() if each.source}),
        "may_import": may_import(request),
        "missing": [line.place.name for line in lines if not line.on_map],
    }
    return render(request, "public/places.html", context)


def may_import(request: HttpRequest) -> bool:
    """Say whether to tell this visitor how the reference tables come in: it is no affair of the public's."""
    actor: Actor | None = getattr(request, "actor", None)
    return settings.DEMO or (actor is not None and actor.may(Right.IMPORT_REFERENCE))


def _lines(region: Region, outlines: dict[int | None, Outline]) -> list[Line]:
    found = [place for place in region.places.all() if place.pk != region.main_city_id or place.pk in outlines]
    found = [place for place in found if place.kind in _FINEST] or found
    counts = services_by_place()
    lines = []
    for number, place in enumerate(sorted(found, key=lambda each: search_key(each.name)), start=1):
        count = counts.get(place.pk, 0)
        words = ngettext("%(n)s service", "%(n)s services", count) % {"n": write_number(count)}
        url = f"{reverse('public:services')}?place={place.pk}"
        lines.append(Line(number, place, count, words, url, place.pk in outlines))
    return lines


def _drawn(lines: list[Line], outlines: dict[int | None, Outline], frame: Frame) -> list[Drawn]:
    """Return what is drawn, the largest first."""
    by_place = {line.place.pk: line for line in lines}
    drawn = []
    for key, outline in outlines.items():
        if key in by_place:
            shape = shape_of(outline)
            drawn.append(Drawn(by_place[key], path_of(shape, frame), *frame.place(point_inside(shape))))
    return drawn
