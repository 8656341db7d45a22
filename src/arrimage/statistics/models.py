"""What others published: a vintage of a table, its lines, and the figures in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.statistics.datasets import DATASETS, Dataset, DatasetCode


class Vintage(Record):
    """One publication of a table: a later one stands beside it, so that what was said from it can be said again."""

    dataset = models.CharField(_("tableau"), max_length=40, choices=DatasetCode.choices)
    label = models.CharField(_("millésime"), max_length=7)

    class Meta(Record.Meta):
        verbose_name = _("millésime")
        verbose_name_plural = _("millésimes")
        ordering = ["dataset", "label"]
        constraints = [models.UniqueConstraint(fields=["dataset", "label"], name="vintage_once_a_dataset")]

    def __str__(self) -> str:
        return f"{self.get_dataset_display()}, {self.label}"

    @property
    def definition(self) -> Dataset:
        return DATASETS[self.dataset]


class Series(models.Model):
    """One line of a table in one territory, through every vintage; `key` holds every level above it.

    Two lines of the same name under different headings, or one under the other, are two series.
    """

    dataset = models.CharField(_("tableau"), max_length=40, choices=DatasetCode.choices)
    area = models.CharField(_("territoire"), max_length=10)
    key = models.CharField(_("clé"), max_length=400)
    name = models.CharField(_("nom à la source"), max_length=200)
    depth = models.PositiveSmallIntegerField(_("profondeur"))
    position = models.PositiveIntegerField(_("rang"))
    dimensions = models.JSONField(_("dimensions"))

    class Meta:
        verbose_name = _("série")
        verbose_name_plural = _("séries")
        ordering = ["dataset", "area", "position"]
        constraints = [models.UniqueConstraint(fields=["dataset", "area", "key"], name="series_once_a_dataset")]

    def __str__(self) -> str:
        return self.key


class Observation(models.Model):
    """One figure of a vintage: of a month, of a year, or hidden by its source (no value, never zero)."""

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="observations")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    year = models.PositiveSmallIntegerField(_("année"))
    month = models.PositiveSmallIntegerField(_("mois"), null=True, blank=True)
    value = models.PositiveIntegerField(_("valeur"), null=True, blank=True)
    hidden = models.BooleanField(_("masquée par la source"), default=False)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["vintage", "series", "year", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["vintage", "series", "year", "month"],
                nulls_distinct=False,
                name="observation_once_a_period",
            ),
            models.CheckConstraint(
                name="observation_hidden_or_known",
                condition=Q(hidden=True, value__isnull=True) | Q(hidden=False, value__isnull=False),
            ),
            models.CheckConstraint(
                name="observation_month_of_a_year", condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12)
            ),
        ]

    def __str__(self) -> str:
        period = str(self.year) if self.month is None else f"{self.year}-{self.month:02d}"
        return f"{period}: {'--' if self.hidden else self.value}"
