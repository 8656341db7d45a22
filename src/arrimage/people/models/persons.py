"""Persons, and their statuses with dates.

A person's region is the one that recorded them first; the accompaniment belongs to the region of each file.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.enums import Category, Gender
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
