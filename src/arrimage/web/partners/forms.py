"""The forms of the steps. `answer()` gives what the action takes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.casework.actions.referrals import Answer
from arrimage.casework.enums import Outcome
from arrimage.casework.models import Referral
from arrimage.casework.queries import decline_reasons_of
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.web.forms import ShellForm

FARTHEST = timedelta(days=366)


def _note(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, initial=clock.today)


class AnswerForm(ShellForm):
    """A step of a referral; days lie between its sending and today."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("Cette date est à venir : notez-la une fois passée."))
        if self.referral.sent_on and day < self.referral.sent_on:
            raise forms.ValidationError(
                gettext("L’orientation a été envoyée le %(day)s : la date ne peut pas la précéder.")
                % {"day": write_date(self.referral.sent_on)}
            )
        return day

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(
            self.referral,
            on=said.get("on"),
            note=said.get("note", ""),
            reason=said.get("reason", ""),
            outcome=said.get("outcome", ""),
            scheduled_for=said.get("scheduled_for"),
        )


class AcceptForm(AnswerForm):
    note = _note(_("Mot à l’agente ou à l’agent"))


class DeclineForm(AnswerForm):
    reason = forms.ChoiceField(label=_("Raison"), widget=forms.RadioSelect)
    note = _note(_("Précisions"))

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, referral=referral, **kwargs)
        reasons = list(decline_reasons_of(referral.region_id))
        self.fields["reason"].choices = [(each.code, str(each)) for each in reasons]  # type: ignore[attr-defined]
        self.to_explain = {each.code for each in reasons if each.needs_words}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reason") in self.to_explain and not said.get("note", "").strip():
            self.add_error("note", gettext("Dites laquelle en quelques mots."))
        return said


class ScheduleForm(AnswerForm):
    scheduled_for = forms.DateField(label=_("Date convenue avec la personne"))
    note = _note(_("Heure, lieu, à savoir"))

    def clean_scheduled_for(self) -> date:
        day: date = self.cleaned_data["scheduled_for"]
        if self.referral.sent_on and day < self.referral.sent_on:
            raise forms.ValidationError(gettext("Cette date précède l’envoi de l’orientation."))
        if day > clock.today() + FARTHEST:
            raise forms.ValidationError(gettext("Cette date est dans plus d’un an : vérifiez-la."))
        return day


class SeenForm(AnswerForm):
    note = _note(_("À savoir"))


class MissedForm(AnswerForm):
    note = _note(_("A-t-elle prévenu ? À savoir"))


class StartForm(AnswerForm):
    on = _day(_("Premier jour du service"))
    note = _note(_("À savoir"))


class CompleteForm(AnswerForm):
    outcome = forms.ChoiceField(label=_("Résultat"), choices=Outcome.choices, widget=forms.RadioSelect)
    on = _day(_("Dernier jour du service"))
    note = _note(_("Précisions sur le résultat"))


class StopForm(AnswerForm):
    note = _note(_("Pourquoi le service s’arrête"), required=True)
    on = _day(_("Dernier jour du service"))
