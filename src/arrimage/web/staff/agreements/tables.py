"""Lists of agreements, local actions, and referrals behind a figure."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.agreements.models import Agreement, LocalAction
from arrimage.casework.enums import ReferralStatus
from arrimage.web.lists import DateColumn, MoneyColumn, NumberColumn, ShellTable, StateColumn, name_link
from arrimage.web.templatetags.arrimage import badge


class AgreementTable(ShellTable):
    title = tables.Column(verbose_name=_("Entente"))
    number = tables.Column(verbose_name=_("Numéro"), visible=False)
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name")
    programme = tables.Column(verbose_name=_("Programme"), accessor="stream__programme__name", visible=False)
    stream = tables.Column(verbose_name=_("Volet"), accessor="stream__name", visible=False)
    status = StateColumn(verbose_name=_("État"))
    signed_on = DateColumn(verbose_name=_("Signée le"), default="—")
    starts_on = DateColumn(verbose_name=_("En vigueur du"), visible=False)
    ends_on = DateColumn(verbose_name=_("Jusqu’au"))
    committed = MoneyColumn(verbose_name=_("Engagé"))
    released = MoneyColumn(verbose_name=_("Versé"))
    advisor = tables.Column(verbose_name=_("Suivie par"), accessor="advisor__name", visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-signed_on"

    def render_title(self, record: Agreement) -> SafeString:
        return name_link(reverse("staff:agreement", args=[record.uid]), record.title, record.number)

    def value_title(self, record: Agreement) -> str:
        return record.title


class LocalActionTable(ShellTable):
    title = tables.Column(verbose_name=_("Action"))
    happens_on = DateColumn(verbose_name=_("Date"))
    partners = tables.Column(verbose_name=_("Partenaires"), orderable=False, empty_values=())
    place = tables.Column(verbose_name=_("Lieu"), accessor="place__name", default="—")
    status = StateColumn(verbose_name=_("État"))
    participants = NumberColumn(verbose_name=_("Participation"), default="—")
    agreement = tables.Column(verbose_name=_("Entente"), accessor="agreement__number", default="—", visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-happens_on"

    def render_title(self, record: LocalAction) -> SafeString:
        return name_link(reverse("staff:local_action", args=[record.uid]), record.title)

    def value_title(self, record: LocalAction) -> str:
        return record.title

    def render_partners(self, record: LocalAction) -> str:
        return ", ".join(partner.name for partner in record.partners.all()) or "—"


class BehindTable(ShellTable):
    """The referrals that a deliverable counts, by number of file: nobody is named."""

    file_number = tables.Column(verbose_name=_("Dossier"))
    counted_on = DateColumn(verbose_name=_("Compté le"))
    status = tables.Column(verbose_name=_("État de l’orientation"), orderable=False)

    class Meta(ShellTable.Meta):
        order_by = "-counted_on"

    def render_status(self, value: str) -> SafeString:
        return badge(ReferralStatus(value).label, value)

    def value_status(self, value: str) -> str:
        return str(ReferralStatus(value).label)
