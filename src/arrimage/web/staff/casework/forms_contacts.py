"""The forms of contacts: made, planned, and those at 6, 12 and 24 months."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.contacts import ToPlan
from arrimage.casework.actions.milestones import Answers, Call
from arrimage.casework.enums import Channel, Employment, MilestoneResult, PlannedStatus, Residence
from arrimage.casework.models import File, PlannedContact, Step
from arrimage.casework.models.contacts import HIGHEST_LEVEL, SKILLS
from arrimage.casework.story import FileStory
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.foundation.writing import write_date
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.casework.filters import agents_of
from arrimage.web.staff.casework.forms import ENDS, not_to_come
from arrimage.web.staff.casework.languages import languages

LANGUAGE_HELP = _("Laissez vide si vous ne l’avez pas notée.")
INTERPRETER_HELP = _("Le nom de l’interprète, ou de l’organisme qui l’envoie. Laissez vide s’il n’y en avait pas.")


def _languages() -> list[tuple[str, Any]]:
    return [("", _("Non notée")), *languages()]


class ContactForm(ShellForm):
    """How a contact was made."""

    on = forms.DateField(label=_("Date du contact"), initial=clock.today)
    channel = forms.ChoiceField(label=_("Moyen"), choices=Channel.choices, initial=Channel.PHONE)
    language = forms.ChoiceField(label=_("Langue"), choices=_languages, required=False, help_text=LANGUAGE_HELP)
    interpreter = forms.CharField(
        label=_("Par l’entremise de"), max_length=150, required=False, help_text=INTERPRETER_HELP
    )

    def clean_on(self) -> date:
        return not_to_come(self.cleaned_data["on"])


class FollowUpForm(ContactForm):
    """A contact, what it settles, and the one to come. `uid` lets the same form sent twice be known."""

    fieldsets = (
        Fieldset(_("Le contact"), ("planned", "on", "channel", "language", "interpreter", "reached", "note")),
        Fieldset(_("Ce que le contact règle"), ("step", "closes_step", "need_status")),
        Fieldset(
            _("Le prochain contact"),
            ("next_on", "next_subject", "next_agent"),
            help=_("Il paraîtra dans les choses à faire ce jour-là. Laissez la date vide s’il n’y en a pas."),
        ),
    )

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=new_uid, required=False)
    planned = forms.ModelChoiceField(
        label=_("Contact prévu"),
        queryset=PlannedContact.objects.none(),
        required=False,
        empty_label=_("Aucun : ce contact n’était pas prévu"),
    )
    reached = forms.BooleanField(label=_("La personne a été jointe"), required=False, initial=True)
    note = forms.CharField(label=_("Ce qui a été dit"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    step = forms.ModelChoiceField(
        label=_("Démarche dont il a été question"),
        queryset=Step.objects.none(),
        required=False,
        empty_label=_("Aucune en particulier"),
    )
    closes_step = forms.BooleanField(label=_("La démarche est faite : la clore"), required=False)
    need_status = forms.ChoiceField(
        label=_("Ce que le besoin est devenu"),
        required=False,
        choices=[("", pgettext_lazy("need", "Toujours en cours")), *[(each.value, each.label) for each in ENDS]],
        widget=forms.RadioSelect,
    )
    next_on = forms.DateField(label=_("Date du prochain contact"), required=False)
    next_subject = forms.CharField(label=_("À quel sujet"), max_length=240, required=False)
    next_agent = forms.ModelChoiceField(
        label=_("Par qui"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("L’agente ou l’agent du dossier"),
    )

    def __init__(self, *args: Any, story: FileStory, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [step.pk for step in story.open_steps]
        fields: Any = self.fields
        fields["step"].queryset = Step.objects.filter(pk__in=keys)
        fields["planned"].queryset = planned_in(story.file)
        fields["planned"].label_from_instance = lambda each: f"{write_date(each.planned_on)} · {each.subject}"
        fields["next_agent"].queryset = agents_of(actor)
        if not keys:
            del fields["step"], fields["closes_step"]
        if not fields["planned"].queryset:
            del fields["planned"]
        if not story.is_open:
            del fields["next_on"], fields["next_subject"], fields["next_agent"]

    def clean_uid(self) -> UUID:
        return self.cleaned_data["uid"] or new_uid()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("next_on") and not given.get("next_subject"):
            self.add_error("next_subject", gettext("Dites de quoi il sera question."))
        return given

    def to_plan(self) -> ToPlan | None:
        """Return the contact to come that the form asks for, if any."""
        given = self.cleaned_data
        if not given.get("next_on"):
            return None
        return ToPlan(given["next_on"], given["next_subject"], agent=given["next_agent"])


class PlanContactForm(ShellForm):
    """A contact to make. `version` is the one that was read."""

    on = forms.DateField(label=_("Date prévue"))
    channel = forms.ChoiceField(label=_("Moyen"), choices=Channel.choices, initial=Channel.PHONE)
    subject = forms.CharField(
        label=_("À quel sujet"),
        max_length=240,
        help_text=_("Par exemple : demander si le cours de français lui convient."),
    )
    agent = forms.ModelChoiceField(
        label=_("Par qui"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("L’agente ou l’agent du dossier"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = agents_of(actor)  # type: ignore[attr-defined]

    def to_plan(self) -> ToPlan:
        given = self.cleaned_data
        return ToPlan(given["on"], given["subject"], given["channel"], given["agent"])


def _levels() -> list[tuple[str, Any]]:
    words = {0: _("Aucun français"), 1: _("débutant"), 5: _("intermédiaire"), 9: _("avancé")}
    found: list[tuple[str, Any]] = [("", _("Ne sait pas")), ("0", words[0])]
    for level in range(1, HIGHEST_LEVEL + 1):
        stage = words[max(start for start in (1, 5, 9) if start <= level)]
        found.append((str(level), f"{level} · {stage}"))
    return found


def _level(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_levels, coerce=int, empty_value=None, required=False)


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Ne sait pas")), ("yes", _("Oui")), ("no", _("Non"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


class MilestoneForm(ContactForm):
    """The contact at 6, 12 or 24 months: the result first; the questions, when the person answers."""

    fieldsets = (
        Fieldset(_("Le contact"), ("result", "on", "channel", "language", "interpreter")),
        Fieldset(_("Où vit la personne"), ("residence", "municipality")),
        Fieldset(_("Le travail"), ("employment", "in_field")),
        Fieldset(
            _("Le français"),
            (*SKILLS, "learning_french"),
            help=_("De 1 à 12 sur l’Échelle québécoise, selon ce que la personne en dit."),
        ),
    )

    result = forms.ChoiceField(
        label=_("La personne"),
        choices=[
            (MilestoneResult.REACHED, _("Répond aux questions")),
            (MilestoneResult.NOT_REACHED, _("N’a pas pu être jointe : à réessayer")),
            (MilestoneResult.DECLINED, _("Ne souhaite pas répondre")),
        ],
        initial=MilestoneResult.REACHED,
        widget=forms.RadioSelect,
    )
    residence = forms.ChoiceField(
        label=_("Elle habite"), choices=Residence.choices, widget=forms.RadioSelect, required=False
    )
    municipality = forms.CharField(label=_("Municipalité"), max_length=120, required=False)
    employment = forms.ChoiceField(
        label=_("Sa situation"), choices=Employment.choices, widget=forms.RadioSelect, required=False
    )
    in_field = _yes_no(_("Dans son domaine ?"))
    listening = _level(_("Comprendre à l’oral"))
    speaking = _level(_("Parler"))
    reading = _level(_("Lire"))
    writing = _level(_("Écrire"))
    learning_french = _yes_no(_("Apprend-elle le français en ce moment ?"))
    note = forms.CharField(label=_("À retenir"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("result") == MilestoneResult.REACHED:
            for name in ("residence", "employment"):
                if not given.get(name):
                    self.add_error(name, gettext("Choisissez une réponse."))
        return given

    def call(self) -> Call:
        """Return the call; answers that go with no answer are left."""
        given = self.cleaned_data
        answers = None
        if given["result"] == MilestoneResult.REACHED:
            names = ("residence", "employment", "municipality", "in_field", "learning_french")
            levels = {skill: given[skill] for skill in SKILLS}
            answers = Answers(**{name: given[name] for name in names}, levels=levels)
        made = ("result", "channel", "on", "language", "interpreter", "note")
        return Call(**{name: given[name] for name in made}, answers=answers)


def planned_in(file: File) -> Any:
    return PlannedContact.objects.filter(file=file, status=PlannedStatus.PLANNED)
