"""The values of a record as a proposal keeps them (JSON), and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Field, Model

from arrimage.foundation.models import Record


def field_names(model: type[Record]) -> list[str]:
    """Return the names of the fields people fill in a part, in order: neither what it belongs to nor its keys."""
    owners = getattr(model, "owners", ())
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in owners
    ]


def kept_values(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """Return these fields of a record; a relation by its key. `DjangoJSONEncoder` writes them."""
    return {name: _field(type(record), name).value_from_object(record) for name in names}


def revived(model: type[Record], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a record takes them, from those a proposal kept."""
    return {name: _revive(_field(model, name), value) for name, value in kept.items()}


def _revive(field: Any, value: Any) -> Any:
    if not field.is_relation:
        return field.to_python(value)
    related: type[Model] = field.related_model
    return None if value is None else related._default_manager.get(pk=value)


def _field(model: type[Record], name: str) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field
