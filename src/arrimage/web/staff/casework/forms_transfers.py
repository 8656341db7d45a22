"""Sending a file elsewhere, and answering when one is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.casework.actions.transfers import Wanted
from arrimage.casework.models import File
from arrimage.casework.transfer_enums import TransferGround
from arrimage.foundation import clock
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint
from arrimage.web.forms import ShellForm


class TransferForm(ShellForm):
    """Where the files go, why, and on which ground. The household goes together unless said otherwise."""

    to = forms.ModelChoiceField(
        label=_("Vers quel point de services"), queryset=ServicePoint.objects.none(), empty_label=_("Choisir")
    )
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce que l’autre équipe doit savoir pour répondre. Rien de plus : elle lira le dossier ensuite."),
    )
    ground = forms.ChoiceField(
        label=_("La personne"),
        choices=TransferGround.choices,
        initial=TransferGround.AGREED,
        widget=forms.RadioSelect,
    )
    others = forms.MultipleChoiceField(
        label=_("Avec elle, de son ménage"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, file: File, household: list[File], anywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file, self.around = file, {str(each.uid): each for each in household}
        points = ServicePoint.objects.open_on(clock.today()).filter(kind=ServicePointKind.OFFICE)
        points = points.exclude(pk=file.service_point_id).select_related("region").order_by("region__name", "name")
        fields: Any = self.fields
        fields["to"].queryset = points if anywhere else points.exclude(region=file.region_id)
        fields["to"].label_from_instance = lambda point: f"{point.region} · {point.name}"
        fields["others"].choices = [(key, str(each.person)) for key, each in self.around.items()]
        fields["others"].initial = list(self.around)
        if not self.around:
            del fields["others"]

    def chosen(self) -> list[File]:
        return [self.file, *(self.around[key] for key in self.cleaned_data.get("others", []))]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(given["to"], given["reason"], given["ground"])


class RefuseForm(ShellForm):
    answer = forms.CharField(
        label=_("Pourquoi le transfert est refusé"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
