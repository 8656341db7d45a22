"""A world where everything somebody could have typed is hostile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import CharField, F, JSONField, TextField, Value
from django.db.models.functions import Cast, Concat

from tests import roles
from tests.permissions.world import World, build

MARK = "x9"
TAG = f"\"'><{MARK}>"  # leaves an attribute, then a text: a browser that reads it sees a tag named x9
FORMULA = "=1+x9"


@contextmanager
def world(payload: str) -> Iterator[World]:
    """The world of the permission matrix, every text of it spoiled; undone after the block."""
    with transaction.atomic():
        roles.become_web_role(for_transaction=True)
        roles.act_as_tests()
        built = build()
        built.sign_everybody_in()
        built.things["columns"] = spoil(payload)
        yield built
        transaction.set_rollback(True)


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield the columns of a model that hold what people write."""
    for field in model._meta.concrete_fields:
        named = isinstance(field, CharField | TextField) and not field.choices and field.name != "password"
        if named and not field.primary_key and (field.max_length is None or field.max_length >= 12):
            yield field


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("arrimage.") and model._meta.managed and not model._meta.proxy
    ]


def spoil(payload: str) -> list[str]:
    """Put `payload` in front of every text of every row that accepts it, and inside JSON; return which columns took it.

    Each text is made different by its row's key, for what is unique.
    """
    spoiled = []
    for model in ours():
        for field in text_fields(model):
            parts: list[Any] = [Value(payload), Cast(F("pk"), TextField())]
            if field.max_length is None or field.max_length >= 60:
                parts += [Value(" "), F(field.name)]
            new = Concat(*parts, output_field=TextField())
            try:
                with transaction.atomic():
                    changed = model._base_manager.exclude(**{field.name: ""}).update(**{field.name: new})
            except DatabaseError:
                continue  # a code with a format of its own, or a row that is append-only
            if changed:
                spoiled.append(f"{model._meta.label}.{field.name}")
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField):
                spoiled += spoil_json(model, field.name, payload)
    return spoiled


def spoil_json(model: type[models.Model], name: str, payload: str) -> list[str]:
    done = []
    for row in model._base_manager.exclude(**{f"{name}__isnull": True}):
        value = getattr(row, name)
        if isinstance(value, dict) and any(isinstance(text, str) for text in value.values()):
            spoiled = {key: payload + text if isinstance(text, str) else text for key, text in value.items()}
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{name: spoiled})
            except DatabaseError:
                continue
            done.append(f"{model._meta.label}.{name}")
    return list(dict.fromkeys(done))
