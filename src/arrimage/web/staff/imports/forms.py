from typing import Any

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
    source = forms.CharField(
        label=_("Source à citer"),
        help_text=_("Qui publie ce fichier et sous quelle licence. La carte la cite."),
        required=False,
        max_length=200,
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_source: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_source:
            del self.fields["source"]
