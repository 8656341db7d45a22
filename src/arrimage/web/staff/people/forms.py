"""Forms of who somebody is, and of households."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.foundation import clock
from arrimage.people.enums import Gender, IdentifierKind, LinkKind, NameKind, Relation
from arrimage.people.models import Member, Person
from arrimage.web.births import BirthField
from arrimage.web.countries import countries
from arrimage.web.forms import ShellForm
from arrimage.web.staff.casework.languages import languages


class PersonForm(ShellForm):
    """Fields of a person, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "version"]
        initial = {name: getattr(person, name) for name in names} | {"version": person.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person

    def values(self) -> dict[str, Any]:
        """Return the fields to write, from valid answers."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if "birth" in said:
            wanted = Person()
            wanted.birth = said.pop("birth")
            said |= {"birth_date": wanted.birth_date, "birth_precision": wanted.birth_precision}
        return said


class IdentityForm(PersonForm):
    given_name = forms.CharField(label=_("Prénom"), max_length=120, required=False)
    family_name = forms.CharField(
        label=_("Nom de famille"),
        max_length=120,
        required=False,
        help_text=_("Une personne qui ne porte qu’un nom : écrivez-le ici, et laissez le prénom vide."),
    )
    original_name = forms.CharField(label=_("Nom dans l’écriture d’origine"), max_length=240, required=False)
    name_kind = forms.ChoiceField(label=_("Ce nom est"), choices=NameKind.choices)
    birth = BirthField()
    gender = forms.ChoiceField(label=_("Genre"), choices=Gender.choices)
    birth_country = forms.ChoiceField(label=_("Pays de naissance"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]


class ContactForm(PersonForm):
    preferred_language = forms.ChoiceField(label=_("Langue dans laquelle parler à la personne"))
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=20,
        required=False,
        help_text=_("Plusieurs personnes d’un ménage peuvent avoir le même."),
    )
    email = forms.EmailField(label=_("Courriel"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preferred_language"].choices = languages(self.person.preferred_language)  # type: ignore[attr-defined]


class NumberForm(ShellForm):
    """A government's number. What is typed is shown again only in the form that was refused."""

    kind = forms.ChoiceField(label=_("Sorte de numéro"), choices=IdentifierKind.choices)
    number = forms.CharField(
        label=_("Numéro"),
        max_length=30,
        help_text=_("Il est chiffré. N’inscrivez ni numéro d’assurance sociale ni numéro d’assurance maladie."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_kind(self) -> IdentifierKind:
        return IdentifierKind(self.cleaned_data["kind"])


class OtherFileForm(ShellForm):
    """Somebody else, named by the number of their file: one that the actor opens, or none."""

    number = forms.CharField(
        label=_("Numéro de dossier de l’autre personne"),
        max_length=30,
        help_text=_("Tel qu’il est en haut de son dossier, par exemple MTL-2026-004213-7."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_number(self) -> File | None:
        number = "".join(self.cleaned_data["number"].split()).upper()
        if not number and not self.fields["number"].required:
            return None
        found = files_visible_to(self.actor).filter(number=number).select_related("person").first()
        if found is None:
            raise forms.ValidationError(gettext("Aucun dossier que vous accompagnez ne porte ce numéro."))
        return found


class LinkForm(OtherFileForm):
    kind = forms.ChoiceField(label=_("Ce que l’autre personne est pour celle-ci"), choices=LinkKind.choices)


class HouseholdForm(forms.Form):
    """The day of an act, and the version of the household that was read."""

    on = forms.DateField(label=_("Depuis le"), initial=clock.today)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SplitForm(HouseholdForm, OtherFileForm):
    persons = forms.MultipleChoiceField(label=_("Qui part"), widget=forms.CheckboxSelectMultiple)

    field_order = ("persons", "on", "number")

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = {str(member.person.uid): member.person for member in members}
        self.fields["persons"].choices = [(uid, str(person)) for uid, person in self.around.items()]  # type: ignore[attr-defined]
        self.fields["number"].required = False
        self.fields["number"].label = gettext("Numéro de dossier d’une personne du ménage rejoint")
        self.fields["number"].help_text = gettext("Laissez vide : un nouveau ménage est inscrit.")

    def leaving(self) -> list[Person]:
        return [self.around[uid] for uid in self.cleaned_data["persons"]]


class MergeForm(HouseholdForm, OtherFileForm):
    field_order = ("number", "on")


class JoinForm(MergeForm):
    relation = forms.ChoiceField(label=_("Place dans le ménage"), choices=Relation.choices, initial=Relation.OTHER)


class StartForm(ShellForm):
    on = forms.DateField(label=_("Depuis le"), initial=clock.today)


class MemberForm(ShellForm):
    """What was written of somebody's place in a household, put right."""

    relation = forms.ChoiceField(label=_("Place dans le ménage"), choices=Relation.choices)
    starts_on = forms.DateField(label=_("Depuis le"))
    ends_on = forms.DateField(
        label=_("Jusqu’au"), required=False, help_text=_("Le jour du départ. Vide tant que la personne y est.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
