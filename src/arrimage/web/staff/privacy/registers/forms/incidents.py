"""An incident: reported, described, assessed, its notices, its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.privacy.registers.enums import IncidentKind, InformationKind, NoticeTo, NoticeWay
from arrimage.privacy.registers.models import Incident
from arrimage.territory.models import Region
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.records import RecordForm


def long_text(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 3) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Renseignements touchés"),
        choices=InformationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReportForm(ShellForm):
    """What anybody of the staff can say of an incident, in a minute."""

    description = long_text(
        _("Ce qui s’est passé"),
        rows=5,
        help_text=_("Quoi, où, comment vous l’avez su. Ne nommez pas les personnes touchées si vous pouvez l’éviter."),
    )
    kind = forms.ChoiceField(label=_("C’est plutôt"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    aware_on = forms.DateField(label=_("Vous l’avez su le"), initial=clock.today)
    occurred_from = forms.DateField(label=_("C’est arrivé le"), required=False)
    information_kinds = kinds()
    measures = long_text(_("Ce qui a déjà été fait"), required=False, help_text=_("Courriel rappelé, accès fermé…"))

    def incident(self) -> Incident:
        return Incident(**self.cleaned_data)


class IncidentForm(RecordForm):
    """All the register holds of the facts."""

    information_kinds = kinds()

    fieldsets = (
        Fieldset(_("Ce qui s’est passé"), ("kind", "description", "circumstances", "region")),
        Fieldset(
            _("Quand"),
            ("aware_on", "occurred_from", "occurred_until", "occurred_is_approximate"),
            help=_("L’incident est conservé cinq ans à partir du jour où il est connu."),
        ),
        Fieldset(_("Les renseignements"), ("information_kinds", "information")),
        Fieldset(
            _("Les personnes"),
            ("person_count", "quebec_count", "count_is_approximate"),
            help=_("Laissez vide ce qui n’est pas connu."),
        ),
        Fieldset(_("Les mesures"), ("measures",)),
    )

    class Meta:
        model = Incident
        fields = (
            "kind", "description", "circumstances", "region", "aware_on", "occurred_from", "occurred_until",
            "occurred_is_approximate", "information_kinds", "information", "person_count", "quebec_count",
            "count_is_approximate", "measures",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("description", "circumstances", "information", "measures")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = Region.objects.order_by("code")
        region.empty_label = str(_("Tout le Québec"))
        if not self.instance.pk:
            self.fields["aware_on"].initial = clock.today


class AssessForm(ShellForm):
    """The assessment of s. 63.10, and its conclusion."""

    sensitivity = long_text(
        _("Sensibilité des renseignements"), help_text=_("Santé, finances, numéros officiels… ou peu de chose ?")
    )
    consequences = long_text(
        _("Conséquences appréhendées"), help_text=_("Fraude, vol d’identité, atteinte à la réputation, danger…")
    )
    likelihood = long_text(
        _("Probabilité d’une utilisation préjudiciable"),
        help_text=_("Qui a pu les voir ? Sont-ils récupérés, chiffrés ?"),
    )
    serious_risk = forms.TypedChoiceField(
        label=_("Un préjudice sérieux risque-t-il d’être causé ?"),
        choices=[
            ("yes", _("Oui : la Commission et les personnes concernées doivent être avisées")),
            ("no", _("Non : aucun avis n’est obligatoire")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    conclusion = long_text(_("Motifs de la conclusion"))
    on = forms.DateField(label=_("Évalué le"), initial=clock.today)


class NoticeForm(ShellForm):
    to = forms.ChoiceField(label=_("Qui est avisé"), choices=NoticeTo.choices, widget=forms.RadioSelect)
    recipient = forms.CharField(
        label=_("Nom de la personne ou de l’organisme"),
        max_length=200,
        required=False,
        help_text=_("Pour qui peut réduire le risque."),
    )
    way = forms.ChoiceField(label=_("Comment"), choices=NoticeWay.choices)
    given_on = forms.DateField(label=_("Donné le"), initial=clock.today)
    note = long_text(_("Précisions"), required=False, help_text=_("Pour un avis public : pourquoi il l’est."))
    information = long_text(
        _("Renseignements communiqués sur les personnes"),
        required=False,
        help_text=_("À qui peut réduire le risque seulement ; inscrit aussi au registre des communications."),
    )


class CloseForm(ShellForm):
    measures = long_text(
        _("Mesures prises"), rows=5, help_text=_("Pour réduire le risque, et pour que cela n’arrive plus.")
    )
    on = forms.DateField(label=_("Fermé le"), initial=clock.today)
