from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import FILE_TRANSITIONS, FileStatus, LanguageGround
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.territory.models import Region, ServicePoint


class FileSerial(models.Model):
    """The last serial number given in a region and year; the row is locked while numbers are given."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="file_serial_once_a_year")]

    def __str__(self) -> str:
        return f"{self.region_id}-{self.year}: {self.last}"


class File(Record):
    """The accompaniment of one person by one region."""

    number = models.CharField(_("numéro"), max_length=24, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="files", verbose_name=_("région"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="files", verbose_name=_("personne"))
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="files", verbose_name=_("point de services")
    )
    agent = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("agente ou agent"),
    )
    status = models.CharField(_("état"), max_length=12, choices=FileStatus.choices, default=FileStatus.ACTIVE)
    arrived_on = models.DateField(_("arrivée au Québec"), null=True, blank=True)
    first_appointment_due = models.DateField(_("premier rendez-vous au plus tard le"), null=True, blank=True)
    opened_on = models.DateField(_("ouvert le"), default=clock.today)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    language_ground = models.CharField(
        _("motif d’une autre langue que le français"), max_length=20, choices=LanguageGround.choices, blank=True
    )
    language_attestation = models.CharField(_("ce qui l’atteste"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-opened_on", "-pk"]
        indexes = [
            models.Index(fields=["region", "-opened_on", "-id"], name="file_by_opening"),
            models.Index(fields=["agent", "status"], name="file_by_agent"),
            models.Index(fields=["region", "arrived_on"], name="file_by_arrival"),
            models.Index(
                fields=["region", "first_appointment_due"],
                condition=Q(status=FileStatus.ACTIVE.value),
                name="file_by_first_appointment",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "region"], condition=Q(status=FileStatus.ACTIVE.value), name="file_active_once"
            ),
            models.CheckConstraint(
                name="file_language_ground_iff_attested",
                condition=Q(language_ground="", language_attestation="")
                | (~Q(language_ground="") & ~Q(language_attestation="")),
                violation_error_message=_("Dites ce qui atteste le motif : un document, une déclaration et sa date."),
            ),
            models.CheckConstraint(
                name="file_closed_iff_not_active",
                condition=Q(status=FileStatus.ACTIVE.value, closed_on__isnull=True)
                | (~Q(status=FileStatus.ACTIVE.value) & Q(closed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="file_dates_in_order", condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on"))
            ),
        ]
        triggers = [*Record.Meta.triggers, FILE_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return self.number
