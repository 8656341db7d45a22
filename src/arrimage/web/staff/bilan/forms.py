"""Where and when: what every page of the bilan is asked."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import InvalidInput
from arrimage.reporting.period import Period, current_year
from arrimage.reporting.scope import regions_for
from arrimage.territory.models import Region
from arrimage.web.forms import ShellForm

DEFAULT_REGION = "06"  # where a province-wide role starts


class ScopeForm(ShellForm):
    """A region, for those who have a choice, and a period: the current year unless the address says otherwise."""

    region = forms.ChoiceField(label=_("Région"))

    def __init__(self, actor: Actor, query: QueryDict) -> None:
        self.regions = {region.code: region for region in regions_for(actor)}
        year = current_year()
        start = DEFAULT_REGION if DEFAULT_REGION in self.regions else next(iter(self.regions), "")
        defaults = {"region": start, "from": year.first.isoformat(), "to": year.last.isoformat()}
        super().__init__({name: query.get(name) or value for name, value in defaults.items()})
        # « from » is a word of Python, so these two have no class attribute.
        self.fields["from"] = forms.DateField(label=_("Du"), widget=forms.DateInput(attrs={"type": "date"}))
        self.fields["to"] = forms.DateField(label=_("Au"), widget=forms.DateInput(attrs={"type": "date"}))
        self.fields["region"].choices = [(code, region.name) for code, region in self.regions.items()]  # type: ignore[attr-defined]
        if len(self.regions) < 2:
            self.fields["region"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["period"] = Period(cleaned["from"], cleaned["to"])
            except InvalidInput as error:
                self.add_error(error.field, str(error))
        return cleaned

    @property
    def period(self) -> Period:
        """Return the period asked for; the current year while what was typed is not one."""
        return self.cleaned_data["period"] if self.is_valid() else current_year()

    @property
    def chosen_region(self) -> Region:
        code = self.cleaned_data["region"] if self.is_valid() else self.data["region"]
        return self.regions.get(code) or next(iter(self.regions.values()))
