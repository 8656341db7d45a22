"""A week, an absence, files to give."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.profiles import MOST_HOURS, Week
from arrimage.casework.models import Absence, AgentProfile, File
from arrimage.foundation import clock
from arrimage.web.forms import ShellForm
from arrimage.web.staff.casework.filters import agents_of
from arrimage.web.staff.casework.languages import languages

DAYS = [
    (1, _("lundi")),
    (2, _("mardi")),
    (3, _("mercredi")),
    (4, _("jeudi")),
    (5, _("vendredi")),
    (6, _("samedi")),
    (7, _("dimanche")),
]


class ProfileForm(ShellForm):
    """The week of an agent. `version` is the one that was read, 0 for none."""

    hours = forms.DecimalField(
        label=_("Heures par semaine pour l’accompagnement"), min_value=1, max_value=MOST_HOURS, decimal_places=1
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Jours de travail"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues parlées avec les personnes"),
        choices=languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, profile: AgentProfile, **kwargs: Any) -> None:
        known = {name: getattr(profile, name) for name in ("hours", "days", "languages")}
        super().__init__(*args, initial={**known, "version": profile.version if profile.pk else 0}, **kwargs)

    def week(self) -> Week:
        given = self.cleaned_data
        return Week(given["hours"], given["days"], given["languages"])


class SubstitutesForm(ShellForm):
    substitutes = forms.ModelMultipleChoiceField(
        label=_("Qui remplace"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("À plusieurs, les dossiers sont partagés : chacun a sa part, et chacun peut les ouvrir tous."),
    )

    def __init__(self, *args: Any, actor: Actor, absence: Absence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = agents_of(actor)
        if absence is not None:
            others = others.exclude(pk=absence.agent_id)
        self.fields["substitutes"].queryset = others  # type: ignore[attr-defined]


class AbsenceForm(SubstitutesForm):
    """Days away; why is nobody's business. An agent says theirs, a lead anybody's, and who replaces."""

    agent = forms.ModelChoiceField(label=_("Qui est en absence"), queryset=User.objects.none())
    starts_on = forms.DateField(label=_("Du"), initial=clock.today)
    ends_on = forms.DateField(label=_("Au"), help_text=_("Les dossiers reviennent d’eux-mêmes le lendemain."))

    field_order = ("agent", "starts_on", "ends_on", "substitutes")

    def __init__(self, *args: Any, actor: Actor, chooses: bool, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        fields: Any = self.fields
        fields["agent"].queryset = agents_of(actor)
        if not chooses:
            fields["agent"].queryset = agents_of(actor).filter(Q(pk=actor.user_id))
            fields["agent"].initial = actor.user_id
            fields["agent"].empty_label = None
            del fields["substitutes"]


class ReassignForm(ShellForm):
    """Files of one agent to give to another, for good."""

    to = forms.ModelChoiceField(label=_("Donner à"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Pourquoi"), max_length=240, help_text=_("Par exemple : départ à la retraite le 1er juin.")
    )
    chosen = forms.ModelMultipleChoiceField(
        label=_("Dossiers"), queryset=File.objects.none(), to_field_name="uid", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, giver: User, files: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].queryset = agents_of(actor).exclude(pk=giver.pk)
        fields["chosen"].queryset = files
        fields["chosen"].label_from_instance = lambda file: f"{file.person} · {file.number}"
