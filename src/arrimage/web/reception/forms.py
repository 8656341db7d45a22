"""The forms of the airport."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.people.enums import Category, Gender, Relation
from arrimage.reception.actions import Unannounced
from arrimage.reception.models import Arrival, Flight, Party
from arrimage.web.births import BirthField
from arrimage.web.countries import countries
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.casework.languages import languages


class UnannouncedForm(ShellForm):
    """Somebody who is there and whom no manifest named. `uid` is made with the page: sent twice, it is one person."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    family_name = forms.CharField(label=_("Nom de famille"), max_length=120)
    given_name = forms.CharField(label=_("Prénom"), max_length=120, required=False)
    original_name = forms.CharField(label=_("Nom dans l’écriture d’origine"), max_length=240, required=False)
    relation = forms.ChoiceField(label=_("Lien avec le groupe"), choices=Relation.choices)
    birth = BirthField()
    gender = forms.ChoiceField(label=_("Genre"), choices=Gender.choices, initial=Gender.UNKNOWN)
    birth_country = forms.ChoiceField(label=_("Pays de naissance"), required=False)
    language = forms.ChoiceField(label=_("Langue dans laquelle parler à la personne"))
    category = forms.ChoiceField(label=_("Catégorie d’immigration"), choices=Category.choices)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    email = forms.EmailField(label=_("Courriel"), required=False)
    flight_number = forms.CharField(
        label=_("Numéro du vol"), max_length=12, help_text=_("Tel qu’il est affiché, par exemple AC873.")
    )
    lands_on = forms.DateField(label=_("Arrivée du vol"))

    fieldsets = (
        Fieldset(
            _("La personne"),
            ("family_name", "given_name", "original_name", "relation", "birth", "gender", "birth_country"),
        ),
        Fieldset(_("Pour l’accueillir"), ("language", "category", "phone", "email")),
        Fieldset(_("Son vol"), ("flight_number", "lands_on")),
    )

    def __init__(self, *args: Any, party: Party | None = None, flight: Flight | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["birth_country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]
        self.fields["uid"].initial = new_uid
        self.fields["relation"].initial = Relation.PRINCIPAL if party is None else Relation.OTHER
        self.fields["lands_on"].initial = flight.lands_on if flight else clock.today
        if flight is not None:
            self.fields["flight_number"].initial = flight.number

    def unannounced(self) -> Unannounced:
        """Return what the action takes, from valid answers."""
        said = self.cleaned_data
        names = ["birth", *(field.name for field in Arrival._meta.get_fields())]
        arrival = Arrival(**{name: value for name, value in said.items() if name in names and value is not None})
        return Unannounced(
            arrival=arrival, flight_number=said["flight_number"], lands_on=said["lands_on"], party=self.party
        )
