"""An interpreter, and the minutes of one booking."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.directory.queries import organisations_visible_to
from arrimage.foundation import clock
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.interpreter_rates import NewRate
from arrimage.scheduling.interpreters import InterpreterDetails
from arrimage.scheduling.interpreting import MOST_MINUTES
from arrimage.scheduling.models import Interpretation, Interpreter
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.casework.languages import languages
from arrimage.web.staff.records import MoneyField, RecordForm


class InterpreterForm(RecordForm):
    """Who somebody is, what they interpret, how they are reached. French is what they interpret into."""

    languages = forms.MultipleChoiceField(label=_("Langues"), widget=forms.CheckboxSelectMultiple)
    modes = forms.MultipleChoiceField(
        label=_("Façons d’interpréter"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple
    )

    fieldsets: ClassVar[tuple[Fieldset, ...]] = (
        Fieldset(_("L’interprète"), ("name", "organisation", "is_active")),
        Fieldset(_("Ce qui est interprété"), ("languages", "modes")),
        Fieldset(
            _("Pour le joindre"),
            ("email", "phone"),
            help=_("Sans courriel, c’est celui de l’organisme qui sert ; sans l’un ni l’autre, on appelle."),
        ),
        Fieldset(_("Facturation"), ("cost_code",)),
    )

    class Meta:
        model = Interpreter
        fields = ("name", "organisation", "is_active", "languages", "modes", "email", "phone", "cost_code")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = self.instance.pk is not None
        organisation, spoken = self.fields["organisation"], self.fields["languages"]
        if isinstance(organisation, forms.ModelChoiceField):
            organisation.queryset = organisations_visible_to(actor).filter(region_id=self.instance.region_id)
            organisation.empty_label = str(_("À son compte"))
        if isinstance(spoken, forms.MultipleChoiceField):
            spoken.choices = languages(*(self.instance.languages or []))[1:]

    def details(self) -> InterpreterDetails:
        """Return what was typed."""
        return InterpreterDetails(**self.values())


class RateForm(ShellForm):
    """What an hour costs, from when to when; of a known rate, `version` is the one that was read."""

    hourly = MoneyField(label=_("Tarif horaire"), help_text=_("En dollars l’heure, par exemple 62,50."))
    first_on = forms.DateField(label=_("À partir du"), initial=clock.today)
    last_on = forms.DateField(
        label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’au tarif suivant, qui y met fin la veille.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def rate(self) -> NewRate:
        """Return what was typed."""
        return NewRate(**{name: self.cleaned_data[name] for name in ("hourly", "first_on", "last_on")})


class MinutesForm(ShellForm):
    """What one booking is charged: its whole time and its code unless told."""

    minutes = forms.IntegerField(label=_("Minutes facturées"), min_value=1, max_value=MOST_MINUTES)
    cost_code = forms.CharField(label=_("Code de coût"), max_length=20, required=False)

    def __init__(self, *args: Any, booking: Interpretation, **kwargs: Any) -> None:
        held = booking.appointment or booking.meeting
        lasts = (held.ends_at - held.starts_at).total_seconds() // 60 if held else None
        kwargs["initial"] = {"minutes": lasts and int(lasts), "cost_code": booking.cost_code}
        super().__init__(*args, auto_id=f"{booking.uid}-%s", **kwargs)
