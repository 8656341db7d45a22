"""Forms of an agent who gives times, moves them, takes them back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.scheduling.enums import CancelReason, Mode
from arrimage.scheduling.models import Room
from arrimage.scheduling.queries import Slot
from arrimage.territory.models import ServicePoint
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.casework.languages import interpreter_languages, languages
from arrimage.web.times import SlotForm

# What nobody chooses: the machine writes it of offers.
CHOSEN_REASONS = [reason for reason in CancelReason if reason not in (CancelReason.LAPSED, CancelReason.REFUSED)]


class BookForm(SlotForm):
    """A free time, for whom, how people meet, what they need."""

    persons = forms.MultipleChoiceField(label=_("Pour qui"), widget=forms.CheckboxSelectMultiple)
    mode = forms.ChoiceField(
        label=_("Façon de se rencontrer"), choices=Mode.choices, initial=Mode.ON_SITE, required=False
    )
    room = forms.ChoiceField(label=_("Salle"), required=False)
    call_address = forms.URLField(label=_("Adresse de la visioconférence"), required=False, assume_scheme="https")
    language = forms.ChoiceField(label=_("Langue de la rencontre"), required=False)
    interpreter_language = forms.ChoiceField(label=_("Interprète"), required=False)
    needs_step_free = forms.BooleanField(label=_("Accès sans marche"), required=False)
    accommodation = forms.CharField(label=_("Autre besoin d’accessibilité"), max_length=200, required=False)
    note = forms.CharField(
        label=_("À savoir avant le rendez-vous"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    fieldsets = (
        Fieldset("", ("slot", "persons")),
        Fieldset(_("La rencontre"), ("mode", "room", "call_address", "language", "interpreter_language")),
        Fieldset(_("Besoins"), ("needs_step_free", "accommodation", "note")),
    )

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        files: list[File],
        point: ServicePoint,
        due: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, slots=slots, due=due, **kwargs)
        self.around = {str(file.uid): file for file in files}
        self.fields["persons"].choices = [(key, str(file.person)) for key, file in self.around.items()]  # type: ignore[attr-defined]
        spoken = files[0].person.preferred_language
        self.fields["interpreter_language"].choices = interpreter_languages(spoken)  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Français")), *_but_french(spoken)]  # type: ignore[attr-defined]
        self.rooms = {str(room.uid): room for room in Room.objects.filter(service_point=point, is_used=True)}
        rooms = [(key, room.name) for key, room in self.rooms.items()]
        self.fields["room"].choices = [("", _("Une salle libre, proposée")), *rooms]  # type: ignore[attr-defined]

    def chosen_room(self) -> Room | None:
        return self.rooms.get(self.cleaned_data["room"])

    def guests(self) -> list[File]:
        return [self.around[key] for key in self.cleaned_data["persons"]]


class WhenForm(ShellForm):
    """Where and from which day to look for a free time."""

    first = forms.DateField(label=_("À partir du"), required=False)
    service_point = forms.ModelChoiceField(
        label=_("Point de services"), queryset=ServicePoint.objects.none(), required=False, empty_label=None
    )
    any_agent = forms.BooleanField(label=_("Avec n’importe quelle agente ou quel agent"), required=False)

    def __init__(self, asked: QueryDict, *, region_id: int, point: ServicePoint | None) -> None:
        here = {"service_point": point.pk if point else None}
        super().__init__(here | asked.dict() if asked else None, initial=here)
        self.fields["service_point"].queryset = offices_of(region_id)  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        return max(self.cleaned_data.get("first") or clock.today(), clock.today())


class CancelForm(ShellForm):
    """Why a time is given back; `version` is the one that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Raison de l’annulation"), choices=[(reason.value, reason.label) for reason in CHOSEN_REASONS]
    )


class WaitForm(ShellForm):
    """What somebody who waits accepts."""

    service_points = forms.ModelMultipleChoiceField(
        label=_("Points de services acceptés"),
        queryset=ServicePoint.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="uid",
    )
    earliest = forms.DateField(label=_("Au plus tôt"), required=False)
    latest = forms.DateField(label=_("Au plus tard"), required=False)
    language = forms.ChoiceField(label=_("Interprète"), required=False)
    needs_step_free = forms.BooleanField(label=_("Accès sans marche"), required=False)

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service_points"].queryset = offices_of(file.region_id)  # type: ignore[attr-defined]
        self.fields["language"].choices = interpreter_languages(file.person.preferred_language)  # type: ignore[attr-defined]


def offices_of(region_id: int) -> Any:
    """Return the points of service of a region where people are received."""
    return ServicePoint.objects.open_on(clock.today()).filter(region_id=region_id, kind="office")


def _but_french(also: str) -> list[tuple[str, str]]:
    return [each for each in languages(also) if each[0] != "fr"]
