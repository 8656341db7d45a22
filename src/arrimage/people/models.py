"""Persons, households, statuses with dates.

A person's region is the one that recorded them first; the accompaniment belongs to the region of each file.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import DatedGrant
from arrimage.foundation.models import Record
from arrimage.people.enums import Category, Gender, Relation
from arrimage.people.rules import search_key
from arrimage.territory.models import Region


class Person(Record):
    """Somebody who settles here. E-mail and telephone are ways to reach them, never keys: households share them."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région d’inscription")
    )
    given_name = models.CharField(_("prénom"), max_length=120)
    family_name = models.CharField(_("nom de famille"), max_length=120)
    original_name = models.CharField(_("nom dans l’écriture d’origine"), max_length=240, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    gender = models.CharField(_("genre"), max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    birth_country = models.CharField(_("pays de naissance"), max_length=2, blank=True)
    preferred_language = models.CharField(_("langue préférée"), max_length=3, default="fr")
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    search_key = models.CharField(max_length=500, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("personne immigrante")
        verbose_name_plural = _("personnes immigrantes")
        ordering = ["search_key", "pk"]
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="person_search_key_trgm")]
        constraints = [models.CheckConstraint(name="person_has_a_name", condition=~Q(given_name="", family_name=""))]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def fill_search_key(self) -> None:
        """Write the key names are searched and sorted by; bulk writes call it themselves."""
        self.search_key = search_key(self.family_name, self.given_name, self.original_name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search_key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Household(Record):
    """People who arrived or live together."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région d’inscription")
    )
    members = models.ManyToManyField(Person, through="Member", related_name="households")

    class Meta(Record.Meta):
        verbose_name = _("ménage")
        verbose_name_plural = _("ménages")

    def __str__(self) -> str:
        return f"{_('Ménage')} {self.pk}"


class Member(models.Model):
    """A person's place in a household, while it lasts."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("lien"), max_length=12, choices=Relation.choices, default=Relation.PRINCIPAL)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre du ménage")
        verbose_name_plural = _("membres du ménage")
        constraints = [
            models.UniqueConstraint(fields=["household", "person"], name="member_once_a_household"),
            models.CheckConstraint(
                name="member_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_relation_display()}"


class PersonStatus(Record):
    """An immigration status, with its dates."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statuses")
    category = models.CharField(_("catégorie"), max_length=30, choices=Category.choices)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("statut")
        verbose_name_plural = _("statuts")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_status_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.get_category_display()


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
