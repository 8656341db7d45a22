"""The forms of notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.casework.actions.notes import NoteContent
from arrimage.casework.enums import WITH_PARTNER, NoteVisibility
from arrimage.casework.models import File, Referral
from arrimage.web.conflicts import VersionedForm
from arrimage.web.forms import ShellForm

READERS = [
    (
        NoteVisibility.TEAM.value,
        _("L’équipe du dossier : le point de services, la personne qui en répond, les chefs d’équipe"),
    ),
    (NoteVisibility.OFFICE.value, _("La direction régionale : quiconque y ouvre ce dossier")),
    (
        NoteVisibility.PARTNER.value,
        _("Un organisme aussi, tant que son orientation est en cours, et la direction régionale"),
    ),
    (NoteVisibility.PERSON.value, _("La personne aussi, dans son espace, et la direction régionale")),
    (
        NoteVisibility.SENSITIVE.value,
        _("Sensible : vous, la personne qui répond du dossier et les chefs d’équipe du point de services"),
    ),
]


def offer_organisations(form: forms.Form, file: File) -> None:
    """Ask for an organisation only when one accompanies the person, and may still be told something."""
    live = Referral.objects.filter(file=file, status__in=WITH_PARTNER, consent_withdrawn_on__isnull=True)
    form.fields["referral"].queryset = live.select_related("organisation", "service")  # type: ignore[attr-defined]
    if not live.exists():
        del form.fields["referral"]
        shown = [each for each in READERS if each[0] != NoteVisibility.PARTNER]
        form.fields["visibility"].choices = shown  # type: ignore[attr-defined]


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, referral: Any) -> str:
        return f"{referral.organisation} · {referral.service}"


def _text() -> forms.CharField:
    return forms.CharField(label=_("Texte de la note"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 7}))


def _visibility() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Qui peut la lire"),
        choices=READERS,
        initial=NoteVisibility.TEAM,
        widget=forms.RadioSelect,
        help_text=_(
            "Une note sensible n’est ni dans les listes ni dans les fichiers exportés ; chaque lecture est notée. "
            "La personne a cependant le droit d’obtenir copie de tout ce qui est écrit sur elle (Loi sur l’accès, "
            "article 83) : écrivez des faits."
        ),
    )


def _referral() -> OrganisationChoice:
    return OrganisationChoice(
        label=_("Organisme, si la note est partagée avec un organisme"),
        queryset=Referral.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )


class NoteForm(ShellForm):
    text = _text()
    visibility = _visibility()
    referral = _referral()

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self, file)

    def content(self) -> NoteContent:
        return NoteContent(**self.cleaned_data)


class EditNoteForm(VersionedForm):
    text = _text()
    visibility = _visibility()
    referral = _referral()

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self, file)


class AdditionForm(ShellForm):
    text = forms.CharField(
        label=_("Ajouter une précision"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(ShellForm):
    why = forms.CharField(
        label=_("Pourquoi retirer cette note"),
        help_text=_("L’auteur de la note lira ce motif. La note reste dans l’historique ; rien n’est effacé."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewTemplateForm(ShellForm):
    title = forms.CharField(label=_("Titre"), max_length=120)
    text = forms.CharField(label=_("Texte"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 7}))
    is_offered = forms.BooleanField(label=_("Proposer ce modèle à qui écrit une note"), required=False, initial=True)


class TemplateForm(VersionedForm):
    title = forms.CharField(label=_("Titre"), max_length=120)
    text = forms.CharField(label=_("Texte"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 7}))
    is_offered = forms.BooleanField(label=_("Proposer ce modèle à qui écrit une note"), required=False)
