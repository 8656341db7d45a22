"""How lists of agreements and local actions are narrowed."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.agreements.enums import AgreementStatus, LocalActionStatus
from arrimage.agreements.models import Agreement, Programme
from arrimage.foundation import clock
from arrimage.web.finding import SearchFilter


class AgreementFilter(django_filters.FilterSet):
    q = SearchFilter("title", "number", "organisation__name", label=_("Objet, numéro ou organisme"))
    status = django_filters.ChoiceFilter(label=_("État"), choices=AgreementStatus.choices)
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), field_name="stream__programme", queryset=Programme.objects.all()
    )
    signed = django_filters.DateFromToRangeFilter(label=_("Signée entre"), field_name="signed_on")
    running = django_filters.BooleanFilter(
        label=_("En vigueur aujourd’hui"), method="keep_running", widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(label=_("Que je suis"), method="keep_mine", widget=forms.CheckboxInput)

    def keep_running(self, agreements: QuerySet[Agreement], name: str, value: bool | None) -> QuerySet[Agreement]:
        today = clock.today()
        running = Q(status=AgreementStatus.SIGNED, starts_on__lte=today, ends_on__gte=today)
        return agreements.filter(running) if value else agreements

    def keep_mine(self, agreements: QuerySet[Agreement], name: str, value: bool | None) -> QuerySet[Agreement]:
        return agreements.filter(advisor=self.request.actor.user_id) if value else agreements


class LocalActionFilter(django_filters.FilterSet):
    q = SearchFilter("title", "place__name", label=_("Titre ou lieu"))
    partner = SearchFilter("partners__name", label=_("Partenaire"), distinct=True)
    status = django_filters.ChoiceFilter(label=_("État"), choices=LocalActionStatus.choices)
    happens = django_filters.DateFromToRangeFilter(label=_("Entre"), field_name="happens_on")
