"""The forms of an employer and of its accompaniments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.employers.enums import ACCOMPANIMENT_TRANSITIONS, ENDED, AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer
from arrimage.employers.queries import advisors_of
from arrimage.foundation import clock
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.records import NeqField, RecordForm


class EmployerForm(RecordForm):
    neq = NeqField(help_text=_("Numéro d’entreprise du Québec : 10 chiffres."))

    fieldsets = (
        Fieldset(_("L’entreprise"), ("neq", "name", "sector", "employee_count")),
        Fieldset(_("Où et comment la joindre"), ("contact_name", "email", "phone", "address", "place")),
    )

    class Meta:
        model = Employer
        fields = (
            "neq", "name", "sector", "employee_count", "contact_name", "email", "phone", "address", "place",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["neq"]


class RequestForm(ShellForm):
    """What an employer asks help with."""

    subject = forms.ChoiceField(label=_("Sujet"), choices=AccompanimentSubject.choices, widget=forms.RadioSelect)
    request = forms.CharField(
        label=_("Ce dont l’entreprise a besoin"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Postes à pourvoir, difficultés, échéances : en quelques phrases."),
    )


class TakeForm(ShellForm):
    advisor = forms.ModelChoiceField(
        label=_("Conseillère ou conseiller"), queryset=User.objects.none(), empty_label=None
    )
    in_charge_on = forms.DateField(label=_("Pris en charge le"), initial=clock.today)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, accompaniment: Accompaniment, user_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        advisor = self.fields["advisor"]
        assert isinstance(advisor, forms.ModelChoiceField)
        advisor.queryset = advisors_of(accompaniment.region_id, clock.today())
        advisor.initial = user_id


class EndForm(ShellForm):
    ending = forms.ChoiceField(label=_("Comment l’accompagnement se termine-t-il ?"), widget=forms.RadioSelect)
    ended_on = forms.DateField(label=_("Terminé le"), initial=clock.today)
    note = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nécessaire pour « Injoignable » et « Hors mandat »."),
    )

    def __init__(self, *args: Any, accompaniment: Accompaniment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = ACCOMPANIMENT_TRANSITIONS.table.get(AccompanimentStatus(accompaniment.status), frozenset())
        self.fields["ending"].choices = [  # type: ignore[attr-defined]
            (status.value, status.label) for status in AccompanimentStatus if status in ENDED & following
        ]
