"""The list of interpreters, how it is narrowed; what was charged, month by month."""

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.writing import write_date, write_language, write_phone
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.models import Interpreter
from arrimage.web.finding import SearchFilter
from arrimage.web.lists import DateColumn, MoneyColumn, NumberColumn, ShellTable, YesColumn, name_link


class InterpreterTable(ShellTable):
    """What is not shown is on each one's page, and in the file."""

    name = tables.Column(verbose_name=_("Nom"))
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name", visible=False)
    languages = tables.Column(verbose_name=_("Langues"), orderable=False)
    modes = tables.Column(verbose_name=_("Façons d’interpréter"), orderable=False)
    phone = tables.Column(verbose_name=_("Téléphone"), orderable=False, default="—", attrs={"td": {"class": "nowrap"}})
    email = tables.Column(verbose_name=_("Courriel"), visible=False)
    cost_code = tables.Column(verbose_name=_("Code de coût"), default="—")
    is_active = YesColumn(verbose_name=_("En activité"))

    class Meta(ShellTable.Meta):
        order_by = "name"

    def render_name(self, value: str, record: Interpreter) -> SafeString:
        detail = record.organisation.name if record.organisation else ""
        return name_link(reverse("staff:interpreter", args=[record.uid]), value, detail)

    def value_name(self, value: str) -> str:
        return value

    def render_phone(self, value: str) -> str:
        return write_phone(value)

    def render_languages(self, value: list[str]) -> str:
        return ", ".join(write_language(code) for code in value)

    def render_modes(self, value: list[str]) -> str:
        return ", ".join(str(Mode(code).label) for code in value)


class MonthColumn(DateColumn):
    """« novembre 2026 »; « 2026-11 » in the export."""

    def render(self, value: date) -> str:
        return write_date(value, "MMMM y")

    def value(self, **kwargs: Any) -> str:
        return f"{kwargs['value']:%Y-%m}"


class CostTable(ShellTable):
    month = MonthColumn(verbose_name=_("Mois"))
    cost_code = tables.Column(verbose_name=_("Code de coût"), default="—")
    interpreters = NumberColumn(verbose_name=_("Interprètes"), visible=False)
    bookings = NumberColumn(verbose_name=_("Réservations faites"))
    minutes = NumberColumn(verbose_name=_("Minutes facturées"))
    amount = MoneyColumn(verbose_name=_("Coût"), default="—")
    unpriced = NumberColumn(verbose_name=_("Réservations sans tarif"))

    class Meta(ShellTable.Meta):
        order_by = ("-month", "cost_code")


class InterpreterFilter(django_filters.FilterSet):
    q = SearchFilter("name", "organisation__name", "email", label=_("Nom, organisme ou courriel"))
    language = django_filters.ChoiceFilter(label=_("Langue"), choices=lambda: _spoken(), method="speak")
    mode = django_filters.ChoiceFilter(label=_("Façon d’interpréter"), choices=Mode.choices, method="come")
    is_active = django_filters.BooleanFilter(label=_("En activité"))

    def speak(self, interpreters: QuerySet[Interpreter], name: str, value: str) -> QuerySet[Interpreter]:
        return interpreters.filter(languages__contains=[value])

    def come(self, interpreters: QuerySet[Interpreter], name: str, value: str) -> QuerySet[Interpreter]:
        return interpreters.filter(modes__contains=[value])


def _spoken() -> list[tuple[str, str]]:
    codes = {code for spoken in Interpreter.objects.values_list("languages", flat=True) for code in spoken}
    return sorted(((code, write_language(code)) for code in codes), key=lambda pair: pair[1])
