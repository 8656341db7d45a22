"""The forms by which an organisation keeps its page. What an advisor reads first is apart, and says so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Mode, Rhythm
from arrimage.directory.models import Location, Organisation, Service, Theme
from arrimage.directory.queries import themes_of
from arrimage.directory.upkeep.moderated import IMMEDIATE_FIELDS, MODERATED_FIELDS, NEW_SERVICE_FIELDS
from arrimage.foundation.models import Record
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.directory.forms import language_choices
from arrimage.web.staff.records import RecordForm

READ_FIRST = _("La direction régionale lit ces changements avant qu’ils paraissent.")
READ_WHOLE = _("La direction régionale lit la proposition avant que le service paraisse au répertoire.")
AT_ONCE = _("Ces changements paraissent tout de suite.")


def _fieldsets(model: type[Record], at_once: tuple[str, ...]) -> tuple[Fieldset, ...]:
    """Return the two halves of a form, by the table of what is moderated."""
    assert set(at_once) <= IMMEDIATE_FIELDS[model]
    proposed = tuple(name for group in MODERATED_FIELDS[model] for name in group)
    return Fieldset(_("Proposé"), proposed, help=READ_FIRST), Fieldset(_("Immédiat"), at_once, help=AT_ONCE)


class OrganisationForm(RecordForm):
    website = forms.URLField(label=_("Site web"), required=False, assume_scheme="https")

    fieldsets = _fieldsets(Organisation, ("address", "place", "phone", "email", "website"))

    class Meta:
        model = Organisation
        fields = ("name", "alternate_name", "description", "address", "place", "phone", "email", "website")
        help_texts = {"email": _("Les rappels de confirmation y arrivent.")}


class ServiceForm(RecordForm):
    languages = forms.MultipleChoiceField(label=_("Langues"), widget=forms.CheckboxSelectMultiple)
    modes = forms.MultipleChoiceField(
        label=_("Comment il est offert"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    url = forms.URLField(label=_("Page web"), required=False, assume_scheme="https")

    fieldsets = _fieldsets(
        Service,
        ("alert", "languages", "modes", "application_process", "delay_days", "contact_email", "email", "url"),
    )

    class Meta:
        model = Service
        fields = (
            "name", "alternate_name", "description", "eligibility_description", "minimum_age", "maximum_age",
            "fees_description", "alert", "application_process", "delay_days", "contact_email", "email", "languages",
            "modes", "url",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("eligibility_description", "fees_description", "alert", "application_process")
        }
        labels = {"alert": _("Avis à afficher")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = language_choices(self.instance.languages)  # type: ignore[attr-defined]


class ProposedServiceForm(RecordForm):
    """A whole new service: what an advisor needs to know to accept it."""

    themes = forms.ModelMultipleChoiceField(
        label=_("Besoins auxquels il répond"), queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Langues"), widget=forms.CheckboxSelectMultiple, initial=["fr"])
    modes = forms.MultipleChoiceField(
        label=_("Comment il est offert"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    location = forms.ModelChoiceField(
        label=_("Où"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("Non précisé"),
        help_text=_(
            "Un de vos lieux. Un lieu de plus, les heures et les places s’ajoutent une fois le service inscrit."
        ),
    )

    fieldsets = (
        Fieldset(_("Le service"), ("name", "description", "themes"), help=READ_WHOLE),
        Fieldset(_("Pour qui"), ("eligibility_description", "languages")),
        Fieldset(_("Comment"), ("modes", "location", "fees_description", "delay_days")),
    )

    class Meta:
        model = Service
        fields = NEW_SERVICE_FIELDS
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("description", "eligibility_description", "fees_description")
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, region_id=organisation.region_id, **kwargs)
        self.fields["themes"].queryset = themes_of(organisation.region_id)  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices([])  # type: ignore[attr-defined]
        own = organisation.locations.prefetch_related("addresses")
        self.fields["location"].queryset = own  # type: ignore[attr-defined]

    def service(self, organisation: Organisation) -> Service:
        """Return the service as typed, not saved."""
        return Service(organisation=organisation, **{name: self.cleaned_data[name] for name in NEW_SERVICE_FIELDS})


class RhythmForm(ShellForm):
    months = forms.TypedChoiceField(
        label=_("Nous confirmons notre page"), choices=Rhythm.choices, coerce=int, widget=forms.RadioSelect
    )
