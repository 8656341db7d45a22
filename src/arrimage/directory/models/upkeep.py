"""What keeps the directory up to date: closures that end by themselves, reviews and their reminders, proposals."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.directory.enums import ClosureStage, Operation, ProposalStatus, Rhythm, Stage
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import Part
from arrimage.directory.models.services import Service
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.foundation.transitions import Transitions

CLOSURES = Transitions(
    ClosureStage,
    {
        ClosureStage.PLANNED: frozenset({ClosureStage.UNDER_WAY, ClosureStage.OVER}),
        ClosureStage.UNDER_WAY: frozenset({ClosureStage.OVER}),
    },
)
PROPOSALS = Transitions(
    ProposalStatus,
    {ProposalStatus.WAITING: frozenset({ProposalStatus.ACCEPTED, ProposalStatus.REFUSED, ProposalStatus.WITHDRAWN})},
)


class ServiceClosure(Part):
    """A time when a service is closed, both days included. `ended_on` is when it was over, perhaps before its day.

    Everybody reads why (`reason`) and what to do meanwhile (`advice`).
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="closures", verbose_name=_("service"))
    starts_on = models.DateField(_("premier jour de fermeture"))
    ends_on = models.DateField(_("dernier jour de fermeture"))
    reason = models.CharField(_("raison"), max_length=300)
    advice = models.CharField(_("que faire entre-temps"), max_length=500, blank=True, default="")
    stage = models.CharField(_("état"), max_length=10, choices=ClosureStage.choices, default=ClosureStage.PLANNED)
    ended_on = models.DateField(_("terminée le"), null=True, blank=True)

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("fermeture temporaire")
        verbose_name_plural = _("fermetures temporaires")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="closure_days_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="closure_over_iff_dated",
                condition=Q(stage=ClosureStage.OVER.value, ended_on__isnull=False)
                | ~Q(stage=ClosureStage.OVER.value) & Q(ended_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["service"], condition=~Q(stage=ClosureStage.OVER.value), name="closure_one_at_a_time"
            ),
        ]
        triggers = [*Part.Meta.triggers, CLOSURES.trigger("stage")]

    def __str__(self) -> str:
        return self.reason


class Review(Record):
    """One time an organisation has to confirm that all it says is up to date; the next one opens when it does."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("organisme")
    )
    months = models.PositiveSmallIntegerField(_("rythme"), choices=Rhythm.choices, default=Rhythm.HALF_YEAR)
    due_on = models.DateField(_("à confirmer avant le"))
    confirmed_on = models.DateField(_("confirmé le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("révision du répertoire")
        verbose_name_plural = _("révisions du répertoire")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="review_months_of_a_rhythm", condition=Q(months__in=Rhythm.values)),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(confirmed_on=None), name="review_one_open_an_organisation"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(confirmed_on=None), name="review_open_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.due_on}"


class ReviewReminder(Record):
    """A reminder of one review, for the day it is due. The database keeps it from being made twice."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reminders")
    stage = models.CharField(_("moment"), max_length=6, choices=Stage.choices)
    due_on = models.DateField(_("échéance rappelée"))
    made_on = models.DateField(_("rappelé le"), default=clock.today)

    class Meta(Record.Meta):
        verbose_name = _("rappel de révision")
        verbose_name_plural = _("rappels de révision")
        ordering = ["made_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "due_on", "stage"], name="reminder_once_a_stage"),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())


class Proposal(Record):
    """What an organisation proposes to change in a record, and an advisor accepts or refuses (`upkeep.moderated`).

    `before` and `after` map fields of the record to their values, as JSON: of the organisation, of its `service`, or,
    when `part_kind` names a table, of the part whose uid is `part` (none yet for an addition). An addition without
    `part_kind` is a whole new service (`upkeep.new_services`): `service` is the one made when it is accepted.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("organisme")
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, related_name="proposals", verbose_name=_("service")
    )
    part_kind = models.CharField(max_length=20, blank=True, default="")
    part = models.UUIDField(null=True)
    operation = models.CharField(max_length=6, choices=Operation.choices, default=Operation.CHANGE)
    before = models.JSONField(_("avant"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("proposé"), default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(_("état"), max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.WAITING)
    proposed_by = models.CharField(_("proposé par"), max_length=150)
    decided_by = models.CharField(_("décidé par"), max_length=150, blank=True, default="")
    decided_on = models.DateField(_("décidé le"), null=True)
    reason = models.CharField(_("raison du refus"), max_length=500, blank=True, default="")

    class Meta(Record.Meta):
        verbose_name = _("modification proposée")
        verbose_name_plural = _("modifications proposées")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_decided_iff_dated",
                condition=Q(status=ProposalStatus.WAITING.value, decided_on__isnull=True)
                | ~Q(status=ProposalStatus.WAITING.value) & Q(decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_refused_with_a_reason",
                condition=~Q(status=ProposalStatus.REFUSED.value) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="proposal_of_a_part_of_a_service", condition=Q(part_kind="") | Q(service__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"], condition=Q(status=ProposalStatus.WAITING.value), name="proposal_to_decide"
            )
        ]
        triggers = [*Record.Meta.triggers, PROPOSALS.trigger()]

    def __str__(self) -> str:
        return str(self.service or (self.is_new_service and self.after["name"]) or self.organisation)

    @property
    def is_new_service(self) -> bool:
        return self.operation == Operation.ADD and not self.part_kind


class ProposalNotice(Record):
    """Somebody told what became of a proposal. The database keeps it from being told twice."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("compte"))

    class Meta(Record.Meta):
        verbose_name = _("avis de décision")
        verbose_name_plural = _("avis de décision")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="proposal_notice_once_a_person")]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.user_id}"


class ServiceQuality(models.Model):
    """How well a service is described, as reckoned on a day (`upkeep.quality`); `missing` are the criteria not met."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="quality")
    met = models.PositiveSmallIntegerField(_("critères remplis"))
    relevant = models.PositiveSmallIntegerField(_("critères qui comptent"))
    missing = ArrayField(models.CharField(max_length=20), default=list)
    reckoned_on = models.DateField(_("calculé le"))

    class Meta:
        verbose_name = _("qualité d’une fiche")
        verbose_name_plural = _("qualité des fiches")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="quality_within_bounds", condition=Q(met__lte=F("relevant")))]

    def __str__(self) -> str:
        return f"{self.met} / {self.relevant}"


class DistinctServices(Record):
    """Two services that look alike and are not the same, somebody said: the earlier key first."""

    first = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("services distincts")
        verbose_name_plural = _("services distincts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_services_once"),
            models.CheckConstraint(name="distinct_services_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class ServiceJoining(Record):
    """One service made of two: `gone`, the uid of the one that is no more, leads to the one that was kept.

    `before` is what each said (`{"kept": {column: value}, "gone": …}`), `chosen` the fields taken from the one that
    went (`upkeep.joining.FIELDS`), `moved` the keys of the rows that followed, by table.
    """

    kept = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="joinings", verbose_name=_("service gardé")
    )
    gone = models.UUIDField(_("service joint"), unique=True, editable=False)
    gone_name = models.CharField(_("nom du service joint"), max_length=200)
    joined_by = models.CharField(_("par"), max_length=150)
    reason = models.CharField(_("raison"), max_length=300)
    chosen = models.JSONField(default=list)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField(default=dict)

    class Meta(Record.Meta):
        verbose_name = _("services joints")
        verbose_name_plural = _("services joints")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="services_joined_for_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.gone_name
