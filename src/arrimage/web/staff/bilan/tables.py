"""The records behind a figure."""

from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.reporting.indicators import Indicator
from arrimage.web.lists import DateColumn, MoneyColumn, ShellTable, name_link, tables
from arrimage.web.staff.bilan.records import DATES, KINDS


class EvidenceTable(ShellTable):
    """One line a record: what it is, when, and how much where amounts are summed."""

    shown_label = tables.Column()
    shown_on = DateColumn()

    class Meta(ShellTable.Meta):
        order_by = ("shown_on",)
        row_attrs: ClassVar = {"data-uid": lambda record: record.shown_uid}

    def __init__(self, *args: Any, indicator: Indicator, actor: Actor, **kwargs: Any) -> None:
        kind = KINDS[indicator.kind]
        self.address_of = kind.link(actor)
        extra = []
        if indicator.summed:
            extra = [(indicator.summed, MoneyColumn(verbose_name=_("Montant engagé")))]
        super().__init__(*args, extra_columns=extra, **kwargs)
        self.columns["shown_label"].column.verbose_name = kind.name
        self.columns["shown_on"].column.verbose_name = DATES.get(indicator.code, kind.date)

    def render_shown_label(self, value: str, record: Any) -> str | SafeString:
        url = self.address_of(record) if self.address_of else None
        return name_link(url, value) if url else value
