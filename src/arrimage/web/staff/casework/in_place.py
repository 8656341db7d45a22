"""What is edited in place on a file's page: which record, which of its fields, by which action.

Each kind has a form like any other (`conflicts.VersionedForm`), shown in the row it changes where there is script, on a
page of its own where there is none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.casework.actions import corrections
from arrimage.casework.enums import OPEN_STEPS, STEP_TRANSITIONS, LanguageGround, Priority, StepOwner, StepStatus
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.imports import parse
from arrimage.foundation.models import Record
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.territory.models import ServicePoint
from arrimage.web.conflicts import VersionedForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.languages import languages
from arrimage.web.staff.casework.reading import file_for, need_for, step_for
from arrimage.web.staff.records import parsed


class NeedInPlace(VersionedForm):
    label = forms.CharField(label=_("Besoin"), max_length=240)
    priority = forms.TypedChoiceField(label=_("Priorité"), choices=Priority.choices, coerce=int)


class StepInPlace(VersionedForm):
    title = forms.CharField(label=_("Démarche"), max_length=240)
    owner = forms.ChoiceField(label=_("Qui s’en occupe"), choices=StepOwner.choices)
    due_on = forms.DateField(label=_("D’ici le"))
    status = forms.ChoiceField(label=_("État"), choices=StepStatus.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = StepStatus(self.record.status)  # type: ignore[attr-defined]
        reachable = {now, *STEP_TRANSITIONS.table.get(now, frozenset())}
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (state.value, state.label) for state in StepStatus if state in reachable
        ]
        if now not in OPEN_STEPS:  # what is over is taken up again, and changed after
            for name in ("title", "owner", "due_on"):
                del self.fields[name]


class ContactInPlace(VersionedForm):
    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Courriel"), required=False)
    preferred_language = forms.ChoiceField(label=_("Langue préférée"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = languages(self.record.preferred_language)  # type: ignore[attr-defined]
        self.fields["preferred_language"].choices = spoken  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return str(parsed(parse.phone, self.cleaned_data["phone"]))


class PointInPlace(VersionedForm):
    service_point = forms.ModelChoiceField(
        label=_("Point de services"), queryset=ServicePoint.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = ServicePoint.objects.open_on(clock.today()).filter(region_id=self.record.region_id, kind="office")  # type: ignore[attr-defined]
        self.fields["service_point"].queryset = points  # type: ignore[attr-defined]


class LanguageInPlace(VersionedForm):
    language_ground = forms.ChoiceField(
        label=_("Motif d’une autre langue que le français"),
        required=False,
        choices=[("", _("Aucun : six mois après l’arrivée, on écrit en français seulement")), *LanguageGround.choices],
    )
    language_attestation = forms.CharField(
        label=_("Ce qui l’atteste"),
        required=False,
        max_length=200,
        help_text=_("Un document ou une déclaration, et sa date."),
    )


@dataclass(frozen=True)
class Target:
    """The record to change, and the file it is on."""

    record: Record
    file: File


@dataclass(frozen=True)
class InPlace:
    """One kind: how its record is found, its form, and what writes it from the version read."""

    title: Any
    find: Callable[[ActingRequest, UUID], Target]
    form: type[VersionedForm]
    write: Callable[[Actor, Target, Mapping[str, Any]], object]
    anchor: str


def _on_file(find: Callable[[ActingRequest, UUID], Any]) -> Callable[[ActingRequest, UUID], Target]:
    def target(request: ActingRequest, uid: UUID) -> Target:
        record = find(request, uid)
        return Target(record, record.file)

    return target


def _person(request: ActingRequest, uid: UUID) -> Target:
    file = file_for(request, uid, ObjectKind.PERSON)
    return Target(file.person, file)


def _file(request: ActingRequest, uid: UUID) -> Target:
    file = file_for(request, uid)
    return Target(file, file)


def _with_version(act: Callable[..., object]) -> Callable[[Actor, Target, Mapping[str, Any]], object]:
    return lambda actor, target, values: act(actor, target.record, version=target.record.version, **values)


KINDS: dict[str, InPlace] = {
    "besoin": InPlace(
        _("Modifier le besoin"), _on_file(need_for), NeedInPlace, _with_version(corrections.correct_need), "besoins"
    ),
    "demarche": InPlace(
        _("Modifier la démarche"), _on_file(step_for), StepInPlace, _with_version(corrections.correct_step), "plan"
    ),
    "coordonnees": InPlace(
        _("Modifier les coordonnées"),
        _person,
        ContactInPlace,
        lambda actor, target, values: corrections.correct_contact(
            actor, target.file, target.file.person, version=target.record.version, values=values
        ),
        "personne",
    ),
    "langue": InPlace(
        _("Langue des messages"),
        _file,
        LanguageInPlace,
        _with_version(corrections.set_language_ground),
        "personne",
    ),
    "point": InPlace(
        _("Changer de point de services"), _file, PointInPlace, _with_version(corrections.move_file), "dossier"
    ),
}  # fmt: skip
