"""The list of interpreters, and how it is narrowed."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.writing import write_language
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.models import Interpreter
from arrimage.web.finding import SearchFilter
from arrimage.web.lists import ShellTable, YesColumn


class InterpreterTable(ShellTable):
    name = tables.Column(verbose_name=_("Nom"))
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name", default="—")
    languages = tables.Column(verbose_name=_("Langues"), orderable=False)
    modes = tables.Column(verbose_name=_("Façons d’interpréter"), orderable=False)
    phone = tables.Column(verbose_name=_("Téléphone"), orderable=False, default="—")
    email = tables.Column(verbose_name=_("Courriel"), orderable=False, default="—")
    cost_code = tables.Column(verbose_name=_("Code de coût"), default="—")
    is_active = YesColumn(verbose_name=_("En activité"))

    class Meta(ShellTable.Meta):
        order_by = "name"

    def render_languages(self, value: list[str]) -> str:
        return ", ".join(write_language(code) for code in value)

    def render_modes(self, value: list[str]) -> str:
        return ", ".join(str(Mode(code).label) for code in value)


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
