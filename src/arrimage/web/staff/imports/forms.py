from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.web.forms import ShellForm


class UploadForm(ShellForm):
    """A file; `digest` comes with the second sending, once the first was checked."""

    file = forms.FileField(
        label=_("Fichier CSV ou Excel (.xlsx)"),
        help_text=_("La première ligne contient les titres des colonnes. 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.geojson,.json"}),
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
