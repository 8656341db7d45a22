"""Import of outlines (`territory`): regions, counties, cities, boroughs and linked cities, from GeoJSON."""

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrimage.engines.geometry import GeometryError, Shape, bounds_of, count_points, read_geometry, simplify_to
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.imports import Column, Counts, ImportActor, Importer, Row, RowError, parse, read_places, upsert
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.imports.table import CellValue, Limits, Table
from arrimage.foundation.writes import update_rows
from arrimage.territory.enums import TerritoryKind
from arrimage.territory.imports import RegionalActor
from arrimage.territory.lookup import RegionIndex
from arrimage.territory.models import Outline, Place
from arrimage.territory.outlines import fields_of, without_outline

# A drawing does not show more; a point a street away from a border may then be said on its other side.
MOST_POINTS = 4_000
# Degrees around Québec: other numbers are another country's, another system of coordinates, or latitude first.
WEST, SOUTH, EAST, NORTH = -80.0, 44.0, -56.0, 63.5
KINDS = {"région": "region", "MRC": "county", "territoire équivalent": "county", "TE": "county", "municipalité": "city"}
_SHOWN = 20


def _not_a_shape(reason: str) -> str:
    return {
        "kind": _("Un tracé est un polygone (« Polygon » ou « MultiPolygon »)."),
        "empty": _("Ce tracé est vide."),
        "ring": _("Un contour de ce tracé n’est pas fermé, ou a moins de trois côtés."),
        "number": _("Une coordonnée de ce tracé n’est pas un nombre."),
        "range": _("Ces coordonnées ne sont pas en longitude et latitude : exportez le fichier en WGS 84 (EPSG:4326)."),
    }[reason]


def outline(cell: CellValue) -> Shape:
    """Accept the text of a GeoJSON Polygon or MultiPolygon that lies in Québec; simplified when it is very detailed."""
    try:
        shape = read_geometry(json.loads(parse.text(20_000_000)(cell)))
    except GeometryError as error:
        raise InvalidInput(_not_a_shape(error.reason)) from None
    except (ValueError, RecursionError):
        raise InvalidInput(_not_a_shape("kind")) from None
    west, south, east, north = bounds_of(shape)
    if west < WEST or east > EAST or south < SOUTH or north > NORTH:
        raise InvalidInput(_("Ce tracé n’est pas au Québec : la longitude s’écrit d’abord, puis la latitude."))
    return simplify_to(shape, MOST_POINTS) if count_points(shape) > MOST_POINTS else shape


class TerritoryImporter(Importer):
    """Outlines, found by kind, name and region. A place that is not known is created; one not in the file stays.

    Without a region, a place is that of the only region that has one of its name and kind.
    """

    kind = "territory"
    label = gettext_lazy("Territoire (tracés)")
    right = "import_reference"
    asks_source = True
    key_columns = ("name", "kind", "region")
    columns = (
        Column("name", parse.text(120), required=True, help=gettext_lazy("Nom de la région ou du lieu."),
               example="Verdun", aliases=("nom",)),
        Column("kind", parse.choice(TerritoryKind, aliases=KINDS), required=True,
               help=gettext_lazy("Région, MRC, ville, arrondissement ou ville liée."), example="borough",
               aliases=("type", "genre")),
        Column("region", parse.text(80), aliases=("région", "code_region"), example="06", empty="",
               help=gettext_lazy("Code ou nom de la région ; facultatif pour un lieu déjà connu.")),
        Column("code", parse.text(10), help=gettext_lazy("Numéro ou code officiel."), example="12",
               aliases=("no_arr", "num", "numéro", "code_mrc"), empty=""),
        Column("source", parse.text(200), aliases=("source à citer", "attribution"), empty="",
               help=gettext_lazy("Qui publie ce tracé et sous quelle licence, tel que la carte le cite."),
               example="Ville de Montréal, données ouvertes (CC BY 4.0)"),
        Column("geometry", outline, required=True, aliases=("tracé",),
               help=gettext_lazy("Polygone GeoJSON, en longitude et latitude (WGS 84)."),
               example='{"type":"Polygon","coordinates":[[[-73.6,45.4],[-73.5,45.4],[-73.5,45.5],[-73.6,45.4]]]}'),
    )  # fmt: skip

    _regions: dict[int, int]  # row number → key of its region
    _things: dict[tuple[int, str, str], int]  # what is spoken of → number of its row
    _kinds: set[str]
    _nobody_cited = False

    def read(self, file: BinaryIO, filename: str, limits: Limits) -> Table:
        return read_places(file, filename, limits=limits)

    def key(self, row: Row) -> Hashable:
        return forgive(row["name"]), row["kind"], forgive(row["region"])

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        acting = cast(RegionalActor, actor)
        self._regions, self._things, self._kinds = {}, {}, {row["kind"] for row in rows}
        self._nobody_cited = not all(row["source"] or self.source for row in rows)
        index = RegionIndex()
        homes: dict[tuple[str, str], set[int]] = {}
        for place in Place.objects.filter(kind__in=self._kinds).order_by("pk"):
            homes.setdefault((place.kind, forgive(place.name)), set()).add(place.region_id)
        for row in rows:
            is_region = row["kind"] == TerritoryKind.REGION
            written = row["region"] or (row["name"] if is_region else "")
            region = index.find(written) if written else None
            found = region.pk if region else None
            if not written:
                homes_of_it = homes.get((row["kind"], forgive(row["name"])), set())
                found = acting.region_id or (next(iter(homes_of_it)) if len(homes_of_it) == 1 else None)
            if found is None:
                column = "name" if is_region and not row["region"] else "region"
                message = _("« %(value)s » n’est pas une région : écrivez son code (06).") if written else _(
                    "« %(value)s » n’est pas un lieu connu d’une seule région : indiquez la région."
                )  # fmt: skip
                yield row.error(column, message % {"value": written or row["name"]})
            elif not acting.covers_region(found):
                yield row.error("region", _("Cette région est hors de votre portée."))
            else:
                self._regions[row.number] = found
                first = self._things.setdefault(self._thing(row), row.number)
                if first != row.number:
                    yield row.error("name", _("La ligne %(row)d parle déjà de ce lieu.") % {"row": first})

    def remarks(self) -> Iterable[str]:
        """Say which places of the same kinds the file leaves without an outline, and whether the map can cite it."""
        if self._nobody_cited:
            yield _("Le fichier ne dit pas d’où viennent ses tracés : indiquez leur source, pour que la carte la cite.")
        missing = [
            place.name
            for place in without_outline(self._regions.values(), self._kinds)
            if (place.region_id, place.kind, forgive(place.name)) not in self._things
        ]
        if missing:
            shown = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
            yield ngettext(
                "Un lieu connu n’est pas dans le fichier et reste sans tracé : %(names)s.",
                "%(count)d lieux connus ne sont pas dans le fichier et restent sans tracé : %(names)s.",
                len(missing),
            ) % {"count": len(missing), "names": shown}

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        region_ids = {self._regions[row.number] for row in rows}
        if not all(cast(RegionalActor, actor).covers_region(region_id) for region_id in region_ids):
            raise NotAllowed(_("Cette région est hors de votre portée."))
        places, recoded = self._write_places(rows, region_ids)
        regions_known = {one.region_id: one for one in Outline.objects.filter(region__in=region_ids).order_by("pk")}
        places_known = {
            one.place_id: one
            for one in Outline.objects.filter(place__in=[place.pk for place in places.values()]).order_by("pk")
        }
        of_regions = [row for row in rows if row["kind"] == TerritoryKind.REGION]
        counts = upsert(
            Outline,
            regions_known,
            [(self._regions[row.number], self._values(row, region_id=self._regions[row.number])) for row in of_regions],
        )
        # One of a place whose number alone changes is changed too: they are counted apart.
        for rest in (False, True):
            pairs = [
                (place.pk, self._values(row, place_id=place.pk))
                for row in rows
                if row["kind"] != TerritoryKind.REGION
                and ((place := places[self._thing(row)]).pk in recoded) is not rest
            ]
            part = upsert(Outline, places_known, pairs)
            counts += part if rest else Counts(part.created, part.updated + part.unchanged)
        return counts

    def _write_places(
        self, rows: Sequence[Row], region_ids: set[int]
    ) -> tuple[dict[tuple[int, str, str], Place], set[int]]:
        """Create the places that are missing, write the numbers that differ; return all, and the keys of the latter."""
        places = {
            (place.region_id, place.kind, forgive(place.name)): place
            for place in Place.objects.filter(region__in=region_ids).order_by("pk").select_for_update()
        }
        created, recoded = [], []
        for row in rows:
            thing = self._thing(row)
            place = places.get(thing)
            if row["kind"] == TerritoryKind.REGION:
                continue
            if place is None:
                places[thing] = Place(region_id=thing[0], kind=thing[1], name=row["name"], code=row["code"])
                created.append(places[thing])
            elif row["code"] and row["code"] != place.code:
                place.code = row["code"]
                recoded.append(place)
        Place.objects.bulk_create(created)
        update_rows(Place, recoded, ["code"])
        return places, {place.pk for place in recoded}

    def _thing(self, row: Row) -> tuple[int, str, str]:
        """Return what a row is about: region, kind, and forgiven name (none for the region itself)."""
        kind = row["kind"]
        return self._regions[row.number], kind, "" if kind == TerritoryKind.REGION else forgive(row["name"])

    def _values(self, row: Row, **of: int) -> dict[str, Any]:
        source = row["source"] or self.source
        return {**of, **fields_of(row["geometry"]), **({"source": source} if source else {})}
