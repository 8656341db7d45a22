from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import AssessmentStatus, NeedStatus, Priority
from arrimage.casework.models.files import File
from arrimage.directory.models import Theme
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.territory.models import Region


class Assessment(Record):
    """One needs assessment, over all themes, under one version of the questionnaire."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("questionnaire")
    )
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    facts = models.JSONField(_("ce que le dossier disait alors"), default=dict, blank=True, db_default={})
    status = models.CharField(
        _("état"), max_length=12, choices=AssessmentStatus.choices, default=AssessmentStatus.DRAFT
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    started_at = models.DateTimeField(_("commencée le"), default=clock.now)
    completed_at = models.DateTimeField(_("terminée le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("évaluation des besoins")
        verbose_name_plural = _("évaluations des besoins")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(
                fields=["region", "completed_at"],
                condition=Q(status=AssessmentStatus.COMPLETED.value),
                name="assessment_by_completion",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(status=AssessmentStatus.DRAFT.value), name="assessment_one_draft_a_file"
            ),
            models.CheckConstraint(
                name="assessment_completed_iff_dated",
                condition=Q(status=AssessmentStatus.COMPLETED.value, completed_at__isnull=False)
                | Q(status=AssessmentStatus.DRAFT.value, completed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Évaluation')} {self.file_id}"


class Need(Record):
    """Something a person needs, from the assessment or noted by hand."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="needs", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("évaluation")
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="needs", verbose_name=_("thème"))
    label = models.CharField(_("besoin"), max_length=240)
    code = models.CharField(_("code du questionnaire"), max_length=120, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(_("priorité"), choices=Priority.choices, default=Priority.SOON)
    status = models.CharField(_("état"), max_length=12, choices=NeedStatus.choices, default=NeedStatus.OPEN)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    noted_on = models.DateField(_("noté le"), default=clock.today)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)
    result_note = models.TextField(_("précisions sur le résultat"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["priority", "pk"]
        constraints = [
            models.CheckConstraint(
                name="need_closed_iff_final",
                condition=Q(status__in=["open", "in_progress"], closed_on__isnull=True)
                | Q(status__in=["met", "not_met", "withdrawn"], closed_on__isnull=False),
            ),
            models.CheckConstraint(name="need_priority_known", condition=Q(priority__in=Priority.values)),
        ]

    def __str__(self) -> str:
        return self.label
