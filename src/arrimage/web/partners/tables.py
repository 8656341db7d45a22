"""The list of a partner's referrals, and its filters."""

import re

import django_filters
import django_tables2 as tables
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import AWAITING_ANSWER, WITH_PARTNER, ReferralStatus
from arrimage.casework.models import Referral, ReferralMessage
from arrimage.directory.models import Service
from arrimage.people.rules import search_key
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, name_link
from arrimage.web.partners.organisation import colleagues

LIVE = [(state.value, state.label) for state in ReferralStatus if state in WITH_PARTNER]
MINE, NOBODY = "mine", "nobody"
LIKE_ENOUGH = 0.5  # of a word of the name: « Hadad » finds « Haddad »
FEWEST_DIGITS = 4  # of a telephone number


def most_pressing(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Add `urgency`: the day of the answer that is expected, nothing once it is given."""
    return referrals.annotate(
        urgency=Case(When(status__in=AWAITING_ANSWER, then=F("answer_due")), output_field=DateField())
    )


class ReferralTable(ShellTable):
    name = tables.Column(verbose_name=_("Personne"), accessor="shared__name", order_by="shared__name")
    status = StateColumn(verbose_name=_("État"))
    service = tables.Column(verbose_name=_("Service"), accessor="service__name", order_by="service__name")
    worker = tables.Column(verbose_name=_("Suivie par"), accessor="worker__name", order_by="worker__name", default="—")
    sent_on = DateColumn(verbose_name=_("Reçue le"))
    answer_due = DateColumn(verbose_name=_("Réponse attendue le"), order_by=("urgency", "-sent_on"))
    scheduled_for = DateColumn(verbose_name=_("Date fixée"))

    class Meta(ShellTable.Meta):
        order_by = "answer_due"

    def render_name(self, value: str, record: Referral) -> SafeString:
        return name_link(reverse("partners:referral", args=[record.uid]), value, record.shared.get("need", ""))


class ReferralFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom ou téléphone"), method="find")
    status = django_filters.MultipleChoiceFilter(label=_("État"), choices=LIVE)
    service = django_filters.ModelChoiceFilter(
        label=_("Service"), queryset=lambda request: Service.objects.filter(organisation=request.actor.scope_id)
    )
    whose = django_filters.ChoiceFilter(
        label=_("Suivies par"),
        choices=[(MINE, _("Moi")), (NOBODY, _("Personne encore"))],
        empty_label=_("Tout le monde"),
        method="keep_whose",
    )
    worker = django_filters.ModelChoiceFilter(label=_("Collègue"), queryset=lambda request: colleagues(request.actor))
    message = django_filters.ChoiceFilter(label=_("Messages"), choices=[("unread", _("À lire"))], method="keep_unread")

    class Meta:
        model = Referral
        fields: list[str] = []

    def find(self, referrals: QuerySet[Referral], _name: str, text: str) -> QuerySet[Referral]:
        """Keep the persons whose name is like the text, accents and slips aside, or whose number holds its digits."""
        digits = re.sub(r"\D", "", text)
        if len(digits) >= FEWEST_DIGITS:
            return referrals.filter(shared__phone__icontains=digits)
        named = referrals.annotate(known_as=Cast(KT("shared__name"), CharField()))
        for word in search_key(text).split():
            alike = TrigramWordSimilarity(word, F("known_as__unaccent"))
            named = named.annotate(alike=alike).filter(
                Q(known_as__unaccent__icontains=word) | Q(alike__gte=LIKE_ENOUGH)
            )
        return named

    def keep_whose(self, referrals: QuerySet[Referral], _name: str, value: str) -> QuerySet[Referral]:
        if value == NOBODY:
            return referrals.filter(worker__isnull=True)
        return referrals.filter(worker=self.request.actor.user_id)

    def keep_unread(self, referrals: QuerySet[Referral], _name: str, _value: str) -> QuerySet[Referral]:
        unread = ReferralMessage.objects.filter(referral=OuterRef("pk"), from_partner=False, settled_at__isnull=True)
        return referrals.filter(Exists(unread))
