"""What an organisation and the agents say to each other of one referral, while it lives."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import Settlement, Verdict
from arrimage.casework.models.referrals import Referral
from arrimage.foundation import clock
from arrimage.foundation.models import Record


class OnReferral(Record):
    """What somebody wrote about a referral: `author` is null for who came by a link, `author_name` never empty."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("orientation")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    author_name = models.CharField(_("par"), max_length=150)
    written_at = models.DateTimeField(_("écrit le"), default=clock.now)

    class Meta(Record.Meta):
        abstract = True


class SharedAnswerReview(OnReferral):
    """What the organisation says of one answer it was given, or a question it had to ask besides.

    `key` is the question's in the questionnaire, empty for a question asked besides, whose words are `question`.
    `value` is the answer as the organisation knows it. An amendment waits for the agent (`settlement`): nothing in the
    person's record changes by itself.
    """

    key = models.CharField(_("code de la question"), max_length=120, blank=True)
    question = models.CharField(_("question posée"), max_length=400)
    verdict = models.CharField(_("avis de l’organisme"), max_length=12, choices=Verdict.choices)
    value = models.CharField(_("réponse selon l’organisme"), max_length=1000, blank=True)
    note = models.CharField(_("précisions"), max_length=1000, blank=True)
    settlement = models.CharField(_("suite donnée"), max_length=10, choices=Settlement.choices, blank=True)
    settled_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidé par")
    )

    class Meta(OnReferral.Meta):
        abstract = False
        verbose_name = _("avis sur une réponse communiquée")
        verbose_name_plural = _("avis sur les réponses communiquées")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["referral"], condition=Q(settlement=Settlement.WAITING.value), name="review_to_settle"
            ),
            models.Index(fields=["written_at"], name="review_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["referral", "key"], condition=~Q(key=""), name="review_one_a_question"),
            models.CheckConstraint(
                name="review_added_without_a_key",
                condition=Q(verdict=Verdict.ADDED.value, key="") | ~Q(verdict=Verdict.ADDED.value) & ~Q(key=""),
            ),
            models.CheckConstraint(
                name="review_amended_with_a_value_to_settle",
                condition=Q(verdict=Verdict.AMENDED.value) & ~Q(value="") & ~Q(settlement="")
                | ~Q(verdict=Verdict.AMENDED.value) & Q(settlement=""),
            ),
            models.CheckConstraint(
                name="review_settled_iff_dated",
                condition=Q(settlement__in=["", Settlement.WAITING.value], settled_at__isnull=True)
                | ~Q(settlement__in=["", Settlement.WAITING.value]) & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} : {self.get_verdict_display()}"


class ReferralMessage(OnReferral):
    """A question of the organisation, or the agent's words to it; it waits for the other side until `settled_at`."""

    from_partner = models.BooleanField(_("écrit par l’organisme"))
    text = models.TextField(_("message"))
    settled_at = models.DateTimeField(_("répondu ou lu le"), null=True, blank=True)

    class Meta(OnReferral.Meta):
        abstract = False
        verbose_name = _("message sur une orientation")
        verbose_name_plural = _("messages sur les orientations")
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(
                fields=["referral", "from_partner"], condition=Q(settled_at__isnull=True), name="message_waiting"
            )
        ]
        constraints = [models.CheckConstraint(name="message_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.author_name} · {self.written_at:%Y-%m-%d}"


class DateProposal(OnReferral):
    """A day and hour the organisation proposes; the agent or the person accepts one, which fixes the date."""

    day = models.DateField(_("jour"))
    hour = models.TimeField(_("heure"), null=True, blank=True)
    place = models.CharField(_("lieu, à savoir"), max_length=300, blank=True)
    settlement = models.CharField(
        _("suite donnée"), max_length=10, choices=Settlement.choices, default=Settlement.WAITING
    )
    settled_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    settled_by_name = models.CharField(_("décidé par"), max_length=150, blank=True)

    class Meta(OnReferral.Meta):
        abstract = False
        verbose_name = _("date proposée")
        verbose_name_plural = _("dates proposées")
        ordering = ["day", "hour", "pk"]
        indexes = [
            models.Index(
                fields=["referral"], condition=Q(settlement=Settlement.WAITING.value), name="date_proposal_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="date_proposal_settled_iff_dated",
                condition=Q(settlement=Settlement.WAITING.value, settled_at__isnull=True)
                | ~Q(settlement=Settlement.WAITING.value) & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)
