"""Rows of the standard, read from the database: a query for each kind of object, however many there are."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model, Q, QuerySet

from arrimage.directory.exchange.derived import derive, theme_attribute, theme_term, themes_taxonomy
from arrimage.directory.exchange.shapes import BY_KIND, SHAPES, Json, Rows, Shape
from arrimage.directory.models import Service, Theme
from arrimage.territory.models import Place, Region

Scope = Mapping[str, Collection[int]]  # by kind, the keys of what is asked


def gather(scope: Scope | None = None) -> Rows:
    """Return the rows of everything, or of what is in `scope` with its parts, by kind, in the order of identifiers."""
    rows: Rows = {}
    keys = dict(scope or {})
    known = _Named()
    terms_last = sorted(SHAPES, key=lambda shape: shape.kind in ("taxonomy", "taxonomy_term"))
    for shape in terms_last:
        records = shape.model._default_manager.filter(shape.only or Q())
        if scope is not None:
            records = records.filter(_within(shape, keys))
        rows[shape.kind] = _read(shape, records, known, keys)
    _add_themes(rows, None if scope is None else keys.get("service", ()))
    derive(rows)
    return rows


def rows_of(shape: Shape, records: QuerySet[Any]) -> list[Json]:
    """Return some records of one kind as rows, without what the standard says in other objects. Three queries."""
    rows = {shape.kind: _read(shape, records, _Named(), {})}
    derive(rows)
    return rows[shape.kind]


def place_code(place: Place) -> str:
    """Return how a package names a place of ours: its region, its kind, its name."""
    return f"{place.region.code}:{place.kind}:{place.name}"


class _Named:
    """The regions and places, under the names a package gives them."""

    def __init__(self) -> None:
        self._names: dict[type[Model], dict[int, str]] = {}

    def name(self, model: type[Model], key: int) -> str:
        if not self._names:
            self._names = {
                Region: dict(Region.objects.values_list("pk", "code")),
                Place: {place.pk: place_code(place) for place in Place.objects.select_related("region")},
            }
        return self._names[model][key]


def _within(shape: Shape, keys: dict[str, Collection[int]]) -> Q:
    if not shape.owners or shape.kind in keys:
        return Q(pk__in=keys.get(shape.kind, ()))
    return reduce(or_, (Q(**{f"{shape.fields[key]}__in": keys.get(kind, ())}) for key, kind in shape.owners.items()))


def _read(shape: Shape, records: QuerySet[Any], known: _Named, keys: dict[str, Collection[int]]) -> list[Json]:
    """Return rows; keep in `keys` which records they are, and the terms they speak of."""
    columns = {name: shape.column(name) for name in shape.fields}
    paths = [
        f"{ours}__uid" if name in shape.references else shape.reckoned.get(name, columns[name].attname)
        for name, ours in shape.fields.items()
    ]
    extra = {"attribute": ["term_id"], "taxonomy_term": ["taxonomy_id"]}.get(shape.kind, [])
    rows, read, others = [], set(), set()
    for key, uid, *values in records.order_by("uid").values_list("pk", "uid", *paths, *extra):
        read.add(key)
        if extra:
            others.add(values.pop())
        row: Json = {"id": str(uid)}
        for (name, column), value in zip(columns.items(), values, strict=True):
            if isinstance(column, ForeignKey) and name not in shape.references and value is not None:
                value = known.name(column.related_model, value)
            if value not in (None, "", []) or name in shape.required:
                row[name] = _plain(value)
        rows.append(row)
    keys.setdefault(shape.kind, read)
    if extra:
        keys.setdefault({"attribute": "taxonomy_term", "taxonomy_term": "taxonomy"}[shape.kind], others - {None})
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("auto" if value.second else "minutes")
    return float(value) if isinstance(value, Decimal) else value


def _add_themes(rows: Rows, services: Collection[int] | None) -> None:
    """Add the themes as a taxonomy of ours, and what services say of them."""
    links = Service.themes.through._default_manager.order_by("service__uid", "theme__order", "theme__code")
    themes = Theme.objects.select_related("region").order_by("order", "code", "region__code")
    if services is not None:
        links = links.filter(service__in=services)
        themes = themes.filter(pk__in=links.order_by().values("theme"))
    terms = {theme.pk: theme_term(theme) for theme in themes}
    if terms:
        rows["taxonomy"].append(themes_taxonomy())
        rows["taxonomy_term"] += terms.values()
    rows["attribute"] += [
        theme_attribute(str(uid), terms[theme]["id"]) for uid, theme in links.values_list("service__uid", "theme")
    ]


def columns_of(kind: str, rows: Iterable[Json]) -> list[str]:
    """Return the columns of a table: the identifier, the fields in the order of the shape, then any other."""
    shape = BY_KIND.get(kind)
    order = {name: rank for rank, name in enumerate(["id", *(shape.fields if shape else ())])}
    names = dict.fromkeys(name for row in rows for name in row)
    return sorted(names, key=lambda name: order.get(name, len(order)))
