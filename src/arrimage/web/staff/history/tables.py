"""A history as a file: one line a field changed, an addition or a removal."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from arrimage.web.lists import ShellTable, TimeColumn
from arrimage.web.staff.history.story import Moment


class ChangeTable(ShellTable):
    """The pages of a history; `history.html` shows its rows as sentences."""

    happened_at = TimeColumn(verbose_name=_("Quand"), orderable=False)

    class Meta(ShellTable.Meta):
        order_by = ()


class LineTable(ShellTable):
    when = TimeColumn(verbose_name=_("Quand"))
    who = tables.Column(verbose_name=_("Par"))
    address = tables.Column(verbose_name=_("Depuis l’adresse"))
    what = tables.Column(verbose_name=_("Ce qui a été fait"))
    record = tables.Column(verbose_name=_("Fiche"))
    label = tables.Column(verbose_name=_("Renseignement"))
    before = tables.Column(verbose_name=_("Avant"))
    after = tables.Column(verbose_name=_("Après"))
    reason = tables.Column(verbose_name=_("Motif"))

    class Meta(ShellTable.Meta):
        order_by = ()


def lines_of(moments: Iterable[Moment]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file, all text."""
    for moment in moments:
        for line in moment.lines:
            said = {
                "when": moment.when,
                "who": moment.who,
                "address": moment.address,
                "what": line.verb,
                "record": line.subject,
                "reason": moment.reason,
            }
            if not line.fields:
                yield {**said, "label": "", "before": "", "after": ""}
            for each in line.fields:
                yield {**said, "label": each.label, "before": each.before, "after": each.after or each.difference}
