"""The forms of a file. Each field carries the name of what the action takes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.answers import TravellingAnswer
from arrimage.casework.choosing import Offer
from arrimage.casework.enums import (
    REFERRAL_TRANSITIONS,
    NeedStatus,
    Outcome,
    Priority,
    ReferralStatus,
)
from arrimage.casework.models import File, Referral
from arrimage.casework.queries import decline_reasons_of
from arrimage.directory.queries import themes_of
from arrimage.foundation import clock
from arrimage.web.forms import ShellForm
from arrimage.web.staff.casework.offers import AT_LOCATION, add_offer_fields

ENDS = [NeedStatus.MET, NeedStatus.NOT_MET, NeedStatus.WITHDRAWN]


class AssignForm(ShellForm):
    agent = forms.ModelChoiceField(label=_("Agente ou agent"), queryset=User.objects.none())

    def __init__(self, *args: Any, agents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = agents  # type: ignore[attr-defined]


class NeedForm(ShellForm):
    """A need that no list foresaw."""

    label = forms.CharField(
        label=_("Le besoin, en quelques mots"),
        max_length=240,
        help_text=_("Par exemple : trouver un jardin communautaire près de la maison."),
    )
    theme = forms.ModelChoiceField(label=_("Thème"), queryset=themes_of(None), empty_label=_("Choisissez un thème"))
    priority = forms.TypedChoiceField(
        label=_("Priorité"), choices=Priority.choices, coerce=int, initial=Priority.SOON, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes_of(file.region_id)  # type: ignore[attr-defined]


class NeedCloseForm(ShellForm):
    status = forms.ChoiceField(
        label=_("Qu’est devenu ce besoin ?"),
        choices=[(each.value, each.label) for each in ENDS],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("Depuis le"), initial=clock.today)


class MessageForm(ShellForm):
    text = forms.CharField(label=_("Votre message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class SendForm(ShellForm):
    """What leaves with a referral: where, a message, and the answers of the assessment the agent lets travel."""

    answers = forms.MultipleChoiceField(
        label=_("Réponses à l’évaluation à communiquer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "L’organisme les confirme ou les corrige : la personne n’a pas à répéter. Celles qui sont délicates ne "
            "partent que si vous les cochez avec elle."
        ),
    )
    message = forms.CharField(
        label=_("Message à l’organisme"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que l’organisme doit savoir de plus pour bien accueillir la personne. Rien de plus."),
    )

    def __init__(
        self, *args: Any, answers: Sequence[TravellingAnswer], offer: Offer, picked: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        add_offer_fields(self, offer, picked=picked)
        self.order_fields([AT_LOCATION])
        if not answers:
            del self.fields["answers"]
            return
        sections: dict[str, list[tuple[str, str]]] = {}
        for each in answers:
            sections.setdefault(each.section, []).append((each.key, _answer_label(each)))
        self.fields["answers"].choices = list(sections.items())  # type: ignore[attr-defined]
        self.fields["answers"].initial = [each.key for each in answers if each.by_default]


def _answer_label(answer: TravellingAnswer) -> str:
    words = gettext("%(question)s — %(answer)s") % {"question": answer.question, "answer": answer.answer}
    return gettext("%(words)s (délicate)") % {"words": words} if answer.is_sensitive else words


class ReasonForm(ShellForm):
    note = forms.CharField(
        label=_("Pourquoi l’orientation est-elle annulée ?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(ShellForm):
    """What the partner said by telephone or otherwise: the next states of the referral, and what each needs."""

    status = forms.ChoiceField(label=_("Ce que dit l’organisme"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("En date du"), initial=clock.today)
    reason = forms.ChoiceField(label=_("Raison, en cas de refus"), required=False)
    scheduled_for = forms.DateField(label=_("Date fixée"), required=False)
    outcome = forms.ChoiceField(
        label=_("Résultat, si le service est terminé"),
        required=False,
        choices=[("", _("Sans objet")), *Outcome.choices],
    )
    note = forms.CharField(label=_("Précisions"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = REFERRAL_TRANSITIONS.table.get(ReferralStatus(referral.status), frozenset())
        ours = {ReferralStatus.CANCELLED, ReferralStatus.EXPIRED, ReferralStatus.SENT, ReferralStatus.REMINDED}
        possible = [state for state in ReferralStatus if state in following and state not in ours]
        self.fields["status"].choices = [(state.value, state.label) for state in possible]  # type: ignore[attr-defined]
        reasons = decline_reasons_of(referral.region_id)
        self.fields["reason"].choices = [("", _("Sans objet")), *((each.code, str(each)) for each in reasons)]  # type: ignore[attr-defined]
        needed = {
            "reason": {ReferralStatus.DECLINED},
            "scheduled_for": {ReferralStatus.SCHEDULED},
            "outcome": {ReferralStatus.COMPLETED},
        }
        for name, states in needed.items():
            if not states & set(possible):
                del self.fields[name]

    def clean_on(self) -> date:
        return not_to_come(self.cleaned_data["on"])


def not_to_come(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(gettext("Cette date est à venir."))
    return day
