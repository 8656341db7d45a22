from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.journal.enums import Finding
from arrimage.web.forms import ShellForm


class ReviewForm(ShellForm):
    """What the review of an exceptional access concluded."""

    finding = forms.ChoiceField(label=_("Conclusion"), choices=Finding.choices, widget=forms.RadioSelect)
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("Ce que vous avez vérifié, et avec qui. Dites pourquoi, si l’accès n’était pas justifié."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
