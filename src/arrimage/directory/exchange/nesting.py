"""Rows side by side become objects inside one another, and back."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from arrimage.directory.exchange.found import Faults, Found, Tables
from arrimage.directory.exchange.shapes import BY_KIND, SHAPES, Json, Rows

# Lists inside an object, by name; the keys that name the owner are left out inside it.
NESTED = {shape.nested: shape.kind for shape in SHAPES if shape.nested} | {
    "languages": "language",
    "organization_identifiers": "organization_identifier",
    "services": "service",
}
OWNER_KEYS = {shape.kind: tuple(shape.owners) for shape in SHAPES} | {
    "language": ("service_id", "location_id", "phone_id"),
    "organization_identifier": ("organization_id",),
    "service": ("organization_id",),
}
_LISTS = {kind: name for name, kind in NESTED.items()}
# One object inside another, and the key that stands for it.
_INLINE = {
    "organization": ("organization", "organization_id"),
    "location": ("location", "location_id"),
    "service": ("service", "service_id"),
    "taxonomy_term": ("taxonomy_term", "taxonomy_term_id"),
    "taxonomy_detail": ("taxonomy", "taxonomy_id"),
}
_DEEPEST = 12


def fold(rows: Rows) -> Rows:
    """Put parts inside what they belong to, in place; return the rows that stand for themselves."""
    by_id = {kind: {row["id"]: row for row in found} for kind, found in rows.items()}
    for kind, keys in OWNER_KEYS.items():
        if kind == "service":
            continue  # it stands for itself
        for row in rows.get(kind, ()):
            key = next((key for key in keys if key in row), None)
            owner = by_id.get(key.removesuffix("_id"), {}).get(row[key]) if key else None
            if key and owner is not None:
                del row[key]
                owner.setdefault(_LISTS[kind], []).append(row)
    return {kind: rows.get(kind, []) for kind in ("organization", "service", "taxonomy", "taxonomy_term")}


def inline(rows: Rows) -> None:
    """Write, inside folded services, the organisation, locations and terms that they name by key."""
    by_id = {kind: {row["id"]: row for row in found} for kind, found in rows.items()}
    for term in rows.get("taxonomy_term", ()):
        if (taxonomy := by_id.get("taxonomy", {}).get(term.get("taxonomy_id"))) is not None:
            term["taxonomy_detail"] = taxonomy
    for kind, name in (
        ("attribute", "taxonomy_term"),
        ("service_at_location", "location"),
        ("service", "organization"),
    ):
        for row in rows.get(kind, ()):
            if (named := by_id.get(name, {}).get(row.get(f"{name}_id"))) is not None:
                row[name] = named


def unfold(tables: Tables, kind: str, objects: Any, place: str, faults: Faults) -> None:
    """Take nested objects apart into `tables`, each with its place."""
    if not isinstance(objects, list):
        faults.say(_("%(place)s : une liste d’objets est attendue.") % {"place": place})
        return
    for rank, content in enumerate(objects):
        _take(tables, kind, content, f"{place}[{rank}]", {}, faults, 0)


def _take(tables: Tables, kind: str, content: Any, place: str, owner: Json, faults: Faults, depth: int) -> None:
    if not isinstance(content, dict) or depth > _DEEPEST:
        faults.say(_("%(place)s : un objet est attendu.") % {"place": place})
        return
    row = dict(owner)
    found = Found(kind, row, place)
    tables.setdefault(kind, []).append(found)
    inside = []
    for name, value in content.items():
        if name in NESTED and f"{kind}_id" in OWNER_KEYS[NESTED[name]] and value is not None:
            inside.append((name, value))
        elif name in _INLINE and isinstance(value, dict):
            other, key = _INLINE[name]
            _take(tables, other, value, f"{place}.{name}", {}, faults, depth + 1)
            row[key] = value.get("id")
        elif name in owner and value != owner[name]:
            faults.add(found, name, _("ce n’est pas l’identifiant de l’objet qui le contient."))
        else:
            row[name] = value
    for name, parts in inside:
        if not isinstance(parts, list):
            faults.say(_("%(place)s : une liste d’objets est attendue.") % {"place": f"{place}.{name}"})
            continue
        for rank, part in enumerate(parts):
            inner = {f"{kind}_id": content.get("id")}
            _take(tables, NESTED[name], part, f"{place}.{name}[{rank}]", inner, faults, depth + 1)


def merge(tables: Tables, faults: Faults) -> None:
    """Make one of the objects that JSON repeats inside several others; refuse those that contradict each other."""
    for kind, found in tables.items():
        tables[kind] = list(_merged(found, faults))


def _merged(all_found: list[Found], faults: Faults) -> Iterator[Found]:
    seen: dict[Any, Found] = {}
    for found in all_found:
        key = found.row.get("id")
        if not isinstance(key, str) or key not in seen:
            if isinstance(key, str):
                seen[key] = found
            yield found
            continue
        first = seen[key]
        for name, value in found.row.items():
            if found.is_text or first.row.setdefault(name, value) != value:
                message = _("« %(id)s » est déjà décrit, autrement, ici : %(place)s.")
                faults.add(found, "id" if found.is_text else name, message % {"id": key, "place": first.place})
                break


def known_names(kind: str) -> frozenset[str]:
    """Return every name that is read of a kind of object."""
    shape = BY_KIND.get(kind)
    return frozenset({"id", *(shape.fields if shape else ())})
