"""What is left of a destruction: figures about nobody, and the certificate that it was done."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.privacy.retention.models.runs import RetentionRun
from arrimage.privacy.retention.rules import SMALLEST_CELL
from arrimage.territory.models import Region


class Statistic(models.Model):
    """How many destroyed records had one value of one dimension, in a year (None: the years put together).

    No figure is about fewer than five records: smaller ones are in `other` (`rules.merge_small_cells`).
    """

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="statistics")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    kind = models.CharField(_("genre"), max_length=40)
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    dimension = models.CharField(_("ventilation"), max_length=40)
    value = models.CharField(_("valeur"), max_length=80)
    count = models.PositiveIntegerField(_("nombre"))

    class Meta:
        verbose_name = _("statistique d’enregistrements détruits")
        verbose_name_plural = _("statistiques d’enregistrements détruits")
        ordering = ["kind", "year", "dimension", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "year", "dimension", "value"], nulls_distinct=False, name="statistic_once_a_cell"
            ),
            models.CheckConstraint(name="statistic_about_nobody", condition=Q(count__gte=SMALLEST_CELL)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.dimension}={self.value}: {self.count}"


class Certificate(Record):
    """That a run was carried out: what kinds, how many, under which rules, by whom. Kept for good, never altered.

    `lines` has one line a kind (`rules.CertificateLine`), `scrubbed` how many lines of history went with the records.
    """

    run = models.OneToOneField(RetentionRun, on_delete=models.PROTECT, related_name="certificate")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    number = models.CharField(_("numéro"), max_length=24, unique=True)
    lines = models.JSONField(_("ce qui a été détruit"))
    destroyed = models.PositiveIntegerField(_("enregistrements détruits"))
    left = models.PositiveIntegerField(_("enregistrements laissés"))
    scrubbed = models.PositiveIntegerField(_("lignes d’historique détruites"))
    prepared_by = models.CharField(_("préparée par"), max_length=150)
    prepared_at = models.DateTimeField(_("préparée le"))
    approved_by = models.CharField(_("approuvée par"), max_length=150)
    approved_at = models.DateTimeField(_("approuvée le"))
    executed_by = models.CharField(_("exécutée par"), max_length=150)
    executed_at = models.DateTimeField(_("exécutée le"), default=clock.now)
    digest = models.CharField(_("empreinte de la liste"), max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("attestation de destruction")
        verbose_name_plural = _("attestations de destruction")
        ordering = ["-executed_at", "-pk"]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number
