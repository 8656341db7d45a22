"""The forms of a plan: wishes, steps, agreeing."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import PlanStatus, Signing, StepOwner
from arrimage.casework.models import File, Need, Plan
from arrimage.casework.proposals import Proposal
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.web.conflicts import VersionedForm
from arrimage.web.forms import ShellForm
from arrimage.web.staff.casework.forms import not_to_come
from arrimage.web.staff.casework.languages import languages
from arrimage.web.staff.consents.forms import SignatureField

WHY = _("Ce plan est convenu : dites pourquoi il change.")


def _language(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=languages, initial="fr", required=False)


class PlanForm(ShellForm):
    """What the person wants, in their words, and which proposed steps the plan begins with."""

    goal = forms.CharField(
        label=_("Ce que la personne souhaite"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Dans ses mots et sa langue, par exemple : travailler comme infirmière, en français."),
    )
    language = _language(_("Langue de ces mots"))

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals

    def without(self) -> frozenset[int]:
        """Return the needs whose proposed step was not ticked; none when the page had nothing to tick."""
        if "chosen" not in self.data:
            return frozenset()
        taken = set(self.data.getlist("take"))  # type: ignore[attr-defined]
        return frozenset(each.need.pk for each in self.proposals if str(each.need.uid) not in taken)


class AmendingForm(ShellForm):
    """A form that changes a plan: one already agreed asks why."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.status == PlanStatus.AGREED:
            self.fields["why"] = forms.CharField(label=_("Pourquoi ce changement"), max_length=300, help_text=WHY)


class GoalForm(AmendingForm):
    words = forms.CharField(
        label=_("Ce que la personne souhaite"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Dans ses mots et sa langue."),
    )
    language = _language(_("Langue de ces mots"))

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or "fr"


class StepForm(AmendingForm):
    title = forms.CharField(
        label=_("Ce qu’il y a à faire"), max_length=240, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = _language(_("Langue de ces mots"))
    owner = forms.ChoiceField(
        label=_("Qui s’en occupe"), choices=StepOwner.choices, initial=StepOwner.PERSON, widget=forms.RadioSelect
    )
    due_on = forms.DateField(label=_("D’ici le"))
    service = forms.ModelChoiceField(
        label=_("Avec quel service"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=_("Aucun en particulier"),
    )

    def __init__(self, *args: Any, file: File, need: Need | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services_for(file, need, self.initial.get("service"))  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or "fr"


class NewStepForm(StepForm):
    need = forms.ModelChoiceField(
        label=_("Pour quel besoin"), queryset=Need.objects.none(), required=False, empty_label=_("Aucun en particulier")
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, file=file, **kwargs)
        needs = Need.objects.filter(file=file, closed_on__isnull=True)
        self.fields["need"].queryset = needs  # type: ignore[attr-defined]
        self.fields["need"].to_field_name = "uid"  # type: ignore[attr-defined]


class EditStepForm(StepForm, VersionedForm):
    """A step as it was read; what somebody changed meanwhile is never overwritten."""


class AgreeForm(ShellForm):
    """How the person agreed; `digest` is that of the content they read."""

    digest = forms.CharField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Plan expliqué en"), choices=languages)
    by = forms.CharField(
        label=_("Par l’entremise de"),
        max_length=150,
        required=False,
        help_text=_(
            "Le nom de l’interprète ou de la personne qui a traduit. Laissez vide si vous l’avez fait vous-même."
        ),
    )
    on = forms.DateField(label=_("Convenu le"), initial=clock.today)
    means = forms.ChoiceField(
        label=_("Comment la personne l’accepte"),
        choices=Signing.choices,
        initial=Signing.SPOKEN,
        required=False,
        widget=forms.RadioSelect,
    )
    signature = SignatureField(label=_("Signature"), required=False)
    agreed = forms.BooleanField(label=_("La personne comprend le plan et l’accepte."))

    def clean_on(self) -> date:
        return not_to_come(self.cleaned_data["on"])

    def clean_means(self) -> Signing:
        return Signing(self.cleaned_data["means"] or Signing.SPOKEN)


def services_for(file: File, need: Need | None, kept: Any = None) -> Any:
    """Return the services offered in the file's region, for a need's theme where there is one; `kept` stays."""
    wanted = Q(is_offered=True, organisation__region_id=file.region_id)
    if need is not None:
        wanted &= Q(themes=need.theme_id)
    also = Q(pk=getattr(kept, "pk", kept)) if kept else Q(pk__in=[])
    return Service.objects.filter(wanted | also).select_related("organisation").order_by("name", "pk").distinct()
