"""Organisations and services as the tables that `imports` reads: a file that leaves may come back."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from arrimage.directory.models import Organisation, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.foundation.imports import importers
from arrimage.foundation.writing import write_language, write_phone

AT_ONCE = 1_000


def organisation_table(organisations: QuerySet[Organisation]) -> Iterator[list[str]]:
    """Give the titles, then a row an organisation."""
    found = organisations.select_related("region", "place", "municipality")
    return _table("organisations", found, _organisation)


def service_table(services: ServiceQuerySet) -> Iterator[list[str]]:
    """Give the titles, then a row a service that came `with_locations` and its themes; where, of its first location."""
    return _table("services", services.select_related("organisation__region"), _service)


def _table(kind: str, records: QuerySet[Any], said: Callable[[Any], dict[str, str]]) -> Iterator[list[str]]:
    columns = importers()[kind].columns
    yield [next(iter(column.aliases), column.name) for column in columns]
    with override("fr"):
        for record in records.iterator(chunk_size=AT_ONCE):
            row = said(record)
            yield [row[column.name] for column in columns]


def _organisation(record: Organisation) -> dict[str, str]:
    return {
        "name": record.name,
        "kind": record.kind,
        "region": record.region.code,
        "municipality": record.municipality.name if record.municipality else "",
        "neq": record.neq,
        "address": record.address,
        "place": record.place.name if record.place else "",
        "email": record.email,
        "phone": write_phone(record.phone) if record.phone else "",
        "website": record.website,
        "uid": str(record.uid),
    }


def _service(record: Service) -> dict[str, str]:
    return {
        "organisation": record.organisation.name,
        "name": record.name,
        "description": record.description,
        "themes": "|".join(theme.label_fr for theme in record.themes.all()),
        "languages": "|".join(write_language(code) for code in record.languages),
        "region": record.organisation.region.code,
        "address": record.address,
        "place": record.place.name if record.place else "",
        "contact_email": record.contact_email,
        "delay_days": "" if record.delay_days is None else str(record.delay_days),
        "offered": "oui" if record.is_offered else "non",
        "uid": str(record.uid),
    }
