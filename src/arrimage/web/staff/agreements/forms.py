"""The forms of agreements and local actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction, Stream
from arrimage.directory.models import Organisation, Service
from arrimage.foundation import clock
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.records import MoneyField, RecordForm


class AgreementForm(RecordForm):
    committed = MoneyField(label=_("Montant engagé"))
    matched = MoneyField(label=_("Contribution de l’organisme"), required=False)

    fieldsets = (
        Fieldset(_("L’entente"), ("number", "title", "organisation", "stream")),
        Fieldset(_("Durée et montants"), ("starts_on", "ends_on", "committed", "matched")),
        Fieldset(_("Suivi"), ("advisor",)),
    )

    class Meta:
        model = Agreement
        fields = (
            "number",
            "title",
            "organisation",
            "stream",
            "starts_on",
            "ends_on",
            "committed",
            "matched",
            "advisor",
        )
        labels = {"starts_on": _("En vigueur du"), "stream": _("Programme et volet")}

    def __init__(self, *args: Any, region_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, region_id=region_id, **kwargs)
        choose = str(_("Choisissez"))
        self._narrow("organisation", Organisation.objects.filter(region_id=region_id), choose)
        self._narrow("advisor", advisors_of_agreements(region_id), str(_("Personne pour l’instant")))
        self._narrow("stream", Stream.objects.select_related("programme"), choose)
        self.fields["stream"].label_from_instance = (  # type: ignore[attr-defined]
            lambda stream: f"{stream.programme.name} · {stream.name}"
        )

    def _narrow(self, name: str, queryset: Any, empty: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
        field.empty_label = empty

    def clean_matched(self) -> Any:
        return self.cleaned_data["matched"] or 0


def advisors_of_agreements(region_id: int) -> Any:
    grants = RoleGrant.objects.live_on(clock.today()).filter(role=Role.REGIONAL_ADVISOR, region_id=region_id)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name", "pk")


class SignForm(ShellForm):
    signed_on = forms.DateField(label=_("Signée le"), initial=clock.today)


class InstalmentForm(RecordForm):
    amount = MoneyField(label=_("Montant"))

    class Meta:
        model = Instalment
        fields = ("amount", "due_on", "condition")
        help_texts = {
            "condition": _("Ce qui doit être remis ou vérifié avant de verser, par exemple « Rapport d’étape ».")
        }


class ReleaseForm(ShellForm):
    released_on = forms.DateField(label=_("Versé le"), initial=clock.today)
    condition_met = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, instalment: Instalment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instalment.condition:
            self.fields["condition_met"].label = _("La condition est remplie : %(condition)s") % {
                "condition": instalment.condition
            }
            self.fields["condition_met"].required = True
            self.fields["condition_met"].error_messages["required"] = _(
                "Confirmez que la condition est remplie avant de verser."
            )
        else:
            del self.fields["condition_met"]


class DeliverableForm(RecordForm):
    class Meta:
        model = Deliverable
        fields = ("label", "service", "measure", "target")
        help_texts = {"service": _("Les orientations vers ce service comptent, pendant la durée de l’entente.")}

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.fields["service"]
        assert isinstance(service, forms.ModelChoiceField)
        service.queryset = Service.objects.filter(organisation=agreement.organisation_id, is_offered=True)
        service.empty_label = str(_("Choisissez"))


class LocalActionForm(RecordForm):
    partners = forms.ModelMultipleChoiceField(
        label=_("Partenaires"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Maintenez la touche Ctrl pour en choisir plusieurs."),
    )

    class Meta:
        model = LocalAction
        fields = ("title", "happens_on", "place", "agreement")
        labels = {"agreement": _("Entente qui la finance")}

    def __init__(self, *args: Any, region_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, region_id=region_id, **kwargs)
        self.fields["partners"].queryset = Organisation.objects.filter(region_id=region_id)  # type: ignore[attr-defined]
        agreement = self.fields["agreement"]
        assert isinstance(agreement, forms.ModelChoiceField)
        agreement.queryset = Agreement.objects.filter(region_id=region_id).exclude(status="annulled").order_by("number")
        agreement.empty_label = str(_("Aucune"))
        if self.instance.pk:
            self.fields["partners"].initial = list(self.instance.partners.all())

    def values(self) -> dict[str, Any]:
        values = super().values()
        values.pop("partners")
        return values


class CarryOutForm(ShellForm):
    participants = forms.IntegerField(label=_("Nombre de participantes et participants"), min_value=0, required=False)


class PlanAgainForm(ShellForm):
    happens_on = forms.DateField(label=_("Nouvelle date"))
