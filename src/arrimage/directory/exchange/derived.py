"""What the standard says in objects of its own and we keep in a field, or in our themes: made on the way out, taken
back on the way in. Their identifiers are made from what they say, so that they are the same each time."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import override

from arrimage.directory.enums import ServiceStatus
from arrimage.directory.exchange.found import Faults, Found, Tables
from arrimage.directory.exchange.shapes import Json, Rows
from arrimage.directory.models import Theme
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse
from arrimage.foundation.writing import write_language

_NAMESPACE = UUID("6c0c35ba-5d1c-4b7e-9d3a-3e3ad3f6a6a1")
SPEAKING = ("service", "location", "phone")  # what has languages, by kind
LANGUAGE_FILE, IDENTIFIER_FILE = "languages.csv", "organization_identifiers.csv"
NEQ = "NEQ"


def derived_id(*parts: str) -> str:
    return str(uuid5(_NAMESPACE, "/".join(parts)))


THEMES = derived_id("themes")


def term_id(theme: Theme) -> str:
    return derived_id("theme", theme.region.code if theme.region else "", theme.code)


# --- Out ------------------------------------------------------------------------------------------------------------
def derive(rows: Rows) -> None:
    """Turn our fields into the standard's objects, in place."""
    for service in rows.get("service", ()):
        service["status"] = ServiceStatus.of(
            is_offered=service.pop("is_offered", False), closure=service.pop("closure", "")
        ).value
    for organisation in rows.get("organization", ()):
        _derive_organisation(organisation, rows)
    with override("fr"):
        rows["language"] = [
            {"id": derived_id(row["id"], "language", code), f"{kind}_id": row["id"],
             "name": write_language(code), "code": code}
            for kind in SPEAKING
            for row in rows.get(kind, ())
            for code in row.pop("languages", ())
        ]  # fmt: skip


def _derive_organisation(row: Json, rows: Rows) -> None:
    if neq := row.pop("neq", ""):
        rows.setdefault("organization_identifier", []).append(
            {"id": derived_id(row["id"], NEQ), "organization_id": row["id"],
             "identifier_scheme": "CA-NEQ", "identifier_type": NEQ, "identifier": neq}
        )  # fmt: skip
    if number := row.pop("phone", ""):
        phone = {"id": derived_id(row["id"], "phone"), "organization_id": row["id"], "number": number}
        rows.setdefault("phone", []).append(phone)


def themes_taxonomy() -> Json:
    return {
        "id": THEMES,
        "name": "Thèmes de besoin",
        "description": "Les besoins auxquels les services répondent, tels que la plateforme les nomme.",
    }


def theme_term(theme: Theme) -> Json:
    """Return a theme as a term; its English name, region and rank are ours."""
    row = {
        "id": term_id(theme), "taxonomy_id": THEMES, "code": theme.code, "name": theme.label_fr, "description": "",
        "language": "fr", "name_en": theme.label_en, "order": theme.order,
    }  # fmt: skip
    return row | ({"region": theme.region.code} if theme.region else {})


def theme_attribute(service_id: str, term: str) -> Json:
    return {"id": derived_id(service_id, term), "service_id": service_id, "taxonomy_term_id": term}


# --- In -------------------------------------------------------------------------------------------------------------
def absorb(tables: Tables, faults: Faults) -> dict[str, Found]:
    """Turn the standard's objects back into our fields, in place; return the themes met, by the identifier of terms."""
    for attribute in tables.get("attribute", ()):
        _take_link(attribute)
    for service in tables.get("service", ()):
        _take_status(service, faults)
    by_id = {
        kind: {_identifier(found, "id"): found for found in tables.get(kind, ())}
        for kind in ("organization", *SPEAKING)
    }
    for language in tables.pop("language", ()):
        _take_language(language, by_id, faults)
    for kind, belongs, take in (
        ("organization_identifier", lambda row: row.get("identifier_type") == NEQ, ("neq", "identifier")),
        (
            "phone",
            lambda row: row.get("id") == derived_id(str(row.get("organization_id")), "phone"),
            ("phone", "number"),
        ),
    ):
        tables[kind] = list(_take_field(tables.get(kind, ()), by_id["organization"], belongs, take))
    return _take_themes(tables)


def _identifier(found: Found, name: str) -> str:
    """Return an identifier as it is written; nothing where it is not text, which is refused when types are read."""
    value = found.row.get(name)
    return value if isinstance(value, str) else ""


def _take_link(found: Found) -> None:
    """Name the owner of an attribute as every other part does; nested, it already does."""
    row = found.row
    link, entity = row.pop("link_id", None), row.pop("link_entity", None)
    if link is not None and isinstance(entity, str):
        row[f"{entity}_id"] = link


def _take_status(found: Found, faults: Faults) -> None:
    status = found.row.pop("status", None)
    if status not in ServiceStatus.values:
        faults.choice(found, "status", status, ServiceStatus.values)
        return
    found.row["is_offered"] = status == ServiceStatus.ACTIVE
    found.row["closure"] = ServiceStatus(status).closure


def _take_language(found: Found, by_id: dict[str, dict[Any, Found]], faults: Faults) -> None:
    row = found.row
    owner = next(
        (owner for kind in SPEAKING if (owner := by_id[kind].get(_identifier(found, f"{kind}_id"))) is not None), None
    )
    if owner is None:
        faults.dangling(found, "language", next((row[f"{kind}_id"] for kind in SPEAKING if f"{kind}_id" in row), ""))
        return
    written = row.get("code") or row.get("name")
    try:
        code = parse.language(written if isinstance(written, str) else "")
    except InvalidInput as error:
        faults.add(found, "code", str(error))
        return
    spoken = owner.row.setdefault("languages", [])
    if code not in spoken:
        spoken.append(code)


def _take_field(
    parts: Iterable[Found], owners: dict[Any, Found], belongs: Callable[[Json], bool], take: tuple[str, str]
) -> Iterable[Found]:
    """Move a field of the parts that are ours to their owner; give the others."""
    ours, theirs = take
    for found in parts:
        owner = owners.get(_identifier(found, "organization_id"))
        if owner is not None and belongs(found.row):
            owner.row[ours] = found.row.get(theirs)
        else:
            yield found


def _take_themes(tables: Tables) -> dict[str, Found]:
    terms = tables.get("taxonomy_term", [])
    themes = {
        found.row["id"]: found
        for found in terms
        if found.row.get("taxonomy_id") == THEMES and isinstance(found.row.get("id"), str)
    }
    if not themes:
        return {}
    tables["taxonomy_term"] = [found for found in terms if _identifier(found, "id") not in themes]
    tables["taxonomy"] = [found for found in tables.get("taxonomy", ()) if found.row.get("id") != THEMES]
    services = {_identifier(found, "id"): found for found in tables.get("service", ())}
    others = []
    for found in tables.get("attribute", ()):
        service = services.get(_identifier(found, "service_id"))
        if service is not None and _identifier(found, "taxonomy_term_id") in themes:
            service.themes.append(found.row["taxonomy_term_id"])
        else:
            others.append(found)
    tables["attribute"] = others
    return themes
