"""The filters in force, each as a chip with the address that takes it away."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BaseForm, BoundField, CheckboxInput, ModelChoiceField
from django.http import QueryDict
from django.utils.translation import gettext as _

from arrimage.foundation.writing import write_date, write_number
from arrimage.web.parts import Chip


def chips_of(form: BaseForm, query: QueryDict) -> list[Chip]:
    """Return one chip for each value that a valid filter form holds; several for a field of several values."""
    form.is_valid()
    chips = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        names = _parameters(bound)
        if value in (None, "", [], ()) or (isinstance(value, QuerySet) and not query.getlist(bound.name)):
            continue
        if value is False and isinstance(bound.field.widget, CheckboxInput):
            continue  # a box that is not ticked narrows nothing
        if isinstance(value, list | tuple | QuerySet):
            chips += [
                Chip(str(bound.label), _in_words(bound, one), without(query, names, key))
                for one, key in zip(value, _raw(value), strict=True)
            ]
        else:
            chips.append(Chip(str(bound.label), _in_words(bound, value), without(query, names)))
    return chips


def _parameters(bound: BoundField) -> list[str]:
    """Return the names under which a field appears in the address (a range has two)."""
    suffixes = getattr(bound.field.widget, "suffixes", None)
    return [f"{bound.name}_{suffix}" for suffix in suffixes] if suffixes else [bound.html_name]


def _raw(values: Iterable[Any]) -> list[str]:
    return [str(value.pk) if isinstance(value, Model) else str(value) for value in values]


def without(query: QueryDict, names: list[str], value: str | None = None) -> str:
    """Return the address without these parameters (or without that one value of them), from the first page."""
    left = query.copy()
    left.pop("page", None)
    for name in names:
        kept = [one for one in left.getlist(name) if value is not None and one != value]
        if kept:
            left.setlist(name, kept)
        else:
            left.pop(name, None)
    return f"?{left.urlencode()}"


def _in_words(bound: BoundField, value: Any) -> str:
    if isinstance(bound.field, ModelChoiceField) and isinstance(value, Model):
        return str(bound.field.label_from_instance(value))
    choices = getattr(bound.field, "choices", None)
    if choices is not None and not isinstance(value, Model):
        for key, label in _flat(choices):
            if str(key) == str(value):
                return str(label)
    if isinstance(value, slice):
        if isinstance(value.start or value.stop, date):
            return _dates_in_words(value.start, value.stop)
        if value.start is None:
            return _("jusqu’à %(end)s") % {"end": _plain(value.stop)}
        if value.stop is None:
            return _("à partir de %(start)s") % {"start": _plain(value.start)}
        return _("de %(start)s à %(end)s") % {"start": _plain(value.start), "end": _plain(value.stop)}
    return _plain(value)


def _dates_in_words(first: date | None, last: date | None) -> str:
    if first is None:
        return _("jusqu’au %(last)s") % {"last": write_date(last)}
    if last is None:
        return _("à partir du %(first)s") % {"first": write_date(first)}
    return _("du %(first)s au %(last)s") % {"first": write_date(first), "last": write_date(last)}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date | datetime):
        return write_date(value)
    if isinstance(value, int | float | Decimal):
        return write_number(value)
    return str(value)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield key, label
