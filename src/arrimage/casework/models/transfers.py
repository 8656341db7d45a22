"""Files that another region is asked to take up, and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.models.files import File
from arrimage.casework.transfer_enums import TRANSFER_TRANSITIONS, TransferGround, TransferStatus
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region, ServicePoint


class Transfer(Record):
    """Files of one household that a region asks another to take up.

    `shown` is the least the other needs to answer, as it was when asked: numbers, languages, days; no name.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    to_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("vers la région"))
    to_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("vers le point de services")
    )
    status = models.CharField(_("état"), max_length=10, choices=TransferStatus.choices, default=TransferStatus.PROPOSED)
    ground = models.CharField(_("fondement"), max_length=10, choices=TransferGround.choices)
    reason = models.TextField(_("pourquoi"))
    shown = ArrayField(models.JSONField(), verbose_name=_("ce qui est montré"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposé par")
    )
    proposed_on = models.DateField(_("proposé le"), default=clock.today)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("répondu par")
    )
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    answer = models.TextField(_("réponse"), blank=True)
    seen_on = models.DateField(_("réponse vue le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("transfert")
        verbose_name_plural = _("transferts")
        ordering = ["-proposed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["to_region"], condition=Q(status=TransferStatus.PROPOSED.value), name="transfer_to_answer"
            )
        ]
        constraints = [
            models.CheckConstraint(name="transfer_to_another_region", condition=~Q(region=F("to_region"))),
            models.CheckConstraint(
                name="transfer_answered_iff_dated",
                condition=Q(status=TransferStatus.PROPOSED.value, answered_on__isnull=True)
                | ~Q(status=TransferStatus.PROPOSED.value) & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_refused_with_a_reason",
                condition=~Q(status=TransferStatus.REFUSED.value) | ~Q(answer=""),
            ),
        ]
        triggers = [*Record.Meta.triggers, TRANSFER_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.region} → {self.to_region}"


class TransferredFile(Record):
    """One file of a transfer, and the one that took it up. `is_waiting` while the transfer is not answered."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="files", verbose_name=_("transfert"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="transfers", verbose_name=_("dossier"))
    new_file = models.OneToOneField(
        File,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transferred_from",
        verbose_name=_("nouveau dossier"),
    )
    is_waiting = models.BooleanField(_("en attente"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("dossier transféré")
        verbose_name_plural = _("dossiers transférés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(is_waiting=True), name="transfer_waiting_once_a_file")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} → {self.new_file_id}"
