"""The forms of an organisation and of a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Mode, Referrer
from arrimage.directory.models import Organisation, Service, Theme
from arrimage.directory.queries import themes_of
from arrimage.directory.where import Where
from arrimage.foundation.writing import write_language
from arrimage.territory.models import Place
from arrimage.web.forms import Fieldset
from arrimage.web.staff.casework.languages import languages
from arrimage.web.staff.records import NeqField, RecordForm


class OrganisationForm(RecordForm):
    neq = NeqField(required=False, help_text=_("10 chiffres."))
    website = forms.URLField(label=_("Site web"), required=False, assume_scheme="https")

    fieldsets = (
        Fieldset(_("L’organisme"), ("name", "kind", "municipality", "neq")),
        Fieldset(_("Où et comment le joindre"), ("address", "place", "phone", "email", "website")),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "municipality", "neq", "address", "place", "phone", "email", "website")
        help_texts = {
            "municipality": _("Pour une municipalité seulement : la ville ou l’arrondissement qu’elle gouverne."),
        }
        labels = {"municipality": _("Territoire gouverné")}

    def __init__(self, *args: Any, region_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, region_id=region_id, **kwargs)
        governed = self.fields["municipality"]
        if isinstance(governed, forms.ModelChoiceField):
            governed.queryset = Place.objects.filter(region_id=region_id).order_by("name")
            governed.empty_label = str(_("Aucun"))


def language_choices(own: list[str]) -> list[tuple[str, str]]:
    """Return the languages a service may be given in, those it is given in already among them."""
    offered = dict(languages()) | {code: write_language(code) for code in own}
    return [(code, name.capitalize()) for code, name in offered.items()]


class ServiceForm(RecordForm):
    themes = forms.ModelMultipleChoiceField(
        label=_("Besoins auxquels il répond"),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(label=_("Langues"), widget=forms.CheckboxSelectMultiple)
    address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    place = forms.ModelChoiceField(label=_("Lieu"), queryset=Place.objects.none(), required=False)

    modes = forms.MultipleChoiceField(
        label=_("Comment il est offert"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    referrers = forms.MultipleChoiceField(
        label=_("Qui peut y diriger quelqu’un"),
        choices=Referrer.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Aucun choix : tout le monde."),
    )
    url = forms.URLField(label=_("Page web"), required=False, assume_scheme="https")

    fieldsets = (
        Fieldset(_("Le service"), ("name", "description", "alert", "is_offered", "closure")),
        Fieldset(_("Pour qui"), ("themes", "languages", "minimum_age", "maximum_age", "eligibility_description")),
        Fieldset(_("Comment"), ("modes", "application_process", "fees_description", "url", "email")),
        Fieldset(_("Où, et comment y orienter"), ("address", "place", "referrers", "contact_email", "delay_days")),
    )

    class Meta:
        model = Service
        fields = (
            "name", "description", "alert", "is_offered", "closure", "minimum_age", "maximum_age", "modes", "referrers",
            "eligibility_description", "application_process", "fees_description", "url", "email", "contact_email",
            "delay_days",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("alert", "eligibility_description", "application_process", "fees_description")
        }
        labels = {
            "is_offered": _("Ce service est offert en ce moment"),
            "closure": _("Sinon, pourquoi"),
            "alert": _("Avis à afficher"),
        }

    def __init__(self, *args: Any, region_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, region_id=region_id, **kwargs)
        self.fields["themes"].queryset = themes_of(region_id)  # type: ignore[attr-defined]
        own = self.instance.languages or []
        self.fields["languages"].choices = language_choices(own)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["themes"].initial = list(self.instance.themes.all())
            self.fields["address"].initial = self.instance.address
            self.fields["place"].initial = self.instance.place
        self.fields["languages"].initial = own or ["fr"]

    def values(self) -> dict[str, Any]:
        values = super().values()
        for other in ("themes", "address", "place"):
            values.pop(other)
        return values

    @property
    def where(self) -> Where:
        place = self.cleaned_data["place"]
        return Where(self.cleaned_data["address"], place.pk if place else None)
