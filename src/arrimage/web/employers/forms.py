from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.employers.enums import AccompanimentSubject
from arrimage.web.forms import ShellForm


class AskForm(ShellForm):
    """What the employer asks help with, in its own words."""

    subject = forms.ChoiceField(
        label=_("Avec quoi pouvons-nous vous aider ?"), choices=AccompanimentSubject.choices, widget=forms.RadioSelect
    )
    request = forms.CharField(
        label=_("Dites-nous en plus"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Postes à pourvoir, difficultés, échéances : quelques phrases suffisent. N’écrivez le nom d’aucune "
                    "personne."),
    )  # fmt: skip
