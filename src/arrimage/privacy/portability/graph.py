"""Which tables mention persons, found from the models themselves: nobody keeps a list that can be out of date."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Field, ForeignKey, Model

from arrimage.accounts.models import User
from arrimage.people.models import Person

# A column by which a table speaks of a record, a person or an account without a relation.
BY_VALUE = frozenset(
    {
        "record_id", "record_uid", "table_name", "object_id", "object_uid", "object_pk", "person_id", "person_uid",
        "user_id", "user_uid", "actor_id", "actor_uid", "session_key", "session_data", "args", "email", "holder",
    }
)  # fmt: skip


def every_model() -> list[type[Model]]:
    """Return every table Django knows, those of many-to-many relations included."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def tables_that_reach(target: type[Model]) -> set[type[Model]]:
    """Return the tables from which a chain of foreign keys leads to `target`, itself included."""
    pointing = {model: {_target(key) for key in foreign_keys(model)} for model in every_model()}
    # A many-to-many relation is a table of its own: whoever it joins to somebody mentions them too.
    for model in every_model():
        for relation in model._meta.many_to_many:
            pointing[model].add(_concrete(relation.related_model))
    reached = {target}
    while True:
        more = {model for model, targets in pointing.items() if targets & reached} - reached
        if not more:
            return reached
        reached |= more


def tables_to_declare() -> set[type[Model]]:
    """Return the tables `registry` must speak of: those that lead to a person, point to an account (a person's, it may
    be), or name either by a value. The table of a many-to-many relation goes with the model that has the relation."""
    accounts = {model for model in every_model() if any(_target(key) is User for key in foreign_keys(model))}
    by_value = {model for model in every_model() if BY_VALUE & {column.name for column in _plain(model)}}
    mention = tables_that_reach(Person) | accounts | by_value | {User}
    return {_owner(model) for model in mention}


def _owner(model: type[Model]) -> type[Model]:
    """Return the model a table belongs to: itself, or the one whose many-to-many relation it keeps."""
    created_for: Any = model._meta.auto_created
    return created_for or model


def foreign_keys(model: type[Model]) -> list["ForeignKey[Model, Model]"]:
    """Return the foreign keys of a table (one-to-one relations included)."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _plain(model: type[Model]) -> list["Field[object, object]"]:
    """Return the columns of a table that are no relation."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.ForeignKey)]


def _target(key: "ForeignKey[Model, Model]") -> type[Model]:
    return _concrete(key.remote_field.model)


def _concrete(model: type[Model] | str) -> type[Model]:
    if isinstance(model, str):
        raise TypeError(f"the relation to {model} is not resolved yet")
    return model._meta.concrete_model or model
