"""How a consent is taken: for what, from whom, by which means, in which language."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.attachments.models import Attachment
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.consents.actions import NewConsent
from arrimage.privacy.consents.enums import FOR_CHILDREN, GivenBy, Means
from arrimage.privacy.consents.queries import SPOKEN
from arrimage.privacy.consents.rules import MOST_POINTS, may_be_given_by
from arrimage.web.forms import ShellForm
from arrimage.web.staff.casework.languages import interpreter_languages
from arrimage.web.staff.consents.shown import Reading, said_texts

ANOTHER = "another"
LONGEST = MOST_POINTS * 12  # characters of a signature: twelve a point at most


class SignatureInput(forms.Widget):
    """A box to sign in with a finger, a pen or a mouse; its strokes go with the form as JSON."""

    template_name = "staff/consents/signature.html"
    use_fieldset = True

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_box" if id_ else ""


class SignatureField(forms.CharField):
    """The strokes of a signature, as lists of points; None when nothing was drawn. Asked of one means only."""

    widget = SignatureInput

    def validate(self, value: Any) -> None:
        """Leave it to the means chosen."""

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        try:
            return json.loads(value) if len(value) <= LONGEST else ["too long"]
        except (ValueError, RecursionError):
            return ["unreadable"]  # the rules of the domain say what a signature is


class PaperField(forms.FileField):
    """The signed paper. Asked of one means only."""

    def validate(self, value: Any) -> None:
        """Leave it to the means chosen."""


class ConsentForm(ShellForm):
    """What one person says, for themselves or for a child: `person` is who is concerned, `adults` the household's.

    With several `readings`, each purpose is ticked apart. `children` (under 14) may be consented for at the same time.
    `quick` leaves out what is rarely said.
    """

    read = forms.CharField(widget=forms.HiddenInput)
    purposes = forms.MultipleChoiceField(label=_("La personne consent à"), widget=forms.CheckboxSelectMultiple)
    children = forms.MultipleChoiceField(
        label=_("Elle consent aussi, comme parent, pour"), widget=forms.CheckboxSelectMultiple, required=False
    )
    given_by = forms.ChoiceField(label=_("Qui consent ?"), choices=GivenBy.choices, widget=forms.RadioSelect)
    guardian = forms.ChoiceField(label=_("Le parent, la tutrice ou le tuteur"), required=False)
    guardian_name = forms.CharField(label=_("Son nom, si c’est une autre personne"), max_length=240, required=False)
    means = forms.ChoiceField(label=_("Moyen"), choices=Means.choices, initial=Means.TICK, widget=forms.RadioSelect)
    signature = SignatureField(label=_("Signature"))
    upload = PaperField(label=_("Papier signé"), help_text=_("Une photo ou un PDF du papier signé."))
    explained_language = forms.ChoiceField(label=_("Texte expliqué en"), required=False)
    explained_by = forms.CharField(
        label=_("Par l’entremise de"),
        max_length=150,
        required=False,
        help_text=_("Le nom de l’interprète, s’il y en avait un."),
    )
    until = forms.DateField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Seulement si la personne veut une fin plus proche que celle du texte."),
    )
    agreed = forms.BooleanField(label=_("La personne a lu ou entendu ce texte, le comprend et y consent."))

    def __init__(
        self,
        *args: Any,
        person: Person,
        readings: Sequence[Reading],
        adults: Sequence[Person] = (),
        children: Sequence[Person] = (),
        quick: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.readings = person, list(readings)
        self.adults = {str(each.uid): each for each in adults if each.pk != person.pk}
        self.young = {str(each.uid): each for each in children}
        self.fields["read"].initial = said_texts(self.readings)
        self._choose("explained_language", interpreter_languages(person.preferred_language))
        if person.preferred_language not in SPOKEN:
            self.fields["explained_language"].initial = person.preferred_language
        if len(self.readings) > 1:
            self._choose("purposes", [(each.purpose.value, each.purpose.label) for each in self.readings])
            self.fields["purposes"].initial = [each.purpose.value for each in self.readings]
        else:
            del self.fields["purposes"]
        if self.young:
            self._choose("children", [(uid, str(each)) for uid, each in self.young.items()])
        else:
            del self.fields["children"]
        if quick:
            del self.fields["until"]
        self._ask_who()

    def _ask_who(self) -> None:
        """Keep only what the person's age leaves open: nothing, from fourteen; which parent, before."""
        possible = may_be_given_by(self.person.birth, clock.today())
        if len(possible) > 1:
            self.fields["given_by"].initial = GivenBy.PERSON
        else:
            del self.fields["given_by"]
        self.only_by = possible[0] if len(possible) == 1 else None
        if self.only_by == GivenBy.PERSON:
            del self.fields["guardian"], self.fields["guardian_name"]
            return
        self._choose(
            "guardian",
            [*((uid, str(each)) for uid, each in self.adults.items()), (ANOTHER, gettext("Une autre personne"))],
        )

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean_read(self) -> str:
        said: str = self.cleaned_data["read"]
        if said != said_texts(self.readings):
            raise forms.ValidationError(gettext("Le texte a changé depuis. Faites lire celui-ci."))
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("means") == Means.PAPER and not said.get("upload"):
            self.add_error("upload", gettext("Joignez le papier signé."))
        return said

    def consents(
        self, region_id: int, scan: Attachment | None = None, recipient: Organisation | None = None
    ) -> list[NewConsent]:
        """Return what the action takes, from valid answers: the person's consents, then their children's."""
        said = self.cleaned_data
        chosen = set(said["purposes"]) if "purposes" in said else {each.purpose.value for each in self.readings}
        given_by = self.only_by or GivenBy(said["given_by"])
        found = []
        for reading in self.readings:
            if reading.purpose.value not in chosen:
                continue
            shared = {"region_id": region_id, "scan": scan, "recipient": recipient}
            found.append(self._consent(reading, self.person, given_by, self._guardian(given_by), **shared))
            for uid in said.get("children", ()):
                if reading.purpose in FOR_CHILDREN:
                    found.append(self._consent(reading, self.young[uid], GivenBy.PARENT, self.person, **shared))
        return found

    def _guardian(self, given_by: GivenBy) -> Person | None:
        return self.adults.get(self.cleaned_data.get("guardian", "")) if given_by == GivenBy.PARENT else None

    def _consent(
        self,
        reading: Reading,
        person: Person,
        given_by: GivenBy,
        guardian: Person | None,
        **shared: Any,
    ) -> NewConsent:
        said = self.cleaned_data
        other = said.get("guardian_name", "") if given_by == GivenBy.PARENT and guardian is None else ""
        return NewConsent(
            person=person,
            purpose=reading.purpose,
            text=reading.read,
            given_by=given_by,
            guardian=guardian,
            guardian_name=other,
            means=Means(said["means"]),
            signature=said.get("signature"),
            explained_language=said["explained_language"],
            explained_by=said["explained_by"],
            until=said.get("until"),
            **shared,
        )


class WithdrawForm(ShellForm):
    why = forms.CharField(
        label=_("Ce que la personne en dit"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne n’a pas à se justifier."),
    )


class RefuseForm(WithdrawForm):
    organisation = forms.ModelChoiceField(
        label=_("L’organisme que la personne refuse"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choisissez un organisme"),
    )
    field_order = ("organisation", "why")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
