from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.journal.enums import Motive
from arrimage.privacy.journal.models.break_glass import SHORTEST_REASON
from arrimage.web.forms import ShellForm


class BreakGlassForm(ShellForm):
    """Why somebody opens a file that is not theirs."""

    motive = forms.ChoiceField(label=_("Motif"), choices=Motive.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Explication"),
        help_text=_("Ce qui vous oblige à ouvrir ce dossier maintenant. La personne concernée pourra lire ce texte."),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
