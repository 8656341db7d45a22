"""Who does what in a team: hours and languages, absences and who replaces, files that change hands."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import CaseFactor
from arrimage.casework.models.files import File
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region, ServicePoint

FULL_WEEK = Decimal(35)


def monday_to_friday() -> list[int]:
    return [1, 2, 3, 4, 5]


class AgentProfile(Record):
    """An agent's week in a region: hours for files, days (1 is Monday), languages they speak with people."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="agent_profiles", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    hours = models.DecimalField(_("heures par semaine"), max_digits=4, decimal_places=1, default=FULL_WEEK)
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("jours"), default=monday_to_friday)
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("langues"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("profil d’agente ou d’agent")
        verbose_name_plural = _("profils des agentes et agents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "region"], name="agent_profile_once"),
            models.CheckConstraint(
                name="agent_profile_hours_of_a_week", condition=Q(hours__gt=0) & Q(hours__lte=Decimal(60))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.hours}"


class CaseWeight(models.Model):
    """How much each thing weighs in an agent's load, in files (assumed: the directorate sets it)."""

    factor = models.CharField(_("ce qui pèse"), max_length=14, choices=CaseFactor.choices, unique=True)
    weight = models.DecimalField(_("poids"), max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = _("poids d’un dossier")
        verbose_name_plural = _("poids des dossiers")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="case_weight_not_negative", condition=Q(weight__gte=0))]

    def __str__(self) -> str:
        return f"{self.factor}: {self.weight}"


class DateSpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Absence(Record):
    """From one day to another, both included, somebody is away and colleagues see to their files; why is not kept."""

    agent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    is_cancelled = models.BooleanField(_("annulée"), default=False)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("notée par")
    )

    class Meta(Record.Meta):
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            ExclusionConstraint(
                name="absence_never_twice",
                expressions=[
                    (DateSpan("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("agent", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                ],
                condition=Q(is_cancelled=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.starts_on} – {self.ends_on}"


class AbsenceCover(Record):
    """A colleague who replaces somebody absent. Of `shares` colleagues, this one has the files of remainder `rank`."""

    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="covers", verbose_name=_("absence"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="covers", verbose_name=_("remplacement")
    )
    rank = models.PositiveSmallIntegerField(_("rang"))
    shares = models.PositiveSmallIntegerField(_("parts"))

    class Meta(Record.Meta):
        verbose_name = _("remplacement")
        verbose_name_plural = _("remplacements")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["absence", "substitute"], name="absence_cover_once"),
            models.UniqueConstraint(fields=["absence", "rank"], name="absence_cover_rank_once"),
            models.CheckConstraint(name="absence_cover_rank_below_shares", condition=Q(rank__lt=F("shares"))),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} {self.rank + 1}/{self.shares}"


class Handover(Record):
    """Files that changed hands together, by somebody's decision, and that may come back together."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    made_on = models.DateField(_("le"), default=clock.today)
    reason = models.CharField(_("pourquoi"), max_length=240)
    undone_on = models.DateField(_("annulée le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("réattribution")
        verbose_name_plural = _("réattributions")
        ordering = ["-made_on", "-pk"]
        constraints = [models.CheckConstraint(name="handover_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.reason


class FileMove(Record):
    """One file of a handover: from whom and where, to whom and where (no agent: to be assigned there).

    `seen_on` once who received it said they know.
    """

    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, related_name="moves", verbose_name=_("réattribution")
    )
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="moves", verbose_name=_("dossier"))
    from_agent = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("de")
    )
    to_agent = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("à")
    )
    from_point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("du point"))
    to_point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("au point"))
    moved_on = models.DateField(_("le"), default=clock.today)
    is_undone = models.BooleanField(_("revenu"), default=False)
    seen_on = models.DateField(_("vu le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("dossier réattribué")
        verbose_name_plural = _("dossiers réattribués")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["to_agent"], condition=Q(is_undone=False, seen_on__isnull=True), name="file_move_not_seen"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["handover", "file"], name="file_move_once")]

    def __str__(self) -> str:
        return f"{self.file_id} → {self.to_agent_id}"
