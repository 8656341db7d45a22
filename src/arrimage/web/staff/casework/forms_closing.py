"""The forms that close and reopen a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.casework.actions.closing import NeedResult, NewClosing
from arrimage.casework.closings import OpenEnds
from arrimage.casework.enums import ClosingReason
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_time
from arrimage.scheduling.models import Appointment
from arrimage.web.forms import Fieldset, ShellForm, form_groups
from arrimage.web.staff.casework.forms import ENDS, not_to_come

RESULTS = [(each.value, each.label) for each in ENDS]


class CloseForm(ShellForm):
    """Why the accompaniment ends and what it did; then what becomes of each thing still open."""

    reason = forms.ChoiceField(
        label=_("Pourquoi l’accompagnement se termine"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    summary = forms.CharField(
        label=_("Bilan de l’accompagnement"),
        help_text=_("Ce qui a été fait, où en est la personne, vers qui se tourner au besoin."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on = forms.DateField(label=_("Fermé le"), initial=clock.today)

    def __init__(self, *args: Any, ends: OpenEnds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = ends
        for need in ends.needs:
            self.fields[f"need_{need.pk}"] = forms.ChoiceField(
                label=need.label, choices=RESULTS, widget=forms.RadioSelect
            )
            self.fields[f"words_{need.pk}"] = forms.CharField(
                label=gettext("Précisions sur « %(need)s »") % {"need": need.label}, max_length=2000, required=False
            )
        self._several("done", _("Démarches faites"), [(step.pk, step.title) for step in ends.steps], chosen=[])
        self._several(
            "cancelled_referrals",
            _("Orientations à annuler"),
            [(referral.pk, f"{referral.service} · {referral.organisation}") for referral in ends.to_take_back],
        )
        self._several(
            "cancelled_appointments",
            _("Rendez-vous à annuler"),
            [(each.pk, _appointment(each)) for each in ends.appointments],
            chosen=[each.pk for each in ends.appointments if each.guests == 1],  # type: ignore[attr-defined]
        )

    def _several(
        self,
        name: str,
        label: Any,
        choices: list[tuple[int, Any]],
        chosen: list[int] | None = None,
    ) -> None:
        """Ask which of several things, where there are any; all of them are proposed unless `chosen` says which."""
        if not choices:
            return
        self.fields[name] = forms.TypedMultipleChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            required=False,
            initial=[key for key, _words in choices] if chosen is None else chosen,
            widget=forms.CheckboxSelectMultiple,
            help_text=HELP[name],
        )

    def groups(self) -> Any:
        """Return the parts: the end, the results by need, the rest."""
        needs = tuple(name for need in self.ends.needs for name in (f"need_{need.pk}", f"words_{need.pk}"))
        rest = ("done", "cancelled_referrals", "cancelled_appointments")
        parts = [
            Fieldset(_("La fin de l’accompagnement"), ("reason", "summary", "on")),
            Fieldset(_("Ce que chaque besoin est devenu"), needs),
            Fieldset(_("Ce qui reste en cours"), rest),
        ]
        there = tuple(part for part in parts if any(name in self.fields for name in part.fields))
        return form_groups(self, there)

    def clean_on(self) -> Any:
        return not_to_come(self.cleaned_data["on"])

    def closing(self, file: File) -> NewClosing:
        given = self.cleaned_data
        return NewClosing(
            file=file,
            reason=given["reason"],
            summary=given["summary"],
            on=given["on"],
            needs={
                need.pk: NeedResult(given[f"need_{need.pk}"], given[f"words_{need.pk}"]) for need in self.ends.needs
            },
            done=given.get("done", []),
            cancelled_referrals=given.get("cancelled_referrals", []),
            cancelled_appointments=given.get("cancelled_appointments", []),
        )


HELP = {
    "done": _("Celles que vous ne cochez pas sont abandonnées. Elles restent visibles."),
    "cancelled_referrals": _(
        "L’organisme n’a pas encore reçu la personne : il saura que l’orientation est annulée. Décochez celles qui "
        "doivent se poursuivre ; l’organisme dira comment elles se terminent."
    ),
    "cancelled_appointments": _("Un rendez-vous fixé aussi pour d’autres personnes n’est pas coché d’avance."),
}


def _appointment(appointment: Appointment) -> str:
    return f"{write_date(appointment.starts_at)}, {write_time(appointment.starts_at)} · {appointment.agent}"


class ReopenForm(ShellForm):
    why = forms.CharField(
        label=_("Pourquoi rouvrir ce dossier"),
        help_text=_("Tout ce qui a été fait reste. De nouveaux besoins, un nouveau plan s’y ajoutent."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
