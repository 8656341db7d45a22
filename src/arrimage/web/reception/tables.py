import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from arrimage.reception.models import Manifest
from arrimage.web.lists import NumberColumn, ShellTable, TimeColumn


class ManifestTable(ShellTable):
    filename = tables.Column(verbose_name=_("Fichier"))
    imported_at = TimeColumn(verbose_name=_("Importé le"))
    imported_by = tables.Column(verbose_name=_("Par"), accessor="imported_by__name", default=_("Le système"))
    row_count = NumberColumn(verbose_name=_("Lignes"))
    created_count = NumberColumn(verbose_name=_("Arrivées ajoutées"))
    updated_count = NumberColumn(verbose_name=_("Arrivées modifiées"))

    class Meta(ShellTable.Meta):
        model = Manifest
        fields = ("filename", "imported_at", "imported_by", "row_count", "created_count", "updated_count")
        order_by = "-imported_at"
