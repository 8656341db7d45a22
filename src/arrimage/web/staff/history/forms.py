from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.web.forms import ShellForm


class RestoreForm(ShellForm):
    """Why a past value is put back, and the version of the record that was read."""

    reason = forms.CharField(
        label=_("Pourquoi rétablir cette valeur"),
        help_text=_("Ce motif reste dans l’historique, avec votre nom."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
