"""Forms of what is known of a person: one a kind of detail. Each writes through the actions of `people`."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.occupations.models import Occupation
from arrimage.occupations.queries import search_occupations
from arrimage.people.actions import add_details, change_status, edit_details
from arrimage.people.models import FrenchLevel, PersonLanguage, PersonName, PersonOccupation, PersonStatus, Schooling
from arrimage.people.models.details import FRENCH_SKILLS
from arrimage.people.rules import FRENCH_LEVELS, french_stage
from arrimage.web.countries import countries
from arrimage.web.forms import ShellModelForm
from arrimage.web.staff.casework.languages import languages

MOST_SUGGESTED = 5


class DetailForm(ShellModelForm):
    """A detail of a person: `instance` bears the person already. `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def write_new(self, actor: Actor) -> None:
        add_details(actor, [self.instance])

    def write_changes(self, actor: Actor) -> None:
        values = {name: getattr(self.instance, name) for name in self._meta.fields or ()}
        edit_details(actor, [Change(self.instance, values, self.cleaned_data["version"] or 0)])


class NameForm(DetailForm):
    class Meta:
        model = PersonName
        fields = ("kind", "given_name", "family_name", "original_name", "starts_on", "ends_on")


class LanguageForm(DetailForm):
    class Meta:
        model = PersonLanguage
        fields = ("language", "is_mother_tongue", "speaks", "reads", "writes", "needs_interpreter")

    language = forms.ChoiceField(label=_("Langue"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *languages(self.instance.language)]  # type: ignore[attr-defined]


class FrenchForm(DetailForm):
    class Meta:
        model = FrenchLevel
        fields = ("assessed_on", "source", "source_name", *FRENCH_SKILLS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level, f"{level} ({french_stage(level).label})") for level in FRENCH_LEVELS]
        for skill in FRENCH_SKILLS:
            self.fields[skill] = forms.TypedChoiceField(
                label=self.fields[skill].label,
                choices=[("", gettext("Non évalué")), *levels],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["assessed_on"].initial = clock.today


class SchoolingForm(DetailForm):
    class Meta:
        model = Schooling
        fields = ("level", "field", "country", "ended_year", "recognition")

    country = forms.ChoiceField(label=_("Pays des études"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]


class OccupationForm(DetailForm):
    """An occupation: the person's words, and the classification's, found by its code or by what it is called."""

    class Meta:
        model = PersonOccupation
        fields = ("kind", "words", "occupation", "years")

    occupation = forms.CharField(
        label=_("Profession selon la CNP"),
        required=False,
        max_length=150,
        help_text=_("Son code à cinq chiffres, ou des mots de son nom."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["occupation"] = self.instance.occupation.code if self.instance.occupation else ""

    def clean_occupation(self) -> Occupation | None:
        text = self.cleaned_data["occupation"].strip()
        if not text:
            return None
        found = list(search_occupations(text)[: MOST_SUGGESTED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("Aucune profession ne répond à ces mots : essayez-en d’autres."))
        named = " ; ".join(f"{each.code} {each.title}" for each in found[:MOST_SUGGESTED])
        raise forms.ValidationError(
            gettext("Plusieurs professions répondent. Écrivez le code de la bonne : %(named)s…") % {"named": named}
        )


class StatusForm(DetailForm):
    """An immigration status put right: its dates were written wrongly."""

    class Meta:
        model = PersonStatus
        fields: ClassVar[tuple[str, ...]] = ("category", "starts_on", "ends_on")


class NewStatusForm(StatusForm):
    """A new status: what the person had before ends, unless both hold together."""

    replaces = forms.BooleanField(
        label=_("Il remplace le statut en vigueur, qui se termine la veille"), required=False, initial=True
    )

    def write_new(self, actor: Actor) -> None:
        change_status(actor, self.instance, replaces=self.cleaned_data["replaces"])
