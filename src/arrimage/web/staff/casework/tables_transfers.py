"""The list of transfers."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.casework.models import Transfer
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, name_link


class TransferTable(ShellTable):
    number = tables.Column(verbose_name=_("Dossiers"), accessor="shown", orderable=False)
    to_point = tables.Column(verbose_name=_("Vers"), accessor="to_point__name")
    status = StateColumn(verbose_name=_("État"))
    proposed_on = DateColumn(verbose_name=_("Proposé le"))
    answered_on = DateColumn(verbose_name=_("Répondu le"), default="—")

    class Meta(ShellTable.Meta):
        order_by = "-proposed_on"

    def render_number(self, record: Transfer) -> SafeString:
        numbers = ", ".join(each["number"] for each in record.shown)
        return name_link(reverse("staff:transfer", args=[record.uid]), numbers, str(record.region))
