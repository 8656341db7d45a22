"""How the registers are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.privacy.registers.enums import (
    LIVE_REQUESTS,
    Ground,
    IncidentKind,
    IncidentStatus,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest
from arrimage.web.finding import SearchFilter


class IncidentFilter(django_filters.FilterSet):
    q = SearchFilter("number", "description", "circumstances", label=_("Numéro ou mots"))
    status = django_filters.MultipleChoiceFilter(label=_("État"), choices=IncidentStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=IncidentKind.choices)
    serious = django_filters.ChoiceFilter(
        label=_("Risque de préjudice sérieux"),
        field_name="serious_risk",
        choices=[("True", _("Oui")), ("False", _("Non"))],
    )
    aware = django_filters.DateFromToRangeFilter(label=_("Connu"), field_name="aware_on")

    class Meta:
        model = Incident
        fields: list[str] = []


class CommunicationFilter(django_filters.FilterSet):
    q = SearchFilter(
        "number", "recipient", "concerned", "information", "purpose", label=_("Numéro, destinataire ou mots")
    )
    ground = django_filters.MultipleChoiceFilter(label=_("Disposition"), choices=Ground.choices)
    made = django_filters.DateFromToRangeFilter(label=_("Communiqué"), field_name="made_on")
    outside = django_filters.BooleanFilter(
        label=_("Hors du Québec"), field_name="outside_quebec", method="keep_outside", widget=forms.CheckboxInput
    )

    class Meta:
        model = Communication
        fields: list[str] = []

    def keep_outside(self, rows: QuerySet[Communication], _name: str, value: Any) -> QuerySet[Communication]:
        return rows.filter(outside_quebec=True) if value else rows


class RequestFilter(django_filters.FilterSet):
    q = SearchFilter("number", "requester", label=_("Nom ou numéro"))
    status = django_filters.MultipleChoiceFilter(label=_("État"), choices=RequestStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Demande"), choices=RequestKind.choices)
    received = django_filters.DateFromToRangeFilter(label=_("Reçue"), field_name="received_on")
    late = django_filters.BooleanFilter(label=_("En retard"), method="keep_late", widget=forms.CheckboxInput)

    class Meta:
        model = PersonRequest
        fields: list[str] = []

    def keep_late(self, rows: QuerySet[PersonRequest], _name: str, value: Any) -> QuerySet[PersonRequest]:
        live = sorted(status.value for status in LIVE_REQUESTS)
        return rows.filter(status__in=live, due_on__lt=clock.today()) if value else rows
