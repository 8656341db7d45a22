"""How lists of employers and accompaniments are narrowed."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer
from arrimage.employers.rules import REMINDER_DAYS
from arrimage.foundation import clock
from arrimage.web.finding import SearchFilter


class EmployerFilter(django_filters.FilterSet):
    q = SearchFilter("name", "neq", "contact_name", "place__name", label=_("Nom, NEQ, personne ou lieu"))
    sector = SearchFilter("sector", label=_("Secteur d’activité"))
    status = django_filters.ChoiceFilter(
        label=_("Avec un accompagnement"), choices=AccompanimentStatus.choices, method="accompanied"
    )
    subject = django_filters.ChoiceFilter(
        label=_("Sujet de l’accompagnement"), choices=AccompanimentSubject.choices, method="accompanied"
    )
    mine = django_filters.BooleanFilter(label=_("Que j’accompagne"), method="keep_mine", widget=forms.CheckboxInput)

    def accompanied(self, employers: QuerySet[Employer], name: str, value: str) -> QuerySet[Employer]:
        return employers.filter(self._has(**{name: value}))

    def keep_mine(self, employers: QuerySet[Employer], name: str, value: bool | None) -> QuerySet[Employer]:
        if not value:
            return employers
        return employers.filter(self._has(advisor=self.request.actor.user_id, status=AccompanimentStatus.IN_CHARGE))

    def _has(self, **conditions: Any) -> Exists:
        return Exists(Accompaniment.objects.filter(employer=OuterRef("pk"), **conditions))


class AccompanimentFilter(django_filters.FilterSet):
    q = SearchFilter("employer__name", "employer__neq", "request", label=_("Employeur, NEQ ou demande"))
    status = django_filters.ChoiceFilter(label=_("État"), choices=AccompanimentStatus.choices)
    subject = django_filters.ChoiceFilter(label=_("Sujet"), choices=AccompanimentSubject.choices)
    waiting = django_filters.ChoiceFilter(
        label=_("Sans réponse depuis"),
        choices=[(days, _("%(days)d jours ou plus") % {"days": days}) for days in REMINDER_DAYS],
        method="wait",
    )
    mine = django_filters.BooleanFilter(label=_("Que j’accompagne"), method="keep_mine", widget=forms.CheckboxInput)

    def wait(self, found: QuerySet[Accompaniment], name: str, value: str) -> QuerySet[Accompaniment]:
        until = clock.today() - timedelta(days=int(value))
        return found.filter(status=AccompanimentStatus.REQUESTED, requested_on__lte=until)

    def keep_mine(self, found: QuerySet[Accompaniment], name: str, value: bool | None) -> QuerySet[Accompaniment]:
        return found.filter(advisor=self.request.actor.user_id) if value else found
