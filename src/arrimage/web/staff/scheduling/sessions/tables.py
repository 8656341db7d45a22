"""The list of sessions."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from arrimage.foundation import clock
from arrimage.foundation.writing import write_language
from arrimage.scheduling.enums import SessionStatus
from arrimage.scheduling.models import GroupSession
from arrimage.web.finding import SearchFilter
from arrimage.web.lists import NumberColumn, ShellTable, StateColumn, TimeColumn

WHEN = [("coming", _("À venir")), ("past", _("Commencées ou passées"))]


class SessionTable(ShellTable):
    programme = tables.Column(verbose_name=_("Séance"), linkify=("staff:session", [A("uid")]))
    starts_at = TimeColumn(verbose_name=_("Début"))
    service_point = tables.Column(verbose_name=_("Point de services"))
    language = tables.Column(verbose_name=_("Langue"), accessor="language")
    seated = NumberColumn(verbose_name=_("Inscrits"))
    places = NumberColumn(verbose_name=_("Places"), visible=False)
    waiting = NumberColumn(verbose_name=_("En attente"))
    status = StateColumn(verbose_name=_("État"))

    class Meta(ShellTable.Meta):
        order_by = "-starts_at"

    def render_seated(self, record: Any) -> str:
        return f"{record.seated} / {record.places}"

    def value_seated(self, record: Any) -> int:
        return int(record.seated)

    def render_language(self, value: str) -> str:
        return write_language(value)


class SessionFilter(django_filters.FilterSet):
    q = SearchFilter("programme__name", "service_point__name", label=_("Chercher"))
    when = django_filters.ChoiceFilter(label=_("Quand"), choices=WHEN, method="filter_when")
    status = django_filters.ChoiceFilter(label=_("État"), choices=SessionStatus.choices)

    class Meta:
        model = GroupSession
        fields: ClassVar[list[str]] = []

    def filter_when(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        coming = Q(starts_at__gt=clock.now())
        return rows.filter(coming) if value == "coming" else rows.exclude(coming)
