"""The parts of a person's record that are lists: which model, which forms, which words. The only table of them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.models import FrenchLevel, PersonLanguage, PersonName, PersonOccupation, PersonStatus, Schooling
from arrimage.web.staff.people.detail_forms import (
    DetailForm,
    FrenchForm,
    LanguageForm,
    NameForm,
    NewStatusForm,
    OccupationForm,
    SchoolingForm,
    StatusForm,
)


@dataclass(frozen=True)
class Part:
    """One list of a person's record. `add` is the verb of its button, `empty` why there is nothing."""

    slug: str
    model: type[Record]
    form: type[DetailForm]
    title: str | Promise
    add: str | Promise
    edit: str | Promise
    empty: str | Promise
    new_form: type[DetailForm] | None = None

    def blank(self, **values: Any) -> Record:
        return self.model(**values)

    @property
    def form_to_add(self) -> type[DetailForm]:
        return self.new_form or self.form


PARTS = {
    part.slug: part
    for part in (
        Part(
            "langues", PersonLanguage, LanguageForm, _("Langues"), _("Ajouter une langue"), _("Modifier la langue"),
            _("On ne sait pas encore quelles langues la personne parle."),
        ),
        Part(
            "francais", FrenchLevel, FrenchForm, _("Français"), _("Noter un niveau de français"),
            _("Corriger ce niveau"), _("Aucun niveau de français n’est noté."),
        ),
        Part(
            "scolarite", Schooling, SchoolingForm, _("Scolarité"), _("Ajouter des études"), _("Modifier ces études"),
            _("La scolarité n’est pas encore notée."),
        ),
        Part(
            "metiers", PersonOccupation, OccupationForm, _("Métiers"), _("Ajouter un métier"), _("Modifier ce métier"),
            _("Aucun métier n’est noté, exercé ou recherché."),
        ),
        Part(
            "statuts", PersonStatus, StatusForm, _("Statuts d’immigration"), _("Noter un nouveau statut"),
            _("Corriger ce statut"), _("Aucun statut d’immigration n’est noté."), NewStatusForm,
        ),
        Part(
            "noms", PersonName, NameForm, _("Autres noms"), _("Ajouter un nom"), _("Modifier ce nom"),
            _("La personne n’a qu’un nom connu."),
        ),
    )
}  # fmt: skip


def part_of(slug: str) -> Part:
    """Return a part by the word of its address, or answer 404."""
    if slug not in PARTS:
        raise Http404
    return PARTS[slug]
