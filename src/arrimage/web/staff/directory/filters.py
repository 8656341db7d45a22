"""How lists of organisations and services are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Mode, OrganisationKind
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.narrowing import narrow
from arrimage.directory.finding.order import nearest_first
from arrimage.directory.finding.postal_codes import Area
from arrimage.directory.finding.searching import matching
from arrimage.directory.finding.words import understand
from arrimage.directory.models import Organisation, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.directory.public import offered_places
from arrimage.directory.queries import themes_of
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language
from arrimage.web import finding
from arrimage.web.postal_codes import PostalCodeFilter
from arrimage.web.staff.records import TerritoryFilter


def _box(label: Any, method: str) -> django_filters.BooleanFilter:
    return django_filters.BooleanFilter(label=label, method=method, widget=forms.CheckboxInput)


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom, adresse, NEQ ou ce qui est offert"), method="find")
    kind = django_filters.ChoiceFilter(label=_("Genre"), choices=OrganisationKind.choices)
    territory = TerritoryFilter()

    def find(self, organisations: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Keep the organisations that have every word, or a service that the words find (in another language too)."""
        condition = finding.matching(value, "name", "neq", "address", "place__name")
        understood = understand(value)
        if understood.terms and not understood.ignored and not understood.is_partial:
            services = matching(Service.objects.all(), Criteria(text=value), understood=understood)
            condition |= Q(pk__in=services.order_by().values("organisation"))
        return organisations.filter(condition)


CRITERIA = ("place", "mode", "free_places", "open_now")  # filters that have the names of criteria


class ServiceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Service, besoin, organisme ou lieu"), method="leave")
    theme = django_filters.ModelChoiceFilter(
        label=_("Besoin"), field_name="themes", queryset=lambda request: themes_of(request.actor.region_id)
    )
    language = django_filters.ChoiceFilter(label=_("Langue"), choices=lambda: _spoken(), method="speak")
    place = django_filters.ModelChoiceFilter(
        label=_("Ville ou arrondissement"), queryset=lambda request: offered_places(), method="leave"
    )
    postal_code = PostalCodeFilter(method="be_near")
    mode = django_filters.ChoiceFilter(label=_("De quelle façon"), choices=Mode.choices, method="leave")
    free_places = _box(_("Avec des places libres"), "leave")
    open_now = _box(_("Ouvert maintenant"), "leave")
    territory = TerritoryFilter("organisation__region")
    file = django_filters.UUIDFilter(widget=forms.HiddenInput, method="leave")
    refusing = _box(_("Montrer aussi les services qui n’admettent pas la personne du dossier"), "leave")
    ended = _box(_("Montrer aussi les services qui ne sont plus offerts"), "leave")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("file"):
            del self.filters["refusing"]
        if not self.data.get("ended"):
            self.queryset: QuerySet[Service] = self.queryset.filter(is_offered=True)

    def speak(self, services: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        return services.filter(languages__contains=[value])

    def filter_queryset(self, queryset: ServiceQuerySet) -> ServiceQuerySet:
        """Narrow by criteria together: one door answers all that is asked of a door."""
        said = self.form.cleaned_data
        asked = {name: said[name] for name in CRITERIA if said.get(name)}
        return narrow(super().filter_queryset(queryset), Criteria(**asked), clock.now())

    def be_near(self, services: ServiceQuerySet, name: str, value: Area) -> ServiceQuerySet:
        """Put the nearest first; those of no known place come last."""
        return nearest_first(services, value.middle)

    def leave(self, services: QuerySet[Service], name: str, value: Any) -> QuerySet[Service]:
        return services  # `__init__` looked, or the page


def _spoken() -> list[tuple[str, str]]:
    """Return the languages in which some service is offered, by name."""
    codes = Service.objects.annotate(code=Func(F("languages"), function="unnest")).values_list("code", flat=True)
    named = [(code, write_language(code)) for code in codes.order_by("code").distinct()]
    return sorted(named, key=lambda pair: pair[1])
