"""The link by which an organisation answers one referral without an account."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.link_codes import OpenedByCode
from arrimage.casework.enums import LinkStep
from arrimage.casework.models.referrals import Referral
from arrimage.foundation import clock


class ReferralLink(OpenedByCode):
    """One link, sent with the referral or with its reminder; it is worth something until the referral is answered.

    The address holds the signed `uid`; a code sent to the organisation opens it.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")

    class Meta(OpenedByCode.Meta):
        verbose_name = _("lien de réponse")
        verbose_name_plural = _("liens de réponse")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="referral_link_code_iff_dated",
                condition=models.Q(code_digest="") | models.Q(code_sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class LinkEvent(models.Model):
    """What was done with a link, from where. Never altered."""

    link = models.ForeignKey(ReferralLink, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(_("étape"), max_length=12, choices=LinkStep.choices)
    happened_at = models.DateTimeField(_("quand"), default=clock.now)
    address = models.CharField(_("adresse réseau"), max_length=45, blank=True)

    class Meta:
        verbose_name = _("étape d’un lien")
        verbose_name_plural = _("étapes des liens")
        ordering = ["happened_at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.happened_at}"
