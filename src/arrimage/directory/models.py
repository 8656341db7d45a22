"""Organisations, services, themes, and the people who act for an organisation."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import PARTNER_ROLES
from arrimage.accounts.models import DatedGrant
from arrimage.directory.enums import OrganisationKind
from arrimage.foundation.models import Record
from arrimage.territory.models import Place, Region


class Theme(models.Model):
    """A theme of need, which services answer. Those without a region are everybody's; a region can add its own."""

    code = models.SlugField(_("code"), max_length=40)
    label_fr = models.CharField(_("nom français"), max_length=120)
    label_en = models.CharField(_("nom anglais"), max_length=120)
    order = models.PositiveSmallIntegerField(_("ordre"), default=100)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="themes", verbose_name=_("région")
    )

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "region"], name="theme_once_a_region", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") else self.label_fr


class Organisation(Record):
    """A community organisation, a municipality, a school: whoever offers services or signs agreements."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("région"))
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(
        _("genre"), max_length=20, choices=OrganisationKind.choices, default=OrganisationKind.COMMUNITY
    )
    municipality = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="governments",
        verbose_name=_("municipalité qu’elle gouverne"),
    )
    neq = models.CharField(_("NEQ"), max_length=10, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("lieu")
    )
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    website = models.URLField(_("site web"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="organisation_once_a_region"),
            models.CheckConstraint(
                name="organisation_municipality_iff_kind",
                condition=Q(kind=OrganisationKind.MUNICIPALITY.value, municipality__isnull=False)
                | (~Q(kind=OrganisationKind.MUNICIPALITY.value) & Q(municipality__isnull=True)),
            ),
            models.CheckConstraint(name="organisation_neq_ten_digits", condition=Q(neq="") | Q(neq__regex=r"^\d{10}$")),
        ]

    def __str__(self) -> str:
        return self.name


class Service(Record):
    """What an organisation offers, for which needs, in which languages."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="services", verbose_name=_("organisme")
    )
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="services", verbose_name=_("thèmes"))
    languages = ArrayField(models.CharField(max_length=3), default=list, verbose_name=_("langues"))
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="services", verbose_name=_("lieu")
    )
    contact_email = models.EmailField(_("courriel pour les orientations"), blank=True)
    delay_days = models.PositiveSmallIntegerField(_("délai habituel (jours)"), null=True, blank=True)
    is_offered = models.BooleanField(_("offert"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="service_once_an_organisation")]

    def __str__(self) -> str:
        return self.name


class OrganisationMember(Record, DatedGrant):
    """The account of somebody who works for a partner organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="workers", verbose_name=_("organisme")
    )

    roles = PARTNER_ROLES
    related = ("organisation__region",)

    class Meta(Record.Meta):
        verbose_name = _("personne d’un organisme")
        verbose_name_plural = _("personnes d’un organisme")
        constraints = [
            models.CheckConstraint(
                name="organisation_member_is_a_partner",
                condition=Q(role__in=sorted(role.value for role in PARTNER_ROLES)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"

    def acting_region(self) -> Region | None:
        return self.organisation.region

    def acting_scope_id(self) -> int | None:
        return self.organisation_id

    def acting_label(self) -> str:
        return self.organisation.name
