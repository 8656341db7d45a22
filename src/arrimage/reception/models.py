"""Manifests, flights, parties and arrivals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.enums import Category, Gender, Relation
from arrimage.people.models import Household, Person
from arrimage.people.models.persons import BirthMixin, born_as_said
from arrimage.reception.enums import ARRIVAL_TRANSITIONS, ArrivalOutcome
from arrimage.territory.models import Region, ServicePoint


class Manifest(Record):
    """A file that announced arrivals, and what its import did."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="manifests", verbose_name=_("région"))
    filename = models.CharField(_("fichier"), max_length=255)
    imported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("importé par")
    )
    imported_at = models.DateTimeField(_("importé le"), default=clock.now)
    row_count = models.PositiveIntegerField(_("lignes"))
    created_count = models.PositiveIntegerField(_("arrivées ajoutées"))
    updated_count = models.PositiveIntegerField(_("arrivées modifiées"))

    class Meta(Record.Meta):
        verbose_name = _("manifeste")
        verbose_name_plural = _("manifestes")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.filename


class Flight(Record):
    """A flight expected at a point of reception on a day."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="flights", verbose_name=_("région"))
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="flights", verbose_name=_("service d’accueil")
    )
    number = models.CharField(_("vol"), max_length=10)
    lands_on = models.DateField(_("date"))
    lands_at = models.TimeField(_("heure"), null=True, blank=True)
    origin = models.CharField(_("provenance"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("vol")
        verbose_name_plural = _("vols")
        ordering = ["lands_on", "lands_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number", "lands_on"], name="flight_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.lands_on}"


class Party(Record):
    """People who travel together; their flights may differ when a family is split."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="parties", verbose_name=_("région"))
    reference = models.CharField(_("référence"), max_length=60)
    special_needs = models.TextField(_("besoins particuliers"), blank=True)
    destination = models.CharField(_("destination"), max_length=120, blank=True)
    household = models.OneToOneField(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="party", verbose_name=_("ménage")
    )

    class Meta(Record.Meta):
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["reference", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "reference"], name="party_once_a_region")]

    def __str__(self) -> str:
        return self.reference


class Arrival(BirthMixin, Record):
    """One person announced or met. Its `uid` becomes the person's when the file opens."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="arrivals", verbose_name=_("région"))
    flight = models.ForeignKey(Flight, on_delete=models.PROTECT, related_name="arrivals", verbose_name=_("vol"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="arrivals", verbose_name=_("groupe"))
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom de famille"), max_length=120)
    original_name = models.CharField(_("nom dans l’écriture d’origine"), max_length=240, blank=True)
    gender = models.CharField(_("genre"), max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    birth_country = models.CharField(_("pays de naissance"), max_length=2, blank=True)
    language = models.CharField(_("langue préférée"), max_length=3, default="fr")
    category = models.CharField(_("catégorie"), max_length=30, choices=Category.choices)
    relation = models.CharField(_("lien"), max_length=12, choices=Relation.choices, default=Relation.PRINCIPAL)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    is_announced = models.BooleanField(_("annoncée par un manifeste"), default=True)
    outcome = models.CharField(
        _("constat"), max_length=16, choices=ArrivalOutcome.choices, default=ArrivalOutcome.EXPECTED
    )
    met_at = models.DateTimeField(_("accueillie le"), null=True, blank=True)
    met_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accueillie par")
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arrivals",
        related_query_name="arrival",
        verbose_name=_("personne"),
    )

    class Meta(Record.Meta):
        verbose_name = _("arrivée")
        verbose_name_plural = _("arrivées")
        ordering = ["flight", "party", "pk"]
        indexes = [models.Index(fields=["region", "outcome", "met_at"], name="arrival_by_outcome")]
        constraints = [
            models.CheckConstraint(
                name="arrival_met_iff_dated",
                condition=Q(outcome=ArrivalOutcome.MET.value, met_at__isnull=False)
                | (~Q(outcome=ArrivalOutcome.MET.value) & Q(met_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="arrival_file_only_when_met",
                condition=Q(person__isnull=True) | Q(outcome=ArrivalOutcome.MET.value),
            ),
            born_as_said("arrival"),
        ]
        triggers = [*Record.Meta.triggers, ARRIVAL_TRANSITIONS.trigger("outcome")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
