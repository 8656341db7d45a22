"""Where places are short, for the advisors who decide what to fund."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.waits import Wait, waits_by_theme_and_place
from arrimage.directory.places.shortage import places_by_theme_and_place
from arrimage.directory.queries import themes_of
from arrimage.foundation.writing import write_number
from arrimage.web.access import allows
from arrimage.web.lists import NumberColumn, ShellTable, name_link, render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.facts import write_wait
from arrimage.web.staff.directory.tabs import tabs_of


class ShortageTable(ShellTable):
    theme = tables.Column(verbose_name=_("Besoin"), order_by=("theme_fr", "place_name"))
    place_name = tables.Column(verbose_name=_("Lieu"), default="—")
    line = NumberColumn(verbose_name=_("En attente"))
    wait = tables.Column(verbose_name=_("Attente moyenne"), orderable=False, empty_values=())
    left = NumberColumn(verbose_name=_("Libres"))
    all = NumberColumn(verbose_name=_("Places"))
    busy = NumberColumn(verbose_name=_("Prises"))
    reserved = NumberColumn(verbose_name=_("Retenues"))
    services = NumberColumn(verbose_name=_("Services"))

    def __init__(self, *args: Any, waits: Mapping[tuple[int, int | None], Wait], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waits = waits

    class Meta(ShellTable.Meta):
        order_by = ("-line", "left")

    def render_theme(self, record: dict[str, Any]) -> SafeString:
        asked = {"theme": record["theme"], "place": record["place"] or ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return name_link(f"{reverse('staff:services')}?{query}", self.value_theme(record))

    def render_wait(self, record: dict[str, Any]) -> str:
        return write_wait(self.waits.get((record["theme"], record["place"]), Wait()))

    def value_theme(self, record: dict[str, Any]) -> str:
        label: str = record["theme_en"] if (get_language() or "fr").startswith("en") else record["theme_fr"]
        return label


class ShortageFilter(django_filters.FilterSet):
    theme = django_filters.ModelChoiceFilter(
        label=_("Besoin"), queryset=lambda request: themes_of(request.actor.region_id)
    )
    short = django_filters.BooleanFilter(
        label=_("Seulement où il ne reste aucune place"), method="without_places", widget=forms.CheckboxInput
    )

    def without_places(self, rows: QuerySet[Any], _name: str, value: bool | None) -> QuerySet[Any]:
        return rows.filter(left=0) if value else rows


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def shortage(request: ActingRequest) -> HttpResponseBase:
    """List the places of the region by theme and by city or borough, where most people wait first."""
    return render_list(
        request,
        ShortageTable,
        places_by_theme_and_place(request.actor.region_id),
        ShortageFilter,
        sentence=lambda count: (
            ngettext("%(n)s besoin et lieu", "%(n)s besoins et lieux", count) % {"n": write_number(count)}
        ),
        empty=Empty(gettext("Aucun service ne dit combien il a de places. Elles s’inscrivent sur la page de chacun.")),
        export_name="places",
        title=gettext("Répertoire"),
        template="staff/shared/list.html",
        context={"tabs": tabs_of(request.actor, "places"), "primary": None, "import_url": ""},
        table_kwargs={"waits": waits_by_theme_and_place(request.actor.region_id)},
    )
