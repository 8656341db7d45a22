from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import DatedGrant
from arrimage.foundation.models import Record
from arrimage.people.models.persons import Person
from arrimage.territory.models import Region


class PersonAccount(Record, DatedGrant):
    """The account by which a person sees their own file."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("personne"))

    roles = frozenset({Role.NEWCOMER})
    related = ("person",)

    class Meta(Record.Meta):
        verbose_name = _("accès d’une personne à son dossier")
        verbose_name_plural = _("accès des personnes à leur dossier")
        constraints = [
            models.CheckConstraint(name="person_account_is_a_newcomer_s", condition=Q(role=Role.NEWCOMER.value))
        ]

    def __str__(self) -> str:
        return str(self.person)

    def acting_region(self) -> Region | None:
        return None

    def acting_scope_id(self) -> int | None:
        return self.person_id

    def acting_label(self) -> str:
        return str(_("Mon dossier"))
