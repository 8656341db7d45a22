"""Numbers by which governments know a person: sealed, told by their end, found by a keyed digest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.enums import IdentifierKind
from arrimage.people.models.persons import Person


class PersonIdentifier(Record):
    """A number, encrypted (`sealed`). `ending` is its last four characters; `digest` says it is the same as another.

    Written by `people.actions.identifiers` alone: it is never changed, only removed.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers", verbose_name=_("personne"))
    kind = models.CharField(_("sorte de numéro"), max_length=12, choices=IdentifierKind.choices)
    ending = models.CharField(_("derniers caractères"), max_length=4)
    sealed = models.TextField(_("numéro chiffré"), editable=False)
    digest = models.CharField(_("empreinte"), max_length=64, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("numéro d’identification")
        verbose_name_plural = _("numéros d’identification")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest"],
                name="person_identifier_is_one_person_s",
                violation_error_message=_("Ce numéro est déjà inscrit pour quelqu’un : un doublon est probable."),
            ),
            models.CheckConstraint(
                name="person_identifier_sealed", condition=~Q(sealed="") & Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.masked}"

    @property
    def masked(self) -> str:
        return f"•••• {self.ending}"
