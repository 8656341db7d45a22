"""The list of a partner's referrals, and its filters."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import WITH_PARTNER, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.directory.models import Service
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, name_link

LIVE = [(state.value, state.label) for state in ReferralStatus if state in WITH_PARTNER]


class ReferralTable(ShellTable):
    name = tables.Column(verbose_name=_("Personne"), accessor="shared__name", order_by="shared__name")
    status = StateColumn(verbose_name=_("État"))
    service = tables.Column(verbose_name=_("Service"), accessor="service__name", order_by="service__name")
    sent_on = DateColumn(verbose_name=_("Reçue le"))
    answer_due = DateColumn(verbose_name=_("Réponse attendue le"))
    scheduled_for = DateColumn(verbose_name=_("Date fixée"))

    class Meta(ShellTable.Meta):
        order_by = "-sent_on"

    def render_name(self, value: str, record: Referral) -> SafeString:
        return name_link(reverse("partners:referral", args=[record.uid]), value, record.shared.get("need", ""))


class ReferralFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom de la personne"), method="find")
    status = django_filters.MultipleChoiceFilter(label=_("État"), choices=LIVE)
    service = django_filters.ModelChoiceFilter(
        label=_("Service"), queryset=lambda request: Service.objects.filter(organisation=request.actor.scope_id)
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def find(self, referrals: QuerySet[Referral], _name: str, text: str) -> QuerySet[Referral]:
        for word in text.split():
            referrals = referrals.filter(shared__name__icontains=word)
        return referrals
