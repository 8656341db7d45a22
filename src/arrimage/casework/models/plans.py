from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import OPEN_STEPS, STEP_TRANSITIONS, Channel, PlanStatus, StepOwner, StepStatus
from arrimage.casework.models.assessments import Need
from arrimage.casework.models.files import File
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class Plan(Record):
    """The individualised action plan: drafted, then agreed with the person in a language they understand."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="plans", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    status = models.CharField(_("état"), max_length=8, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    drafted_on = models.DateField(_("rédigé le"), default=clock.today)
    agreed_on = models.DateField(_("convenu le"), null=True, blank=True)
    explained_language = models.CharField(_("expliqué en"), max_length=3, blank=True)
    explained_by = models.CharField(_("par l’entremise de"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("plan d’action individualisé")
        verbose_name_plural = _("plans d’action individualisés")
        ordering = ["-drafted_on", "-pk"]
        indexes = [
            models.Index(
                fields=["region", "drafted_on"], condition=Q(status=PlanStatus.DRAFT.value), name="plan_draft_by_date"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(status__in=[PlanStatus.DRAFT.value, PlanStatus.AGREED.value]),
                name="plan_one_live_a_file",
            ),
            models.CheckConstraint(
                name="plan_agreed_when_dated",
                condition=Q(status=PlanStatus.DRAFT.value, agreed_on__isnull=True)
                | Q(status=PlanStatus.AGREED.value, agreed_on__isnull=False)
                | Q(status=PlanStatus.CLOSED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Plan')} {self.file_id}"


class Goal(Record):
    """Something the person wants, in their own words and language."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals", verbose_name=_("plan"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="goals", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    words = models.TextField(_("ce que la personne souhaite"))
    language = models.CharField(_("langue de ces mots"), max_length=3, default="fr")

    class Meta(Record.Meta):
        verbose_name = _("souhait de la personne")
        verbose_name_plural = _("souhaits de la personne")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class Step(Record):
    """What is to be done, by whom and by when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps", verbose_name=_("plan"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="steps", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("besoin")
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("service")
    )
    title = models.CharField(_("démarche"), max_length=240)
    language = models.CharField(_("langue de ces mots"), max_length=3, default="fr", db_default="fr")
    rule = models.SlugField(_("règle qui l’a proposée"), max_length=60, blank=True, db_default="", editable=False)
    owner = models.CharField(_("qui"), max_length=8, choices=StepOwner.choices, default=StepOwner.PERSON)
    due_on = models.DateField(_("d’ici le"))
    status = models.CharField(_("état"), max_length=12, choices=StepStatus.choices, default=StepStatus.TODO)
    done_on = models.DateField(_("faite le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("démarche")
        verbose_name_plural = _("démarches")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["region", "due_on"],
                condition=Q(status__in=sorted(s.value for s in OPEN_STEPS)),
                name="step_open_by_due_date",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="step_done_iff_dated",
                condition=Q(status=StepStatus.DONE.value, done_on__isnull=False)
                | (~Q(status=StepStatus.DONE.value) & Q(done_on__isnull=True)),
            )
        ]
        triggers = [*Record.Meta.triggers, STEP_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return self.title


class FollowUp(Record):
    """A contact that checks how things go."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("démarche")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    happened_on = models.DateField(_("date"), default=clock.today)
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel.choices, default=Channel.PHONE)
    reached = models.BooleanField(_("personne jointe"), default=True)
    note = models.TextField(_("ce qui a été dit"), blank=True)
    language = models.CharField(_("langue"), max_length=3, blank=True)
    interpreter = models.CharField(_("par l’entremise de"), max_length=150, blank=True)
    milestone = models.ForeignKey(
        "casework.MilestoneContact",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("suivi à 6, 12 ou 24 mois"),
    )

    class Meta(Record.Meta):
        verbose_name = _("suivi")
        verbose_name_plural = _("suivis")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.happened_on} · {self.get_channel_display()}"
