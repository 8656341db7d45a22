"""The forms of the text of a bilan: its parts and links one after the other, its blocks."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.imports import parse
from arrimage.reporting.models import BilanText
from arrimage.web.forms import ShellForm
from arrimage.web.staff.records import RecordForm, parsed

MOST = 30
ADD = "ajouter"  # the button that asks for one more part or link, whose value is the prefix of the forms


class TextForm(RecordForm):
    """What a text has once. Markers are allowed in the title and in the quotation."""

    class Meta:
        model = BilanText
        fields = (
            "title", "quotation", "quoted_name", "quoted_title", "media_name", "media_phone", "media_email",
        )  # fmt: skip
        widgets = {"quotation": forms.Textarea(attrs={"rows": 4})}

    def clean_media_phone(self) -> str:
        return str(parsed(parse.phone, self.cleaned_data["media_phone"]))


class SectionForm(ShellForm):
    heading = forms.CharField(label=_("Intertitre"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Texte"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 7})
    )


class LinkForm(ShellForm):
    label = forms.CharField(label=_("Où mène ce lien"), max_length=200, required=False)
    address = forms.CharField(label=_("Adresse (https://…)"), max_length=500, required=False)


def part_forms(
    form: type[ShellForm], prefix: str, kept: list[dict[str, str]], data: QueryDict | None
) -> "BaseFormSet[ShellForm]":
    """Return the forms of a list: those kept, or those sent with one more when it is asked for; one at least."""
    made = formset_factory(form, extra=0, min_num=1, max_num=MOST, validate_max=True)
    if data is not None and data.get(ADD) == prefix:
        data = data.copy()
        count = data.get(f"{prefix}-TOTAL_FORMS", "")
        if count.isdecimal():
            data[f"{prefix}-TOTAL_FORMS"] = str(min(int(count) + 1, MOST))
    return made(data, prefix=prefix, initial=kept or None)


def filled(parts: "BaseFormSet[ShellForm]") -> list[dict[str, str]]:
    """Return what was typed in the parts that hold something: one that is emptied is taken away."""
    given: list[dict[str, Any]] = [part.cleaned_data for part in parts.forms]
    return [each for each in given if any(each.values())]
