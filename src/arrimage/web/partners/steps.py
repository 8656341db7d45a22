"""The steps a partner takes with a referral: one page each, one action of the domain each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer
from arrimage.casework.enums import REFERRAL_TRANSITIONS, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.web.partners import forms

Act = Callable[[Actor, Sequence[Answer]], list[Referral]]


@dataclass(frozen=True)
class Step:
    """One step: the state it leads to, its words, its form, what is said once it is done.

    `ends` says that the referral then leaves the list.
    """

    name: str
    to: ReferralStatus
    act: Act
    form: type[forms.AnswerForm]
    verb: str | Promise
    title: str | Promise
    help: str | Promise
    done: str | Promise
    ends: bool = False

    def may_follow(self, status: str) -> bool:
        return REFERRAL_TRANSITIONS.allow(status, self.to)


_S = ReferralStatus
STEPS = (
    Step("accept", _S.ACCEPTED, actions.accept_referrals, forms.AcceptForm,
         _("Accepter"), _("Accepter l’orientation"),
         _("Vous vous engagez à joindre la personne et à fixer une date avec elle."),
         _("L’orientation de %(name)s est acceptée. Fixez maintenant une date avec elle.")),
    Step("decline", _S.DECLINED, actions.decline_referrals, forms.DeclineForm,
         _("Refuser"), _("Refuser l’orientation"),
         _("L’agente ou l’agent cherchera aussitôt un autre service pour la personne."),
         _("Le refus est transmis : l’orientation de %(name)s quitte votre liste."), ends=True),
    Step("schedule", _S.SCHEDULED, actions.schedule_referrals, forms.ScheduleForm,
         _("Fixer une date"), _("Fixer une date avec la personne"),
         _("Convenez-en d’abord avec elle."),
         _("La date de %(name)s est fixée.")),
    Step("attend", _S.ATTENDED, actions.attend_referrals, forms.SeenForm,
         _("La personne est venue"), _("La personne est venue"),
         "",
         _("La présence de %(name)s est notée.")),
    Step("miss", _S.NO_SHOW, actions.miss_referrals, forms.MissedForm,
         _("La personne n’est pas venue"), _("La personne n’est pas venue"),
         _("Vous pourrez fixer une autre date avec elle."),
         _("L’absence de %(name)s est notée. Fixez une autre date, ou dites que le service s’arrête.")),
    Step("start", _S.STARTED, actions.start_referrals, forms.StartForm,
         _("Commencer le service"), _("Le service commence"),
         "",
         _("Le service de %(name)s est commencé.")),
    Step("complete", _S.COMPLETED, actions.complete_referrals, forms.CompleteForm,
         _("Terminer le service"), _("Le service est terminé"),
         _("Ce résultat suit la personne : elle n’aura pas à le répéter ailleurs."),
         _("Le résultat de %(name)s est enregistré : l’orientation quitte votre liste."), ends=True),
    Step("stop", _S.STOPPED, actions.stop_referrals, forms.StopForm,
         _("Interrompre"), _("Interrompre le service"),
         _("L’agente ou l’agent reprendra le besoin avec la personne."),
         _("L’interruption est transmise : l’orientation de %(name)s quitte votre liste."), ends=True),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}

# What is proposed first in each state, then the other ways out.
PROPOSED: dict[str, tuple[str, ...]] = {
    _S.SENT: ("accept", "decline"),
    _S.REMINDED: ("accept", "decline"),
    _S.ACCEPTED: ("schedule", "start", "stop"),
    _S.SCHEDULED: ("attend", "miss", "stop"),
    _S.NO_SHOW: ("schedule", "stop"),
    _S.ATTENDED: ("start", "complete", "stop"),
    _S.STARTED: ("complete", "stop"),
}


def proposed(status: str) -> list[Step]:
    """Return the steps that may follow a state, the usual one first."""
    return [BY_NAME[name] for name in PROPOSED.get(status, ())]
