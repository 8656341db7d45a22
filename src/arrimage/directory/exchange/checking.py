"""What a package says, checked and typed: every field by the database's own field, every reference, every cycle."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateTimeField, DecimalField, Field, FloatField, ForeignKey, IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.directory.exchange.derived import absorb
from arrimage.directory.exchange.found import Faults, Found, Tables
from arrimage.directory.exchange.gathering import place_code
from arrimage.directory.exchange.reading import LIMITS
from arrimage.directory.exchange.shapes import BY_KIND, SHAPES, Json, Shape
from arrimage.directory.exchange.writing import SEPARATOR
from arrimage.directory.models import Theme
from arrimage.foundation.imports.forgiving import shorten
from arrimage.territory.models import Place, Region

_CYCLES = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}
_DIGITS = 40
_THEME = {"code": "code", "name": "label_fr", "name_en": "label_en", "order": "order"}  # a term → our theme
_TRUE, _FALSE = ("true", "1"), ("false", "0")


@dataclass(slots=True)
class Item:
    """One object, typed: `values` by our fields, references as identifiers under the standard's names."""

    uid: UUID
    found: Found
    values: Json
    references: dict[str, UUID]


@dataclass(slots=True)
class Checked:
    """A package without a fault: its objects by kind, its themes by the identifier of their term, what is left out."""

    items: dict[str, dict[UUID, Item]]
    themes: dict[str, Found]
    spoken: frozenset[str]
    left_out: Counter[str] = field(default_factory=Counter)


def check(tables: Tables) -> Checked:
    """Return the package typed. Raises `PackageRefused` with each fault at its place. Two queries."""
    faults = Faults()
    spoken = frozenset(tables)
    themes = absorb(tables, faults)
    checked = Checked({}, themes, spoken)
    types = _Types(faults)
    for shape in SHAPES:
        checked.items[shape.kind] = dict(_items(shape, tables.get(shape.kind, ()), types, checked.left_out, faults))
    for kind in tables:
        if kind not in BY_KIND:
            checked.left_out[kind] += len(tables[kind])
    for theme in themes.values():
        types.read_theme(theme)
    for shape in SHAPES:
        for item in checked.items[shape.kind].values():
            _check_references(shape, item, checked, faults)
    for kind, key in _CYCLES.items():
        _check_cycles(checked.items[kind], key, faults)
    faults.check()
    return checked


def _items(
    shape: Shape, rows: Any, types: "_Types", left_out: Counter[str], faults: Faults
) -> Iterator[tuple[UUID, Item]]:
    seen: dict[UUID, str] = {}
    for found in rows:
        try:
            uid = UUID(found.row.get("id"))
        except (TypeError, ValueError, AttributeError):
            message = _("« %(value)s » n’est pas un identifiant (UUID).")
            faults.add(found, "id", message % {"value": shorten(str(found.row.get("id", "")))})
            continue
        item = Item(uid, found, {}, {})
        for name in found.row.keys() - shape.fields.keys() - {"id"}:
            left_out[f"{shape.kind}.{name}"] += found.row[name] not in (None, "", [], {})
        for name in shape.fields:
            types.read(shape, item, name)
        if uid in seen:  # the same identifier, written in another case or with braces
            message = _("« %(id)s » est déjà décrit, autrement, ici : %(place)s.")
            faults.add(found, "id", message % {"id": uid, "place": seen[uid]})
        seen.setdefault(uid, found.place)
        yield uid, item


def _check_references(shape: Shape, item: Item, checked: Checked, faults: Faults) -> None:
    for name, kind in shape.references.items():
        if name in item.references and item.references[name] not in checked.items[kind]:
            faults.dangling(item.found, name, item.references[name])
    owners = [name for name in shape.owners if name in item.references]
    if shape.kind == "location" and not owners:
        _adopt(item, checked, faults)
    elif shape.owners and len(owners) != 1:
        message = _("L’objet doit appartenir à un seul autre, par l’un de ces champs : %(names)s.")
        faults.add(item.found, "", message % {"names": ", ".join(shape.owners)})
    if shape.kind == "service" and "organization_id" not in item.references:
        faults.add(item.found, "organization_id", _("Un service est offert par un organisme."))


def _adopt(location: Item, checked: Checked, faults: Faults) -> None:
    """Give a location without an organisation to that of the first service offered there."""
    for at_location in checked.items["service_at_location"].values():
        service = checked.items["service"].get(at_location.references.get("service_id", location.uid))
        if at_location.references.get("location_id") == location.uid and service:
            location.references["organization_id"] = service.references.get("organization_id", location.uid)
            return
    faults.add(
        location.found, "organization_id", _("Ce lieu n’est à aucun organisme, et aucun service n’y est offert.")
    )


def _check_cycles(items: dict[UUID, Item], key: str, faults: Faults) -> None:
    safe: set[UUID] = set()
    for start in items.values():
        path: dict[UUID, None] = {}
        here: Item | None = start
        while here is not None and here.uid not in safe:
            if here.uid in path:
                message = _("« %(id)s » finit par être sous lui-même.")
                faults.add(here.found, key, message % {"id": here.uid})
                break
            path[here.uid] = None
            here = items.get(here.references[key]) if key in here.references else None
        safe |= path.keys()


class _Types:
    """Reads values by the type of their field; regions and places by the names packages give them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._named: dict[Any, dict[str, int]] = {
            Region: {region.code: region.pk for region in Region.objects.all()},
            Place: {place_code(place): place.pk for place in Place.objects.select_related("region")},
        }

    def read_theme(self, found: Found) -> None:
        """Check the types of what a term says of one of our themes."""
        for name, ours in _THEME.items():
            if (value := found.row.get(name)) not in (None, ""):
                try:
                    column: Any = Theme._meta.get_field(ours)
                    _typed(column, value, found.is_text)
                except ValidationError as error:
                    self._faults.add(found, name, " ".join(error.messages))
                except (TypeError, ValueError, ArithmeticError):
                    self._not_a_value(found, name, value)

    def _not_a_value(self, found: Found, name: str, value: Any) -> None:
        message = _("« %(value)s » n’est pas une valeur de ce champ.")
        self._faults.add(found, name, message % {"value": shorten(str(value))})

    def read(self, shape: Shape, item: Item, name: str) -> None:
        """Put the value of a field in `item`, or its fault in the faults."""
        found, column, ours = item.found, shape.column(name), shape.fields[name]
        value = found.row.get(name)
        if value is None or value == "":
            if name in shape.required and not _may_be_empty(column):
                self._faults.add(found, name, _("Ce champ est obligatoire."))
            elif name in shape.references or (name not in found.row and name in (*shape.ours, *shape.set_once)):
                return
            elif name not in shape.set_once:
                item.values[column.attname] = _empty(column)
            return
        try:
            if name in shape.references:
                item.references[name] = UUID(_text(value))
            elif isinstance(column, ForeignKey):
                item.values[column.attname] = self._named[column.related_model][_text(value)]
            else:
                item.values[ours] = column.clean(_typed(column, value, found.is_text), None)
        except KeyError:
            self._faults.add(found, name, _("« %(value)s » n’est pas connu ici.") % {"value": shorten(str(value))})
        except ValidationError as error:
            self._faults.add(found, name, " ".join(error.messages))
        except (TypeError, ValueError, AttributeError, ArithmeticError):
            self._not_a_value(found, name, value)


def _number(value: int | float | str) -> Decimal:
    """Return a number; raises for those a few characters make endless to write out, such as 1e999999999."""
    number = Decimal(str(value))
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise ValueError(value)
    return number


def _may_be_empty(column: "Field[Any, Any]") -> bool:
    return column.blank and column.empty_strings_allowed


def _empty(column: "Field[Any, Any]") -> Any:
    if column.null:
        return None
    return "" if _may_be_empty(column) else column.get_default()


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError(value)
    value.encode()  # half a character of JSON is a `ValueError`
    if len(value) > LIMITS.field_characters:
        raise ValidationError(_("Le texte dépasse %(limit)d caractères.") % {"limit": LIMITS.field_characters})
    return value


def _typed(column: "Field[Any, Any]", value: Any, is_text: bool) -> Any:
    """Return a value of the type the field has; raises `TypeError` for JSON of another type."""
    if isinstance(column, ArrayField):
        texts = value.split(SEPARATOR) if is_text and isinstance(value, str) else value
        if not isinstance(texts, list):
            raise TypeError(value)
        return [_text(text) for text in texts]
    if isinstance(column, BooleanField):
        if is_text and value in (*_TRUE, *_FALSE):
            return value in _TRUE
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if isinstance(column, IntegerField | DecimalField | FloatField):
        if isinstance(value, bool) or not isinstance(value, str if is_text else int | float):
            raise TypeError(value)
        number = _number(value)
        if isinstance(column, IntegerField) and number != int(number):
            raise ValueError(value)
        return (
            int(number)
            if isinstance(column, IntegerField)
            else number
            if isinstance(column, DecimalField)
            else float(number)
        )
    text = _text(value)
    if isinstance(column, DateTimeField):
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else timezone.make_aware(instant)
    return text
