"""Read a GeoJSON file (RFC 7946) as a table: one row a feature, its properties as columns, its geometry as the last."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.reading import DEFAULT_LIMITS, read_table, within_limits
from arrimage.foundation.imports.table import Cell, Limits, RefusedCell, Table, build_table, long_cell

GEOMETRY = "geometry"
# Longitude and latitude in degrees, by the names that files give to it.
_KNOWN_SYSTEMS = ("CRS84", "EPSG:4326", "EPSG::4326")


def read_places(file: BinaryIO, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Table:
    """Open a GeoJSON file as a table; any other file as `read_table` does.

    The titles are row 1, the first feature is row 2, as if the file were opened in a spreadsheet; the cell of the
    geometry is its GeoJSON text. Raises `FileRefused` for JSON of another kind, or in another system of coordinates.
    """
    file = within_limits(file, limits)
    start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if not start.startswith((b"{", b"[")):
        return read_table(file, filename, limits=limits)
    features = _features(file)
    names = list(dict.fromkeys(str(name) for feature in features for name in feature.get("properties") or {}))
    return build_table(_rows(features, names, limits), limits)


def _features(file: BinaryIO) -> list[dict[str, Any]]:
    try:
        content = json.loads(file.read().decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_("Ce fichier JSON ne se lit pas : il est incomplet ou mal formé.")) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise FileRefused(_("Ce fichier JSON n’est pas une collection d’entités GeoJSON (« FeatureCollection »)."))
    system = content.get("crs")
    if system and not any(known in json.dumps(system) for known in _KNOWN_SYSTEMS):
        raise FileRefused(
            _("Les coordonnées de ce fichier ne sont pas en longitude et latitude : exportez-le en WGS 84 (EPSG:4326).")
        )
    features = content.get("features")
    if not isinstance(features, list) or not all(
        isinstance(feature, dict) and isinstance(feature.get("properties") or {}, dict) for feature in features
    ):
        raise FileRefused(_("Les entités de ce fichier GeoJSON ne se lisent pas."))
    if not features:
        raise FileRefused(_("Ce fichier GeoJSON ne contient aucune entité."))
    return features


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _rows(
    features: Sequence[dict[str, Any]], names: Sequence[str], limits: Limits
) -> Iterator[tuple[int, Sequence[Cell]]]:
    yield 1, [*names, GEOMETRY]
    for number, feature in enumerate(features, start=2):
        properties = feature.get("properties") or {}
        geometry = feature.get("geometry")
        yield (
            number,
            [
                *(_cell(properties.get(name), number, index, limits) for index, name in enumerate(names)),
                # Never empty, so that a feature without any property is still a row.
                json.dumps(geometry, separators=(",", ":")),
            ],
        )


def _cell(value: Any, number: int, index: int, limits: Limits) -> Cell:
    if isinstance(value, str):
        return (
            long_cell(number, index, limits.cell_characters) if len(value) > limits.cell_characters else value or None
        )
    if value is None or isinstance(value, bool | int | float):
        return value
    return RefusedCell(
        _("« %(value)s » n’est pas une valeur simple.") % {"value": shorten(json.dumps(value, ensure_ascii=False))}
    )
