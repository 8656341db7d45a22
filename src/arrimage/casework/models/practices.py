from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arrimage.casework.rules import REFERRAL_EXPIRY_WORKING_DAYS, REFERRAL_REMINDER_WORKING_DAYS
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class DeclineReason(Record):
    """Why an organisation may say no: those of everywhere (`region` is null), and those a region adds.

    A reason that is offered no more stays: past answers name it.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    label_fr = models.CharField(_("raison, en français"), max_length=100)
    label_en = models.CharField(_("raison, en anglais"), max_length=100)
    order = models.PositiveSmallIntegerField(_("ordre"), default=50)
    needs_words = models.BooleanField(_("demande des précisions"), default=False)
    is_offered = models.BooleanField(_("proposée"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("raison de refus")
        verbose_name_plural = _("raisons de refus")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decline_reason_said_in_both_languages", condition=~Q(label_fr="") & ~Q(label_en="")
            )
        ]

    def __str__(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") else self.label_fr


class ReferralDelays(Record):
    """How long a region leaves an organisation to answer, in working days from the sending."""

    region = models.OneToOneField(
        Region, on_delete=models.PROTECT, related_name="referral_delays", verbose_name=_("région")
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("rappel après (jours ouvrables)"), default=REFERRAL_REMINDER_WORKING_DAYS
    )
    expiry_days = models.PositiveSmallIntegerField(
        _("fin du délai après (jours ouvrables)"), default=REFERRAL_EXPIRY_WORKING_DAYS
    )

    class Meta(Record.Meta):
        verbose_name = _("délais de réponse aux orientations")
        verbose_name_plural = _("délais de réponse aux orientations")
        constraints = [
            models.CheckConstraint(
                name="referral_delays_in_order",
                condition=Q(reminder_days__gte=1, reminder_days__lt=F("expiry_days"), expiry_days__lte=90),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.reminder_days}, {self.expiry_days}"
