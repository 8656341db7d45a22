"""Organisations, and the people who act for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import PARTNER_ROLES
from arrimage.accounts.models import DatedGrant
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models.parts import make_translations_stale
from arrimage.foundation.models import Record
from arrimage.territory.models import Place, Region


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
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    year_incorporated = models.PositiveSmallIntegerField(_("année de constitution"), null=True, blank=True)
    legal_status = models.CharField(_("statut juridique"), max_length=120, blank=True, default="")
    logo = models.URLField(_("logo"), max_length=500, blank=True, default="")
    uri = models.URLField(_("adresse de référence"), max_length=500, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("fait partie de")
    )

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
        triggers = [*Record.Meta.triggers, make_translations_stale("organisation")]

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
