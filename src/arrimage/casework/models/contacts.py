"""Contacts to come: those somebody planned, and those that fall 6, 12 and 24 months after the arrival."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import (
    MILESTONE_TRANSITIONS,
    PLANNED_TRANSITIONS,
    Channel,
    Employment,
    MilestoneResult,
    PlannedStatus,
    Residence,
)
from arrimage.casework.models.files import File
from arrimage.casework.models.plans import FollowUp, Step
from arrimage.foundation.models import Record
from arrimage.territory.models import Region

HIGHEST_LEVEL = 12  # of the Échelle québécoise; 0 is no French yet
LONGEST_SIDE = 90  # days, of a window
SKILLS = ("listening", "speaking", "reading", "writing")


class PlannedContact(Record):
    """A contact to make on a day. Without an `agent`, it is for whoever the file is assigned to on that day."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="planned_contacts", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("démarche")
    )
    agent = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par qui")
    )
    planned_on = models.DateField(_("prévu le"))
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel.choices, default=Channel.PHONE)
    subject = models.CharField(_("à quel sujet"), max_length=240)
    status = models.CharField(_("état"), max_length=10, choices=PlannedStatus.choices, default=PlannedStatus.PLANNED)
    follow_up = models.OneToOneField(
        FollowUp, on_delete=models.PROTECT, null=True, blank=True, related_name="planned", verbose_name=_("suivi fait")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta(Record.Meta):
        verbose_name = _("contact prévu")
        verbose_name_plural = _("contacts prévus")
        ordering = ["planned_on", "pk"]
        indexes = [
            models.Index(
                fields=["region", "planned_on"],
                condition=Q(status=PlannedStatus.PLANNED.value),
                name="planned_contact_by_day",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "planned_on"],
                condition=Q(status=PlannedStatus.PLANNED.value),
                name="planned_contact_once_a_day",
            ),
            models.CheckConstraint(
                name="planned_contact_done_iff_made",
                condition=Q(status=PlannedStatus.DONE.value, follow_up__isnull=False)
                | (~Q(status=PlannedStatus.DONE.value) & Q(follow_up__isnull=True)),
            ),
            models.CheckConstraint(name="planned_contact_has_a_subject", condition=~Q(subject="")),
        ]
        triggers = [*Record.Meta.triggers, PLANNED_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return self.subject


class Milestone(models.Model):
    """How long before and after the day a contact at so many months may be made (assumed: 30 and 60 days)."""

    months = models.PositiveSmallIntegerField(_("mois après l’arrivée"), unique=True)
    days_before = models.PositiveSmallIntegerField(_("jours avant"), default=30)
    days_after = models.PositiveSmallIntegerField(_("jours après"), default=60)

    class Meta:
        verbose_name = _("échéance de suivi")
        verbose_name_plural = _("échéances de suivi")
        ordering = ["months"]
        constraints = [
            models.CheckConstraint(
                name="milestone_window_not_too_long",
                condition=Q(days_before__lte=LONGEST_SIDE, days_after__lte=LONGEST_SIDE),
            )
        ]

    def __str__(self) -> str:
        return str(self.months)


def _level(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(HIGHEST_LEVEL)])


class MilestoneContact(Record):
    """What a person said of their life 6, 12 or 24 months after they arrived, or that nobody reached them yet.

    One a file and number of months; each call is a follow-up (`attempts`). `due_on` is the day itself.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    months = models.PositiveSmallIntegerField(_("mois après l’arrivée"))
    due_on = models.DateField(_("échéance"))
    result = models.CharField(_("résultat"), max_length=12, choices=MilestoneResult.choices)
    contacted_on = models.DateField(_("date"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    residence = models.CharField(_("lieu de résidence"), max_length=14, choices=Residence.choices, blank=True)
    municipality = models.CharField(_("municipalité"), max_length=120, blank=True)
    employment = models.CharField(_("emploi"), max_length=14, choices=Employment.choices, blank=True)
    in_field = models.BooleanField(_("dans son domaine"), null=True, blank=True)
    listening = _level(_("compréhension orale"))
    speaking = _level(_("production orale"))
    reading = _level(_("compréhension écrite"))
    writing = _level(_("production écrite"))
    learning_french = models.BooleanField(_("apprend le français"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("suivi à 6, 12 ou 24 mois")
        verbose_name_plural = _("suivis à 6, 12 et 24 mois")
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "months"], name="milestone_contact_once"),
            models.CheckConstraint(
                name="milestone_answers_of_who_answered",
                condition=Q(result=MilestoneResult.REACHED.value) & ~Q(residence="") & ~Q(employment="")
                | ~Q(result=MilestoneResult.REACHED.value)
                & Q(residence="", municipality="", employment="", in_field__isnull=True, learning_french__isnull=True)
                & Q(**{f"{skill}__isnull": True for skill in SKILLS}),
            ),
            models.CheckConstraint(
                name="milestone_levels_of_the_scale",
                condition=Q(
                    *(Q(**{f"{skill}__isnull": True}) | Q(**{f"{skill}__lte": HIGHEST_LEVEL}) for skill in SKILLS)
                ),
            ),
        ]
        triggers = [*Record.Meta.triggers, MILESTONE_TRANSITIONS.trigger("result")]

    def __str__(self) -> str:
        return f"{self.months} · {self.get_result_display()}"
