"""Lists of rules, runs and records at the end of their time."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.enums import ItemState, RunStatus
from arrimage.privacy.retention.models import DueRecord, RetentionRule, RetentionRun
from arrimage.web.lists import DateColumn, NumberColumn, ShellTable, StateColumn, name_link
from arrimage.web.staff.privacy.retention.reading import duration_in_words, kind_label, region_in_words, since_label
from arrimage.web.templatetags.arrimage import badge


class RuleTable(ShellTable):
    kind = tables.Column(verbose_name=_("Genre d’enregistrement"))
    months = tables.Column(verbose_name=_("Conservé"))
    ending = tables.Column(verbose_name=_("Puis"), accessor="get_ending_display", order_by="ending")
    is_active = tables.Column(verbose_name=_("Règle"))

    class Meta(ShellTable.Meta):
        order_by = "kind"

    def __init__(self, *args: Any, manages: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manages = manages

    def render_kind(self, value: str, record: RetentionRule) -> SafeString | str:
        if not self.manages:
            return kind_label(value)
        return name_link(reverse("staff:retention_rule", args=[record.uid]), kind_label(value), record.basis)

    def value_kind(self, value: str) -> str:
        return kind_label(value)

    def render_months(self, value: int, record: RetentionRule) -> str:
        return gettext("%(duration)s après %(since)s") % {
            "duration": duration_in_words(value),
            "since": since_label(record.kind),
        }

    def render_is_active(self, value: bool) -> SafeString:
        return badge(gettext("En vigueur"), "ok") if value else badge(gettext("Suspendue"), "warn")

    def value_is_active(self, value: bool) -> str:
        return gettext("En vigueur") if value else gettext("Suspendue")


class RunTable(ShellTable):
    as_of = DateColumn(verbose_name=_("Établie le"))
    region = tables.Column(verbose_name=_("Région"), order_by="region__name", empty_values=())
    total = NumberColumn(verbose_name=_("Enregistrements"))
    status = StateColumn(verbose_name=_("État"), accessor="get_status_display", order_by="status")
    prepared_by = tables.Column(verbose_name=_("Préparée par"), accessor="prepared_by__name")
    approved_by = tables.Column(verbose_name=_("Approuvée par"), accessor="approved_by__name", default="—")

    class Meta(ShellTable.Meta):
        order_by = "-as_of"

    def render_as_of(self, value: Any, record: RetentionRun) -> SafeString:
        return name_link(reverse("staff:retention_run", args=[record.uid]), DateColumn().render(value))

    def render_region(self, record: RetentionRun) -> str:
        return region_in_words(record)

    def render_status(self, value: str, record: RetentionRun) -> SafeString:
        return badge(value, RUN_TONES[RunStatus(record.status)])


RUN_TONES = {
    RunStatus.PREPARED: "maple",
    RunStatus.APPROVED: "info",
    RunStatus.EXECUTING: "info",
    RunStatus.EXECUTED: "ok",
    RunStatus.CANCELLED: "neutral",
}


class DueTable(ShellTable):
    reference = tables.Column(verbose_name=_("Référence"))
    kind = tables.Column(verbose_name=_("Genre"))
    since = DateColumn(verbose_name=_("Date de départ"))
    state = tables.Column(verbose_name=_("État"), accessor="get_state_display", order_by="state")
    left_because = tables.Column(verbose_name=_("Pourquoi"), accessor="get_left_because_display", orderable=False)

    class Meta(ShellTable.Meta):
        order_by = "since"

    def render_kind(self, value: str) -> str:
        return kind_label(value)

    def value_kind(self, value: str) -> str:
        return kind_label(value)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in kinds.kinds()]


class DueFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Genre"), choices=_kinds)
    state = django_filters.ChoiceFilter(label=_("État"), choices=ItemState.choices)

    class Meta:
        model = DueRecord
        fields: list[str] = []
