"""What the pages that keep a record share: its form, the page of a form, the list with its buttons, the territory."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.imports import parse
from arrimage.foundation.writing import write_number
from arrimage.territory.models import Place, Region
from arrimage.web.forms import ShellForm, ShellModelForm
from arrimage.web.requests import ActingRequest

EVERYWHERE = "quebec"


def parsed(parser: Callable[[Any], Any], value: str) -> Any:
    """Return a typed text as an import would read it (a telephone, an amount), an empty one as it is."""
    try:
        return parser(value) if value else value
    except InvalidInput as error:
        raise ValidationError(str(error)) from error


class NeqField(forms.CharField):
    """A Québec enterprise number, spaces forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("NEQ"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        return str(parsed(parse.neq, super().clean(value)))


class MoneyField(forms.CharField):
    """An amount in Canadian dollars, typed as people write it: « 120 000,50 »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault("help_text", _("En dollars, par exemple 120 000,00."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value or ""
        return write_number(value, 2)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return parsed(parse.money(), text) if text else None


class RecordForm(ShellModelForm):
    """The form of a record: `values()` goes to the action, which alone judges constraints and writes.

    It carries the version that was read, so that two people do not overwrite each other.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, region_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        place = self.fields.get("place")
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Place.objects.filter(region_id=region_id).order_by("name")
            place.empty_label = str(_("Non précisé"))

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the constraints to the action, which has sentences for people; each field was judged on its own."""
        return {field.name for field in self.instance._meta.get_fields()}

    def clean_phone(self) -> str:
        return str(parsed(parse.phone, self.cleaned_data["phone"]))

    def values(self) -> dict[str, Any]:
        """Return the fields of the record, as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def own_region(actor: Actor) -> int:
    """Return the key of the actor's region, in which what they create belongs. Raises `NotAllowed` without one."""
    if actor.region_id is None:
        raise NotAllowed(gettext("Cette action se fait au nom d’une région : agissez dans un rôle qui en a une."))
    return actor.region_id


def form_page(
    request: HttpRequest,
    form: ShellForm | ShellModelForm,
    *,
    title: str,
    submit: str,
    cancel_url: str,
    trail: list[tuple[Any, str]],
    lead: str = "",
    facts: list[tuple[Any, Any]] | None = None,
    danger: bool = False,
) -> HttpResponse:
    """Answer with the page of one form; `facts` recalls beside it what it is about."""
    context = {
        "title": title,
        "form": form,
        "submit": submit,
        "cancel_url": cancel_url,
        "trail": trail,
        "lead": lead,
        "facts_pairs": facts or [],
        "danger": danger,
    }
    return render(request, "staff/shared/form.html", context)


class TerritoryFilter(django_filters.ChoiceFilter):
    """The region of a list: one's own unless the address says another, or the whole of Québec."""

    def __init__(self, field_name: str = "region", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Territoire"))
        super().__init__(field_name=field_name, choices=_territories, empty_label=_("Votre région"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        if value == EVERYWHERE:
            return qs
        if value:
            return qs.filter(**{f"{self.field_name}__code": value})
        request: ActingRequest = self.parent.request
        own = request.actor.region_id
        return qs if own is None else qs.filter(**{self.field_name: own})


def _territories() -> list[tuple[str, Any]]:
    return [(EVERYWHERE, _("Tout le Québec")), *Region.objects.order_by("name").values_list("code", "name")]
