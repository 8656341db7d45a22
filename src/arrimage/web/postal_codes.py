"""Asking what is near a postal code, in any search."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.finding.postal_codes import Area, find_area
from arrimage.foundation.errors import InvalidInput

_LABEL = _("Près de (code postal)")


class PostalCodeField(forms.CharField):
    """A postal code or its first three characters, read as an `Area`; None where nothing is typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _LABEL)
        kwargs.setdefault("help_text", _("Comme H2X 1Y4, ou H2X. Les distances sont approximatives."))
        kwargs.setdefault("max_length", 12)
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "postal-code"

    def clean(self, value: Any) -> Area | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return find_area(typed)
        except InvalidInput as error:
            raise forms.ValidationError(str(error)) from error


class PostalCodeFilter(django_filters.Filter):
    """The same in the filters of a list."""

    field_class = PostalCodeField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_LABEL, **kwargs)
