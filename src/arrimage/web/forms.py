"""Forms as the platform shows them: one column, label above, help under, error beside and on top."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.functional import Promise


@dataclass(frozen=True)
class Fieldset:
    """A part of a form: its legend, the names of its fields, a sentence of help."""

    legend: str | Promise
    fields: tuple[str, ...]
    help: str | Promise = ""


@dataclass
class Group:
    """A part of a form, ready to show."""

    legend: str | Promise = ""
    help: str | Promise = ""
    fields: list[BoundField] = field(default_factory=list)


DATE_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime-local": "%Y-%m-%dT%H:%M"}
NATIVE: dict[type[forms.Widget], str] = {
    forms.DateInput: "date",
    forms.TimeInput: "time",
    forms.DateTimeInput: "datetime-local",
}


def use_native_dates(form: BaseForm) -> None:
    """Let the browser's own date and time fields do the work; the two ends of a range of dates too."""
    for found in form.fields.values():
        widget = found.widget
        kind = NATIVE.get(type(widget))
        if kind and isinstance(widget, forms.DateInput | forms.TimeInput | forms.DateTimeInput):
            widget.input_type = kind
            widget.format = DATE_FORMATS[kind]
        elif isinstance(widget, forms.MultiWidget) and isinstance(getattr(found, "fields", [None])[0], forms.DateField):
            for end in widget.widgets:
                if isinstance(end, forms.TextInput):
                    end.input_type = "date"


class ShellForm(forms.Form):
    """The form to start from. `fieldsets` cuts it in parts; fields left out come last, without a legend."""

    fieldsets: ClassVar[tuple[Fieldset, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        use_native_dates(self)

    def groups(self) -> list[Group]:
        return form_groups(self, self.fieldsets)


class ShellModelForm(forms.ModelForm):
    """`ShellForm` for a model. Its `save()` is never called by a view: an action of the domain writes."""

    fieldsets: ClassVar[tuple[Fieldset, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        use_native_dates(self)

    def groups(self) -> list[Group]:
        return form_groups(self, self.fieldsets)


def form_groups(form: BaseForm, fieldsets: tuple[Fieldset, ...] = ()) -> list[Group]:
    """Return the visible fields of any form, in parts."""
    left = {bound.name: bound for bound in form.visible_fields()}
    groups = [
        Group(part.legend, part.help, [left.pop(name) for name in part.fields if name in left]) for part in fieldsets
    ]
    if left:
        groups.append(Group(fields=list(left.values())))
    return [group for group in groups if group.fields]
