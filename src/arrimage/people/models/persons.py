"""Persons, and their statuses with dates.

A person's region is the one that recorded them first; the accompaniment belongs to the region of each file.
"""

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.births import Birth
from arrimage.people.enums import BirthPrecision, Category, Gender, NameKind
from arrimage.people.rules import SEARCH_KEY_LENGTH, search_key
from arrimage.territory.models import Region


class Days(models.Func):
    """The range of days between two dates, the last one unknown while it lasts."""

    function = "DATERANGE"
    output_field = DateRangeField()


def born_as_said(prefix: str) -> models.CheckConstraint:
    """Return the constraint that a birth date says no more than its precision: the first of the month, of January."""
    month, year = BirthPrecision.MONTH.value, [BirthPrecision.YEAR.value, BirthPrecision.AROUND.value]
    return models.CheckConstraint(
        name=f"{prefix}_born_as_said",
        condition=Q(birth_precision=BirthPrecision.DAY.value)
        | Q(birth_precision=month, birth_date__isnull=False, birth_date__day=1)
        | Q(birth_precision__in=year, birth_date__isnull=False, birth_date__month=1, birth_date__day=1),
    )


class BirthMixin(models.Model):
    """A birth date as far as it is known (`people.births`)."""

    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    birth_precision = models.CharField(
        _("précision de la date de naissance"),
        max_length=6,
        choices=BirthPrecision.choices,
        default=BirthPrecision.DAY,
    )

    class Meta:
        abstract = True

    @property
    def birth(self) -> Birth | None:
        return Birth(self.birth_date, BirthPrecision(self.birth_precision)) if self.birth_date else None

    @birth.setter
    def birth(self, birth: Birth | None) -> None:
        self.birth_date = birth.day if birth else None
        self.birth_precision = birth.precision if birth else BirthPrecision.DAY


class Person(BirthMixin, Record):
    """Somebody who settles here, under the name in use; other names are `PersonName`s.

    E-mail and telephone are ways to reach them, never keys: households share them. One of the two names may be empty.
    A record merged into another (`merged_into`, see `people.merging`) is listed nowhere and leads to it.
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région d’inscription")
    )
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom de famille"), max_length=120, blank=True)
    original_name = models.CharField(_("nom dans l’écriture d’origine"), max_length=240, blank=True)
    name_kind = models.CharField(_("sorte de nom"), max_length=15, choices=NameKind.choices, default=NameKind.OFFICIAL)
    gender = models.CharField(_("genre"), max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    birth_country = models.CharField(_("pays de naissance"), max_length=2, blank=True)
    preferred_language = models.CharField(_("langue préférée"), max_length=3, default="fr")
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("fusionnée avec"),
    )

    class Meta(Record.Meta):
        verbose_name = _("personne immigrante")
        verbose_name_plural = _("personnes immigrantes")
        ordering = ["search_key", "pk"]
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="person_search_key_trgm")]
        constraints = [
            models.CheckConstraint(name="person_has_a_name", condition=~Q(given_name="", family_name="")),
            born_as_said("person"),
            models.CheckConstraint(
                name="person_merged_into_another", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search_key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def fill_search_key(self, others: Iterable[str] | None = None) -> None:
        """Write the key names are searched and sorted by, other names last; bulk writes call it themselves.

        `others` are the parts of the other names, where they are known: one query for a person already written.
        """
        if others is None:
            rows = self.names.order_by("pk") if self.pk else []
            others = [part for name in rows for part in (name.family_name, name.given_name, name.original_name)]
        self.search_key = search_key(self.family_name, self.given_name, self.original_name, *others)


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
                name="person_status_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin d’un statut ne peut pas être avant son début."),
            ),
            # Two statuses may overlap (a claim and a permit); the same one, never.
            ExclusionConstraint(
                name="person_status_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    (
                        Days("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Ce statut est déjà inscrit pour une partie de ces dates : corrigez-le."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_category_display()
