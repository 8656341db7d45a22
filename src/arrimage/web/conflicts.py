"""Forms of records that others may change meanwhile: nothing is ever overwritten in silence.

A `VersionedForm` carries what was read of each field. When the record has changed since, `merged()` keeps the fields
that only they changed, writes those that only you changed, and shows the others side by side, with who changed them
and when; a choice for each, and nothing is written before it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from arrimage.foundation.history import changes_of
from arrimage.foundation.models import Record
from arrimage.foundation.writing import write_date
from arrimage.web.forms import ShellForm

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Clash:
    """A field two people changed: as it is now, by whom and when; as it was typed."""

    name: str
    label: str
    theirs: str
    mine: str
    who: str
    when: datetime | None


class VersionedForm(ShellForm):
    """A form whose fields are named as those of its `record` (or `values`, where it reads others)."""

    def __init__(self, data: QueryDict | None = None, *args: Any, record: Record, **kwargs: Any) -> None:
        self.record = record
        self.clashes: list[Clash] = []
        kwargs.setdefault("initial", {name: value_of(record, name) for name in self.base_fields})
        super().__init__(_as_chosen(data) if data is not None else None, *args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def hidden_initials(self) -> list[SafeString]:
        """Return what was read of each field, for the page to carry."""
        return [bound.as_hidden(only_initial=True) for bound in self]

    def hidden_currents(self) -> list[tuple[str, str]]:
        """Return the names and values that say what the record was when the clashes were shown."""
        return [(f"now-{clash.name}", self._written(clash.name)) for clash in self.clashes]

    def merged(self) -> dict[str, Any] | None:
        """Return the values to write, theirs and yours together; None when a choice must be made (`clashes`).

        For a valid form, and a record just read.
        """
        values: dict[str, Any] = {}
        for name, mine in self.cleaned_data.items():
            if not hasattr(self.record, name):  # what the record does not keep, such as why it changes
                values[name] = mine
                continue
            now, base = value_of(self.record, name), self._base(name)
            if mine == base:
                values[name] = now
            elif now in (mine, base):
                values[name] = mine
            else:
                self.clashes.append(self._clash(name, now, mine))
        return None if self.clashes else values

    def _base(self, name: str) -> Any:
        bound = self[name]
        kept = self.data.get(bound.html_initial_name)
        try:
            return bound.field.clean(kept)
        except ValidationError:
            return kept

    def _written(self, name: str) -> str:
        value = self.fields[name].prepare_value(value_of(self.record, name))
        return "" if value is None else str(value)

    def _clash(self, name: str, now: Any, mine: Any) -> Clash:
        column = self.record._meta.get_field(name).column  # type: ignore[union-attr]
        change = changes_of(self.record).filter(changed__has_key=column).first()
        bound = self[name]
        return Clash(
            name,
            str(bound.label),
            in_words(bound, now),
            in_words(bound, mine),
            change.actor_name if change else "",
            change.happened_at if change else None,
        )


def value_of(record: Record, name: str) -> Any:
    """Return a field of a record as its form takes it."""
    return getattr(record, name, None)


def in_words(bound: BoundField, value: Any) -> str:
    """Return a value of a form's field as people read it."""
    if value in (None, ""):
        return _("(vide)")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return write_date(value)
    choices = getattr(bound.field, "choices", None)
    if choices is not None and not isinstance(bound.field, forms.ModelChoiceField):
        return str(dict(choices).get(value, value))
    return str(value)


def as_typed(form: VersionedForm, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the hidden fields of a form that puts the values of `before` back, unless somebody changed them since."""
    fields = []
    for name, field in form.fields.items():
        now = value_of(form.record, name)
        for prefix, value in (("", before.get(name, now)), ("initial-", now)):
            written = field.prepare_value(value)
            fields.append((prefix + name, "" if written is None else str(written)))
    return fields


def _as_chosen(data: QueryDict) -> QueryDict:
    """Return what was sent, the choices between two versions applied: a choice is made of what was shown."""
    chosen = data.copy()
    for name in data.getlist("clash"):
        shown, choice = data.get(f"now-{name}", ""), data.get(f"keep-{name}")
        if choice in (THEIRS, MINE):
            chosen[f"initial-{name}"] = shown
        if choice == THEIRS:
            chosen[name] = shown
    return chosen
