"""Where and when: what every page of the bilan is asked."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.reporting.period import Period, current_year, current_year_to_date, year_of
from arrimage.reporting.scope import regions_for
from arrimage.territory.models import Region
from arrimage.web.forms import ShellForm


class ScopeForm(ShellForm):
    """A period, the current year unless the address says otherwise; and a region, for those who may choose one.

    Somebody of one region who names another in the address is refused by the domain, not by this form.
    """

    def __init__(self, actor: Actor, query: QueryDict) -> None:
        self.regions = regions_for(actor)
        self.asked_region = query.get("region") or actor.region_code
        year = current_year()
        values = {"from": query.get("from") or year.first.isoformat(), "to": query.get("to") or year.last.isoformat()}
        if actor.region_id is None:
            values["region"] = query.get("region") or start_of(self.regions).code
        super().__init__(values)
        if actor.region_id is None:
            choices = [(region.code, region.name) for region in self.regions]
            self.fields["region"] = forms.ChoiceField(label=_("Région"), choices=choices)
        for name, label in (("from", _("Du")), ("to", _("Au"))):
            self.fields[name] = forms.DateField(
                label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            )

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
        """Return the period asked for, of a valid form."""
        period: Period = self.cleaned_data["period"]
        return period

    @property
    def region_code(self) -> str | None:
        """Return the code of the region asked for, of a valid form."""
        return self.cleaned_data["region"] if "region" in self.fields else self.asked_region

    def query(self, period: Period | None = None) -> str:
        """Return these choices as the end of an address, with another period when one is given."""
        period = period or self.period
        chosen = {"region": self.region_code} if "region" in self.fields else {}
        return urlencode({**chosen, "from": period.first.isoformat(), "to": period.last.isoformat()})

    def years(self) -> list[dict[str, Any]]:
        """Return the current year to date, then each year since the first directorate was deployed, latest first."""
        deployed = min((region.deployed_on for region in self.regions if region.deployed_on), default=clock.today())
        latest = current_year()
        starts = range(latest.first.year, year_of(deployed).first.year - 1, -1)
        years = [year_of(latest.first.replace(year=start)) for start in starts]
        labels = [(_("Cette année, à ce jour"), current_year_to_date()), *((year.year_label, year) for year in years)]
        address = reverse("staff:bilan")
        return [
            {"label": label, "url": f"{address}?{self.query(period)}", "current": period == self.period}
            for label, period in labels
        ]


def start_of(regions: list[Region]) -> Region:
    """Return where a province-wide role starts: the first region with a directorate, else the first of all."""
    return min(regions, key=lambda region: (region.deployed_on is None, region.deployed_on, region.code))
