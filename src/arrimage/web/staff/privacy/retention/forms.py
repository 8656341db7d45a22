"""Changing a rule, preparing a destruction, giving one up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.retention.actions import RuleChange
from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.models import RetentionRule
from arrimage.privacy.retention.models.rules import LONGEST
from arrimage.territory.models import Region
from arrimage.web.forms import ShellForm


class RuleForm(ShellForm):
    """One rule of retention; it carries the version that was read."""

    months = forms.IntegerField(
        label=_("Durée de conservation, en mois"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("60 mois font cinq ans. La durée compte à partir de la date dite ci-contre."),
    )
    ending = forms.ChoiceField(label=_("À la fin"), choices=Ending.choices, widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("Fondement"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La loi, le calendrier de conservation ou la raison sur laquelle cette durée se fonde."),
    )
    is_active = forms.BooleanField(
        label=_("Règle en vigueur"),
        required=False,
        help_text=_("Suspendue, elle ne propose plus rien à détruire."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: RetentionRule, **kwargs: Any) -> None:
        names = ("months", "ending", "basis", "is_active", "version")
        super().__init__(*args, initial={name: getattr(rule, name) for name in names}, **kwargs)
        self.rule = rule

    def change(self) -> RuleChange:
        return RuleChange(rule=self.rule, **self.cleaned_data)


class PrepareForm(ShellForm):
    region = forms.ModelChoiceField(
        label=_("Région"),
        queryset=Region.objects.order_by("code"),
        required=False,
        empty_label=_("Sans région : comptes, registres de la province"),
    )


class ApproveForm(ShellForm):
    agreed = forms.BooleanField(
        label=_("J’ai examiné la liste et j’approuve cette destruction"),
        help_text=_("Une fois exécutée, rien ne peut être retrouvé, ni dans l’historique, ni dans les documents."),
    )


class CancelForm(ShellForm):
    note = forms.CharField(label=_("Pourquoi l’abandonner"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
