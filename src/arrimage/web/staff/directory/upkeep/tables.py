"""Lists of what keeps the directory up to date."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast, Round
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import ProposalStatus
from arrimage.directory.models import Proposal, Review, ServiceQuality
from arrimage.directory.upkeep.proposal_words import title_of
from arrimage.directory.upkeep.quality import BY_CODE, CRITERIA, word_of
from arrimage.foundation import clock
from arrimage.web.lists import DateColumn, NumberColumn, ShellTable, StateColumn, name_link
from arrimage.web.templatetags.arrimage import deadline_badge


class ProposalTable(ShellTable):
    service = tables.Column(verbose_name=_("Fiche"), accessor="organisation__name")
    what = tables.Column(verbose_name=_("Modification"), orderable=False, empty_values=())
    created_at = DateColumn(verbose_name=_("Proposée le"))
    status = StateColumn(verbose_name=_("État"))

    class Meta(ShellTable.Meta):
        order_by = "created_at"

    def render_service(self, record: Proposal) -> SafeString:
        return name_link(reverse("staff:proposal", args=[record.uid]), str(record), record.organisation.name)

    def value_service(self, record: Proposal) -> str:
        return str(record)

    def render_what(self, record: Proposal) -> str:
        return title_of(record)


class ProposalFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        label=_("État"), choices=ProposalStatus.choices[1:], empty_label=_("À décider"), method="with_status"
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(status=self.form.cleaned_data.get("status") or ProposalStatus.WAITING)

    def with_status(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset


class ReviewTable(ShellTable):
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name")
    due_on = tables.Column(verbose_name=_("À confirmer avant le"))
    months = tables.Column(verbose_name=_("Rythme"))
    reminded_on = DateColumn(verbose_name=_("Dernier rappel"), default="—")
    email = tables.Column(verbose_name=_("Courriel"), accessor="organisation__email", default="—", orderable=False)

    class Meta(ShellTable.Meta):
        order_by = "due_on"

    def render_organisation(self, record: Review) -> SafeString:
        url = reverse("staff:organisation", args=[record.organisation.uid])
        return name_link(url, record.organisation.name, "")

    def value_organisation(self, record: Review) -> str:
        return record.organisation.name

    def render_due_on(self, record: Review) -> SafeString:
        return deadline_badge(record.due_on)

    def value_due_on(self, record: Review) -> str:
        return record.due_on.isoformat()

    def render_months(self, record: Review) -> str:
        return str(record.get_months_display())


class ReviewFilter(django_filters.FilterSet):
    late = django_filters.BooleanFilter(label=_("En retard"), method="is_late")

    def is_late(self, reviews: QuerySet[Review], _name: str, value: bool) -> QuerySet[Review]:
        today = clock.today()
        return reviews.filter(due_on__lt=today) if value else reviews.filter(due_on__gte=today)


class QualityTable(ShellTable):
    service = tables.Column(verbose_name=_("Service"), accessor="service__name")
    share = NumberColumn(verbose_name=_("Remplis (%)"))
    word = tables.Column(verbose_name=_("Fiche"), orderable=False, empty_values=())
    missing = tables.Column(verbose_name=_("Il manque"), orderable=False)
    reckoned_on = DateColumn(verbose_name=_("Calculé le"))

    class Meta(ShellTable.Meta):
        order_by = "share"

    def render_service(self, record: ServiceQuality) -> SafeString:
        url = reverse("staff:service", args=[record.service.uid])
        return name_link(url, record.service.name, record.service.organisation.name)

    def value_service(self, record: ServiceQuality) -> str:
        return record.service.name

    def render_word(self, record: ServiceQuality) -> str:
        return word_of(record.met, record.relevant)

    def render_missing(self, value: list[str]) -> str:
        return ", ".join(str(BY_CODE[code].label) for code in value if code in BY_CODE)


class QualityFilter(django_filters.FilterSet):
    missing = django_filters.ChoiceFilter(
        label=_("Il manque"), choices=[(criterion.code, criterion.label) for criterion in CRITERIA], method="lack"
    )

    def lack(self, found: QuerySet[ServiceQuality], _name: str, value: str) -> QuerySet[ServiceQuality]:
        return found.filter(missing__contains=[value])


def with_share(found: QuerySet[ServiceQuality]) -> QuerySet[ServiceQuality]:
    """Add `share`, how much of what counts is said, in hundredths."""
    return found.annotate(share=Round(Cast("met", FloatField()) * 100 / Cast("relevant", FloatField())))
