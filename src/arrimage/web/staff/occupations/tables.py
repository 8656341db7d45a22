"""The list of occupations."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.occupations.models import Occupation
from arrimage.web.lists import ShellTable


class OccupationTable(ShellTable):
    title = tables.Column(verbose_name=_("Profession"), accessor="title_fr")
    title_en = tables.Column(verbose_name=_("Nom anglais"), visible=False)
    code = tables.Column(verbose_name=_("Code CNP"))
    teer = tables.Column(verbose_name=_("FEER"), accessor="teer", orderable=False)
    category = tables.Column(verbose_name=_("Domaine"), accessor="broad_category", orderable=False)

    class Meta(ShellTable.Meta):
        order_by = "code"

    def render_title(self, record: Occupation) -> SafeString:
        """Show the title in the language in use, and the other one under it."""
        others = [(record.title_fr, "fr"), (record.title_en, "en")]
        other, language = next((pair for pair in others if pair[0] != record.title), (record.title_en, "en"))
        return format_html('{}<span class="detail" lang="{}">{}</span>', record.title, language, other)

    def value_title(self, record: Occupation) -> str:
        return record.title_fr

    def render_teer(self, record: Occupation) -> SafeString:
        return format_html('{}<span class="detail">{}</span>', record.teer.value, record.teer.label)

    def value_teer(self, record: Occupation) -> int:
        return record.teer.value

    def render_category(self, record: Occupation) -> str:
        return str(record.broad_category.label)

    def value_category(self, record: Occupation) -> str:
        return str(record.broad_category.label)
