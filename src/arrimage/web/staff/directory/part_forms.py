"""The forms of the parts of a service. `values()` goes to the action; what a part belongs to is chosen apart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.models import (
    Contact,
    CostOption,
    EligibilityRule,
    Location,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServicePlaces,
)
from arrimage.directory.places.actions import Adjustment
from arrimage.foundation.models import Record
from arrimage.people.enums import Category
from arrimage.web.forms import Fieldset
from arrimage.web.staff.records import RecordForm


class PartForm(RecordForm):
    """The form of a part: `service` is the one it is of; `owner()` says of what it is exactly."""

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, region_id=service.organisation.region_id, **kwargs)
        self.service = service

    def owner(self) -> dict[str, Record]:
        return {"service": self.service}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name in (self._meta.fields or ())}


class LocationForm(PartForm):
    address_1 = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=20, required=False)

    fieldsets = (
        Fieldset(_("Le lieu"), ("location_type", "name", "address_1", "city", "postal_code", "place")),
        Fieldset(
            _("S’y rendre"), ("transportation", "latitude", "longitude"), help=_("Latitude et longitude en degrés.")
        ),
    )

    class Meta:
        model = Location
        fields = ("location_type", "name", "place", "transportation", "latitude", "longitude")
        labels = {"place": _("Ville ou arrondissement")}
        widgets = {"transportation": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = next(iter(self.instance.addresses.all()), None) if self.instance.pk else None
        for name in ("address_1", "city", "postal_code"):
            self.fields[name].initial = getattr(first, name, "")

    def address(self) -> dict[str, str]:
        """Return the fields of its first address, as typed."""
        return {name: self.cleaned_data[name] for name in ("address_1", "city", "postal_code")}


class AtLocationField(forms.ModelChoiceField):
    """One of the locations of a service."""

    def label_from_instance(self, here: Any) -> str:
        return str(here.location)


class AtLocationForm(PartForm):
    """A part of the service at one of its locations, or, where that may be, of the service everywhere."""

    at = AtLocationField(label=_("Où"), queryset=ServiceAtLocation.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["at"]  # what a part belongs to never changes
            return
        at = self.fields["at"]
        assert isinstance(at, AtLocationField)
        at.queryset = self.service.at_locations.select_related("location").prefetch_related("location__addresses")
        at.empty_label = str(_("Partout où le service est offert"))

    def owner(self) -> dict[str, Record]:
        here = self.cleaned_data["at"]
        return {"service_at_location": here} if here else super().owner()


class ScheduleForm(AtLocationForm):
    days = forms.MultipleChoiceField(
        label=_("Jours"), choices=Weekday.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    fieldsets = (
        Fieldset(_("Quand"), ("at", "days", "opens_at", "closes_at")),
        Fieldset(_("Pendant"), ("valid_from", "valid_to", "description")),
    )

    class Meta:
        model = Schedule
        fields = ("opens_at", "closes_at", "valid_from", "valid_to", "description")
        widgets = {
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.instance.byday.split(",")
        self.fields["days"].initial = days
        if self.instance.pk and not {*days, ""} <= {*Weekday.values, ""}:
            del self.fields["days"]  # « the first Monday of the month », which came by an import, stays as it is

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "days" in self.cleaned_data:
            days = self.cleaned_data["days"]
            values |= {"byday": ",".join(days), "freq": Frequency.WEEKLY if days else ""}
        return values


class PlacesForm(AtLocationForm):
    reason = forms.CharField(
        label=_("Pourquoi ce changement"), max_length=300, help_text=_("Gardé avec le changement, pour l’histoire.")
    )

    class Meta:
        model = ServicePlaces
        fields = ("capacity", "taken", "next_on")
        labels = {"taken": _("Places prises par d’autres")}
        help_texts = {"taken": _("Sans les personnes orientées d’ici : elles sont comptées à part.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["reason"]
        if at := self.fields.get("at"):
            at.required = True
            at.queryset = at.queryset.filter(places=None)  # type: ignore[attr-defined]
            at.empty_label = None  # type: ignore[attr-defined]

    def adjustment(self) -> Adjustment:
        return Adjustment(**self.values(), reason=self.cleaned_data["reason"], version=self.cleaned_data["version"])


class CostForm(PartForm):
    class Meta:
        model = CostOption
        fields = ("option", "amount", "amount_description", "valid_from", "valid_to")
        help_texts = {"amount": _("En dollars ; 0 quand c’est gratuit.")}


class DocumentForm(PartForm):
    uri = forms.URLField(label=_("Page qui l’explique"), required=False, assume_scheme="https")

    class Meta:
        model = RequiredDocument
        fields = ("document", "uri")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = True


class RuleForm(PartForm):
    categories = forms.MultipleChoiceField(
        label=_("Statuts d’immigration"), choices=Category.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Aucun : tous les statuts."),
    )  # fmt: skip

    fieldsets = (
        Fieldset(_("Qui"), ("categories", "minimum_age", "maximum_age", "region")),
        Fieldset(
            _("Depuis quand"), ("counted_from", "months_at_least", "months_less_than", "from_on", "to_on"),
            help=_("Laissez vide ce qui ne compte pas."),
        ),
        Fieldset(_("Quand la règle refuse"), ("reason",)),
    )  # fmt: skip

    class Meta:
        model = EligibilityRule
        fields = (
            "categories", "minimum_age", "maximum_age", "region", "counted_from", "months_at_least",
            "months_less_than", "from_on", "to_on", "reason",
        )  # fmt: skip
        help_texts = {"reason": _("Une phrase simple, pour la personne ; vide, les conditions la disent.")}


class ContactForm(PartForm):
    class Meta:
        model = Contact
        fields = ("name", "title", "department", "email", "is_public")
        help_texts = {"is_public": _("Sinon, seuls la direction et l’organisme le voient, pour les orientations.")}
