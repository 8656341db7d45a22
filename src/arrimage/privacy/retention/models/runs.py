"""A destruction: what is due, counted and listed; approved by somebody else; then carried out, once."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.privacy.retention.enums import RUN_TRANSITIONS, ItemState, LeftBecause, RunStatus
from arrimage.territory.models import Region

_AFTER_APPROVAL = [RunStatus.APPROVED.value, RunStatus.EXECUTING.value, RunStatus.EXECUTED.value]


class RetentionRun(Record):
    """One list of records at the end of their time, in a region; in none, the records that belong to no region.

    `figures` has one line a kind (`rules.Figure`), under the rules of that day, which hold for this run even if the
    table of rules changes. `digest` (SHA-256, hexadecimal) is of the list as it was approved.
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    status = models.CharField(_("état"), max_length=10, choices=RunStatus.choices, default=RunStatus.PREPARED)
    as_of = models.DateField(_("au"))
    figures = models.JSONField(_("chiffres"))
    total = models.PositiveIntegerField(_("enregistrements"))
    digest = models.CharField(_("empreinte de la liste"), max_length=64)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("préparée par"))
    prepared_at = models.DateTimeField(_("préparée le"), default=clock.now)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approuvée par")
    )
    approved_at = models.DateTimeField(_("approuvée le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("destruction")
        verbose_name_plural = _("destructions")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(status__in=["prepared", "approved", "executing"]),
                nulls_distinct=False,
                name="retention_run_one_at_a_time",
            ),
            models.CheckConstraint(
                name="retention_run_approved_by_somebody_else",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="retention_run_approved_iff_dated",
                condition=Q(status=RunStatus.PREPARED.value, approved_by__isnull=True, approved_at__isnull=True)
                | Q(status=RunStatus.CANCELLED.value)
                | Q(status__in=_AFTER_APPROVAL, approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="retention_run_digest_well_formed", condition=Q(digest__regex="^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            RUN_TRANSITIONS.trigger(),
            pgtrigger.ReadOnly(
                name="list_is_final",
                fields=["uid", "region", "as_of", "figures", "total", "digest", "prepared_by", "prepared_at"],
            ),
            pgtrigger.Protect(name="never_erased", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d} · {self.region or '—'}"


class RunEvent(StatusEvent):
    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class DueRecord(models.Model):
    """One record of a run's list, without a name. Its line goes with it when it is destroyed; those left stay, and say
    why."""

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="due")
    kind = models.CharField(_("genre"), max_length=40)
    record_id = models.BigIntegerField()
    reference = models.CharField(_("référence"), max_length=60)
    since = models.DateField(_("date de départ"))
    state = models.CharField(_("état"), max_length=10, choices=ItemState.choices, default=ItemState.DUE)
    left_because = models.CharField(_("pourquoi"), max_length=10, choices=LeftBecause.choices, blank=True)

    class Meta:
        verbose_name = _("enregistrement à détruire")
        verbose_name_plural = _("enregistrements à détruire")
        ordering = ["run", "kind", "since", "pk"]
        indexes = [models.Index(fields=["kind", "record_id"], name="due_record_by_record")]
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "record_id"], name="due_record_once_a_run"),
            models.CheckConstraint(
                name="due_record_left_iff_why",
                condition=Q(state=ItemState.LEFT.value) & ~Q(left_because="")
                | ~Q(state=ItemState.LEFT.value) & Q(left_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Tally(models.Model):
    """What a run has counted so far, before its small figures are put together; gone when the run is over."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "year", "dimension", "value"], name="tally_once_a_cell")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.dimension}={self.value}: {self.count}"
