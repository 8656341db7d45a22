from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.web.forms import ShellForm


class CodeForm(ShellForm):
    code = forms.CharField(
        label=_("Code à six chiffres"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
        help_text=_("Le code vaut quinze minutes."),
    )
