"""A checked package, written: what is missing is created, what differs is changed, parts that are gone are removed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.exchange.checking import Checked, Item
from arrimage.directory.exchange.found import Faults, Found, PackageRefused
from arrimage.directory.exchange.shapes import SHAPES, WHOLES, Json, Shape
from arrimage.directory.models import Organisation, Service, ServiceJoining, Theme
from arrimage.foundation.changes import relink
from arrimage.foundation.imports import Counts, upsert
from arrimage.foundation.imports.database_errors import explain
from arrimage.foundation.models import Record
from arrimage.territory.models import Region

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What may not be said twice, by kind: the fields, of which the first is a reference or a region.
_ONCE = {
    "organization": ("region_id", "name"),
    "service": ("organisation_id", "name"),
    "service_at_location": ("service_id", "location_id"),
}


@dataclass(slots=True)
class Loaded:
    """What was written: how many objects were created, changed or as they should be; how many parts were removed."""

    counts: Counts = field(default_factory=Counts)
    removed: int = 0
    without_theme: int = 0


@action
def load(actor: Actor, package: Checked, region_id: int | None = None) -> Loaded:
    """Write a package, whole. `region_id` is the region of the organisations that name none.

    Raises `PackageRefused`, with the place of each fault, and `NotAllowed` for another region's organisations.
    """
    require(actor, Right.MANAGE_DIRECTORY)
    _refuse_joined(package.items["service"])
    _settle_regions(actor, package.items["organization"], region_id)
    keys: dict[str, dict[UUID, int]] = {}
    loaded = Loaded()
    for shape in SHAPES:
        loaded.counts += _load(shape, package.items[shape.kind], keys)
    for shape in SHAPES:
        if shape.kind not in WHOLES and shape.kind in package.spoken:
            loaded.removed += _remove(shape, keys)
    loaded.counts += Counts(updated=loaded.removed)
    loaded.without_theme = _set_themes(actor, package, keys["service"])
    return loaded


def _refuse_joined(items: dict[UUID, Item]) -> None:
    """Refuse services that were joined to others since: the package would bring back what was written twice."""
    faults = Faults()
    for joining in ServiceJoining.objects.filter(gone__in=items).select_related("kept"):
        message = _("Ce service a été joint à « %(name)s », d’identifiant %(id)s : écrivez celui-là à sa place.")
        faults.add(items[joining.gone].found, "id", message % {"name": joining.kept.name, "id": joining.kept.uid})
    faults.check()


def _settle_regions(actor: Actor, items: dict[UUID, Item], region_id: int | None) -> None:
    """Give each organisation its region, which never changes, and check that the actor may write there."""
    faults = Faults()
    known = dict(Organisation.objects.filter(uid__in=items).values_list("uid", "region_id"))
    for uid, item in items.items():
        said = item.values.get("region_id")
        settled = known.get(uid) or said or region_id
        if settled is None:
            faults.add(item.found, "region", _("Dites la région de cet organisme : ici, ou pour tout le paquet."))
        elif said and said != settled:
            faults.add(item.found, "region", _("Cet identifiant est celui d’un organisme d’une autre région."))
        item.values["region_id"] = settled
    faults.check()
    for region in {item.values["region_id"] for item in items.values()}:
        require(actor, Right.MANAGE_DIRECTORY, region_id=region)


def _load(shape: Shape, items: dict[UUID, Item], keys: dict[str, dict[UUID, int]]) -> Counts:
    records = {record.uid: record for record in shape.model._default_manager.filter(uid__in=items)}
    faults = Faults()
    counts = Counts()
    for level in _levels(shape, items):
        keys[shape.kind] = {uid: record.pk for uid, record in records.items()}
        rows = [(item.uid, _values(shape, item, records.get(item.uid), keys, faults)) for item in level]
        faults.check()
        _check_once(shape, rows, items, faults)
        try:
            with transaction.atomic():
                counts += upsert(shape.model, records, rows)
        except DatabaseError as error:
            raise PackageRefused([_place_of(error, shape, items)]) from error
    keys[shape.kind] = {uid: record.pk for uid, record in records.items()}
    return counts


def _levels(shape: Shape, items: dict[UUID, Item]) -> Iterator[list[Item]]:
    """Give the objects, those that others are under first."""
    under = next((name for name, kind in shape.references.items() if kind == shape.kind), None)
    waiting, done = dict(items), set[UUID]()
    while waiting:
        level = [item for item in waiting.values() if under is None or item.references.get(under) not in waiting]
        done |= {item.uid for item in level}
        yield level
        waiting = {uid: item for uid, item in waiting.items() if uid not in done}


def _values(shape: Shape, item: Item, record: Record | None, keys: dict[str, dict[UUID, int]], faults: Faults) -> Json:
    """Return the fields to write: ours under their columns, references as keys."""
    values = {"uid": item.uid, **item.values}
    for name, kind in shape.references.items():
        column = shape.column(name).attname
        values[column] = keys[kind].get(item.references[name]) if name in item.references else None
        if record is not None and name in shape.fixed and getattr(record, column) != values[column]:
            faults.add(item.found, "id", _("Cet identifiant est celui d’un objet qui appartient à un autre."))
    if record is not None:
        for name in shape.set_once:
            values.pop(shape.fields[name], None)
    return values


def _check_once(shape: Shape, rows: list[tuple[UUID, Json]], items: dict[UUID, Item], faults: Faults) -> None:
    fields = _ONCE.get(shape.kind)
    if fields is None:
        return
    known = shape.model._default_manager.filter(**{f"{fields[0]}__in": {values[fields[0]] for _uid, values in rows}})
    taken = {tuple(values): uid for uid, *values in known.values_list("uid", *fields)}
    for uid, values in rows:
        key = tuple(values[name] for name in fields)
        if taken.setdefault(key, uid) != uid:
            faults.add(
                items[uid].found,
                "",
                _("Un objet de ce nom existe déjà ici, sous l’identifiant %(id)s.") % {"id": taken[key]},
            )
    faults.check()


def _place_of(error: DatabaseError, shape: Shape, items: dict[UUID, Item]) -> str:
    """Return the sentence of what the database refused, with its place when the database names the row."""
    detail = str(getattr(getattr(error.__cause__, "diag", None), "message_detail", ""))
    item = next((items[uid] for uid in map(UUID, _UUID.findall(detail)) if uid in items), None)
    column, message = explain(error)
    faults = Faults()
    if item is None:
        return f"{shape.file} : {message}"
    faults.add(item.found, column or "", message)
    return faults.sentences[0]


def _remove(shape: Shape, keys: dict[str, dict[UUID, int]]) -> int:
    """Remove the parts, of what is in the package, that are no longer in it."""
    gone: set[int] = set()
    for key, kind in shape.owners.items():
        parts = shape.model._default_manager.filter(**{f"{shape.fields[key]}__in": keys[kind].values()})
        if shape.only is not None:
            parts = parts.filter(shape.only)
        gone |= set(parts.exclude(uid__in=keys[shape.kind]).values_list("pk", flat=True))
    shape.model._default_manager.filter(pk__in=gone).delete()
    return len(gone)


def _set_themes(actor: Actor, package: Checked, services: dict[UUID, int]) -> int:
    """Give services the themes the package says; return how many have none."""
    themes = _themes(actor, package.themes)
    wanted = {
        services[uid]: [themes[term] for term in item.found.themes]
        for uid, item in package.items["service"].items()
        if item.found.themes
    }
    relink(Service.themes.through, "service", "theme", wanted)
    return Service.objects.filter(pk__in=services.values(), themes=None).count()


def _new_theme(row: Json, region_id: int) -> Theme:
    """Return a region's own theme as the term says it, not checked yet."""
    values = {"code": row.get("code"), "label_fr": row.get("name"), "label_en": row.get("name_en") or row.get("name")}
    if row.get("order"):
        values["order"] = row["order"]
    return Theme(region_id=region_id, **values)


def _themes(actor: Actor, terms: dict[str, Found]) -> dict[str, int]:
    """Return the keys of the themes behind terms, by identifier. A region's own is made when it is not here."""
    regions = {region.code: region.pk for region in Region.objects.all()}
    known: dict[tuple[str, int | None], int] = {
        (code, region): key for key, code, region in Theme.objects.values_list("pk", "code", "region_id")
    }
    faults = Faults()
    found: dict[str, int] = {}
    for term, said in terms.items():
        row = said.row
        region = regions.get(str(row.get("region", "")))
        key = known.get((str(row.get("code")), region))
        if key is None and region is not None:
            require(actor, Right.MANAGE_DIRECTORY, region_id=region)
            theme = _new_theme(row, region)
            try:
                theme.full_clean()
                theme.save()
            except ValidationError as error:
                faults.add(said, next(iter(error.message_dict)), " ".join(error.messages))
                continue
            key = theme.pk
        if key is None or (row.get("region") and region is None):
            faults.add(said, "code", _("« %(value)s » n’est pas un thème d’ici.") % {"value": row.get("code")})
            continue
        found[term] = key
    faults.check()
    return found
