"""What organisations offer."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Closure, Mode, Referrer, ServiceStatus
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import make_translations_stale
from arrimage.directory.models.themes import Theme
from arrimage.foundation.models import Record
from arrimage.territory.models import Place

if TYPE_CHECKING:
    from arrimage.directory.models.locations import ServiceAtLocation


class ServiceQuerySet(models.QuerySet["Service"]):
    def with_locations(self) -> Self:
        """Bring where each service is offered, with the addresses. Two queries."""
        from arrimage.directory.models.locations import ServiceAtLocation

        at_locations = ServiceAtLocation.objects.select_related("location__place")
        return self.prefetch_related(models.Prefetch("at_locations", at_locations), "at_locations__location__addresses")


class Service(Record):
    """What an organisation offers, for which needs, in which languages. Where is said by its `at_locations`.

    `referrers` says who may send somebody there, anybody when it is empty; ages are in years, both included.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="services", verbose_name=_("organisme")
    )
    name = models.CharField(_("nom"), max_length=200)
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="services", verbose_name=_("thèmes"))
    languages = ArrayField(models.CharField(max_length=3), default=list, verbose_name=_("langues"))
    interpretation_services = models.CharField(_("interprétation"), max_length=200, blank=True, default="")
    modes = ArrayField(
        models.CharField(max_length=10, choices=Mode.choices), default=list, blank=True, verbose_name=_("façons")
    )
    referrers = ArrayField(
        models.CharField(max_length=12, choices=Referrer.choices),
        default=list,
        blank=True,
        verbose_name=_("qui peut y diriger quelqu’un"),
    )
    url = models.URLField(_("page web"), max_length=500, blank=True, default="")
    email = models.EmailField(_("courriel public"), blank=True, default="")
    contact_email = models.EmailField(_("courriel pour les orientations"), blank=True)
    delay_days = models.PositiveSmallIntegerField(_("délai habituel (jours)"), null=True, blank=True)
    is_offered = models.BooleanField(_("offert"), default=True)
    closure = models.CharField(_("fermeture"), max_length=10, choices=Closure.choices, blank=True, default="")
    application_process = models.TextField(_("comment s’inscrire"), blank=True, default="")
    fees_description = models.TextField(_("frais"), blank=True, default="")
    eligibility_description = models.TextField(_("à qui il s’adresse"), blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField(_("âge minimal"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("âge maximal"), null=True, blank=True)
    accreditations = models.TextField(_("agréments"), blank=True, default="")
    alert = models.TextField(_("avis"), blank=True, default="")
    assured_date = models.DateField(_("vérifié le"), null=True, blank=True)
    assurer_email = models.EmailField(_("courriel de qui l’a vérifié"), blank=True, default="")

    objects = ServiceQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="service_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="service_once_an_organisation"),
            models.CheckConstraint(
                name="service_closure_says_why_not_offered", condition=Q(is_offered=False) | Q(closure="")
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(maximum_age__gte=F("minimum_age")),
                violation_error_message=_("L’âge maximal ne peut pas être sous l’âge minimal."),
            ),
        ]
        triggers = [*Record.Meta.triggers, make_translations_stale("service")]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> ServiceStatus:
        """Return its state in the words of the standard."""
        return ServiceStatus.of(is_offered=self.is_offered, closure=self.closure)

    @property
    def main(self) -> "ServiceAtLocation | None":
        """Return where it is offered first of all, or None. A list asks `with_locations` first."""
        return next(iter(self.at_locations.all()), None)

    @property
    def place(self) -> Place | None:
        return self.main.location.place if self.main else None

    @property
    def address(self) -> str:
        return self.main.location.address if self.main else ""
