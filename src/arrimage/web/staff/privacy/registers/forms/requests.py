"""A request: received, its identity, its time, its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.privacy.registers.actions import Answer
from arrimage.privacy.registers.enums import (
    ANSWERS,
    IdentityProof,
    ReceivedBy,
    RecordKind,
    RefusalGround,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import PersonRequest
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.privacy.registers.forms.incidents import long_text

BY_HAND = [(way.value, way.label) for way in ReceivedBy if way != ReceivedBy.PORTAL]

KINDS = [
    (RequestKind.ACCESS.value, _("Accès : obtenir une copie")),
    (RequestKind.RECTIFICATION.value, _("Rectification : faire corriger un renseignement")),
    (RequestKind.PORTABILITY.value, _("Portabilité : obtenir un fichier réutilisable")),
]


class ReceivedForm(ShellForm):
    """A request that came otherwise than by the portal."""

    kind = forms.ChoiceField(label=_("Ce qui est demandé"), choices=KINDS, widget=forms.RadioSelect)
    received_by = forms.ChoiceField(label=_("Reçue par"), choices=BY_HAND)
    received_on = forms.DateField(
        label=_("Reçue le"), initial=clock.today, help_text=_("Le délai de vingt jours part de ce jour.")
    )
    requester = forms.CharField(label=_("Nom de la personne"), max_length=240)
    representative = forms.CharField(
        label=_("Présentée en son nom par"),
        max_length=240,
        required=False,
        help_text=_("Parent, mandataire, avocat : sa qualité sera à vérifier."),
    )
    contact = forms.CharField(label=_("Où envoyer la réponse"), max_length=300, required=False)
    details = long_text(_("Précisions"), required=False)
    field = forms.CharField(label=_("Renseignement à corriger"), max_length=200, required=False)
    current_value = forms.CharField(label=_("Ce qui est écrit"), max_length=500, required=False)
    wanted_value = forms.CharField(label=_("Ce qui devrait l’être"), max_length=500, required=False)

    fieldsets = (
        Fieldset(_("La demande"), ("kind", "received_by", "received_on", "details")),
        Fieldset(_("Qui demande"), ("requester", "representative", "contact")),
        Fieldset(_("Pour une rectification"), ("field", "current_value", "wanted_value")),
    )

    def __init__(self, *args: Any, known: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["requester"]

    def received(self, **fields: Any) -> PersonRequest:
        return PersonRequest(**fields, **self.cleaned_data)


class VerifyForm(ShellForm):
    proof = forms.ChoiceField(label=_("Identité établie par"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Vérifiée le"), initial=clock.today)

    def __init__(self, *args: Any, by_portal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proof = self.fields["proof"]
        assert isinstance(proof, forms.ChoiceField)
        proof.choices = [
            (each.value, each.label) for each in IdentityProof if by_portal or each != IdentityProof.ACCOUNT
        ]
        if by_portal:
            proof.initial = IdentityProof.ACCOUNT.value


class ExtendForm(ShellForm):
    reason = long_text(_("Pourquoi il faut plus de temps"), help_text=_("Cette raison est donnée à la personne."))
    on = forms.DateField(label=_("Avis donné le"), initial=clock.today)


class WithdrawForm(ShellForm):
    note = long_text(_("Comment la personne l’a retirée"))


class AnswerForm(ShellForm):
    """The decision, in words for the person; fields that do not fit the request are left out."""

    decision = forms.ChoiceField(
        label=_("Décision"), choices=[(each.value, each.label) for each in ANSWERS], widget=forms.RadioSelect
    )
    text = long_text(_("Réponse à la personne"), rows=6, help_text=_("Elle la lira dans son espace et dans la lettre."))
    changed_record = forms.ChoiceField(
        label=_("Ce qui a été corrigé"), choices=[("", "—"), *RecordKind.choices], required=False
    )
    change_made = long_text(
        _("Correction faite"), required=False, help_text=_("Ce qui était écrit, ce qui l’est maintenant.")
    )
    ground = forms.ChoiceField(label=_("Motif du refus"), choices=[("", "—"), *RefusalGround.choices], required=False)
    explanation = long_text(_("Explication du refus"), required=False)
    on = forms.DateField(label=_("Réponse donnée le"), initial=clock.today)

    fieldsets = (
        Fieldset(_("La décision"), ("decision", "text", "on")),
        Fieldset(_("Si la rectification est acceptée, même en partie"), ("changed_record", "change_made")),
        Fieldset(_("Si la demande est refusée, même en partie"), ("ground", "explanation")),
    )

    def __init__(self, *args: Any, request: PersonRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request.kind != RequestKind.RECTIFICATION:
            del self.fields["changed_record"], self.fields["change_made"]
        if request.status == RequestStatus.RECEIVED:
            decision = self.fields["decision"]
            assert isinstance(decision, forms.ChoiceField)
            decision.choices = [(RequestStatus.REFUSED.value, RequestStatus.REFUSED.label)]
            decision.initial = RequestStatus.REFUSED.value
            ground = self.fields["ground"]
            assert isinstance(ground, forms.ChoiceField)
            ground.choices = [(RefusalGround.IDENTITY.value, RefusalGround.IDENTITY.label)]
            decision.help_text = gettext("Sans identité vérifiée, la demande ne peut qu’être refusée pour ce motif.")

    def answer(self, request: PersonRequest) -> Answer:
        said = self.cleaned_data
        return Answer(
            request=request,
            decision=RequestStatus(said["decision"]),
            text=said["text"],
            ground=said["ground"],
            explanation=said["explanation"],
            changed_record=said.get("changed_record", ""),
            change_made=said.get("change_made", ""),
            on=said["on"],
        )


class StatementForm(ShellForm):
    text = long_text(
        _("Ce que la personne déclare"), rows=6, help_text=_("Dans ses mots. Le dossier montrera ce texte.")
    )
    on = forms.DateField(label=_("Déclaré le"), initial=clock.today)
