"""A timetable, a closure, a template of times, a room."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.errors import InvalidInput
from arrimage.scheduling.arranging import Kept
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.rules import minutes_of, read_day, without_lunch, write_day
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.caseload.forms import DAYS


class ArrangeForm(ShellForm):
    """Fields of a record of a point of service, named as its own; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        self.record = record
        kwargs["initial"] = {**self.read(), "version": record.version if record.pk else None}
        super().__init__(*args, **kwargs)

    def read(self) -> dict[str, Any]:
        """Return what the fields show at first."""
        return {name: getattr(self.record, name) for name in self.base_fields if name != "version"}

    def filled(self) -> Kept:
        """Return the record with what was typed."""
        for name, value in self.cleaned_data.items():
            if name != "version":
                setattr(self.record, name, value)
        return cast("Kept", self.record)


class DayField(forms.CharField):
    """The hours of a day, written as people do."""

    def clean(self, value: Any) -> Any:
        try:
            return read_day(super().clean(value))
        except InvalidInput as error:
            raise forms.ValidationError(str(error)) from error


class TimetableForm(ArrangeForm):
    """A week; `day_1` is Monday."""

    name = forms.CharField(label=_("Nom"), max_length=80, help_text=_("Par exemple : Toute l’année, ou Horaire d’été."))
    first_on = forms.DateField(
        label=_("Du"), required=False, help_text=_("Pour une saison. Sans dates, l’horaire vaut toute l’année.")
    )
    last_on = forms.DateField(label=_("Au"), required=False)

    fieldsets: ClassVar[tuple[Fieldset, ...]] = (
        Fieldset(_("L’horaire"), ("name", "first_on", "last_on")),
        Fieldset(
            _("Les heures"),
            tuple(f"day_{number}" for number, _name in DAYS),
            help=_("Par exemple : 8 h 30 – 12 h, 13 h – 16 h 30. Laissez vide un jour fermé."),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in DAYS:
            field = DayField(label=str(name).capitalize(), required=False)
            field.initial = write_day(self._week()[number - 1])
            self.fields[f"day_{number}"] = field

    def _week(self) -> list[Any]:
        """Return the hours written; for a new timetable, those the point has until then."""
        if self.record.week:
            return cast("list[Any]", self.record.week)
        point = self.record.service_point
        return [without_lunch(minutes_of(point.day_starts_at), minutes_of(point.day_ends_at))] * 5 + [[], []]

    def filled(self) -> Kept:
        given = self.cleaned_data
        self.record.name, self.record.first_on, self.record.last_on = (
            given["name"],
            given["first_on"],
            given["last_on"],
        )
        self.record.week = [given[f"day_{number}"] for number, _name in DAYS]
        return cast("Kept", self.record)


class ClosureForm(ArrangeForm):
    first_on = forms.DateField(label=_("Du"))
    last_on = forms.DateField(label=_("Au"), required=False, help_text=_("Vide : ce jour seulement."))
    reason = forms.CharField(
        label=_("Raison"), max_length=120, help_text=_("Par exemple : formation du personnel, panne d’électricité.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["last_on"] = given.get("last_on") or given.get("first_on")
        return given


class SlotTemplateForm(ArrangeForm):
    kind = forms.ChoiceField(label=_("Pour quel rendez-vous"), choices=AppointmentKind.choices)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Jours"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.TimeField(label=_("De"))
    ends_at = forms.TimeField(label=_("À"))
    minutes = forms.IntegerField(label=_("Durée d’un rendez-vous (minutes)"), min_value=10, max_value=480)
    places = forms.IntegerField(label=_("Combien à la fois"), min_value=1, max_value=50)
    airport_hours = forms.IntegerField(
        label=_("Réservé à l’aéroport jusqu’à… heures avant"),
        min_value=0,
        max_value=24 * 60,
        required=False,
        help_text=_("Ensuite, ces heures s’ouvrent à tout le monde. Vide : ouvertes à tout le monde dès le début."),
    )
    first_on = forms.DateField(label=_("À partir du"), required=False)
    last_on = forms.DateField(label=_("Jusqu’au"), required=False)

    fieldsets: ClassVar[tuple[Fieldset, ...]] = (
        Fieldset(_("Ce qui est proposé"), ("kind", "weekdays", "starts_at", "ends_at", "minutes", "places")),
        Fieldset(_("Pour qui"), ("airport_hours",)),
        Fieldset(_("Pendant combien de temps"), ("first_on", "last_on")),
    )

    def read(self) -> dict[str, Any]:
        known = super().read()
        return {**known, "minutes": known["minutes"] or self.record.service_point.first_appointment_minutes}


class RoomForm(ArrangeForm):
    name = forms.CharField(label=_("Nom"), max_length=80)
    places = forms.IntegerField(label=_("Nombre de places"), min_value=1, max_value=500)
    is_step_free = forms.BooleanField(label=_("On y entre sans marche"), required=False)
