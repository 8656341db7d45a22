"""Programmes, agreements, instalments, deliverables, local actions. Money is Decimal, in Canadian dollars."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.agreements.enums import (
    AGREEMENT_TRANSITIONS,
    INSTALMENT_TRANSITIONS,
    LOCAL_ACTION_TRANSITIONS,
    AgreementStatus,
    InstalmentStatus,
    LocalActionStatus,
    Measure,
)
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.models import Record
from arrimage.territory.models import Place, Region


class Programme(models.Model):
    """A programme of the ministry, while it lasts."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    starts_on = models.DateField(_("à partir du"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Stream(models.Model):
    """A stream (volet) of a programme; agreements are signed under one."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="streams", verbose_name=_("programme")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("nom"), max_length=200)

    class Meta:
        verbose_name = _("volet")
        verbose_name_plural = _("volets")
        ordering = ["programme", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="stream_once_a_programme")]

    def __str__(self) -> str:
        return self.name


class Agreement(Record):
    """Money committed to an organisation or a city, for a period, under a stream."""

    number = models.CharField(_("numéro"), max_length=40, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("région"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("organisme")
    )
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("volet"))
    title = models.CharField(_("objet"), max_length=240)
    status = models.CharField(_("état"), max_length=10, choices=AgreementStatus.choices, default=AgreementStatus.DRAFT)
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    starts_on = models.DateField(_("en vigueur du"))
    ends_on = models.DateField(_("jusqu’au"))
    committed = models.DecimalField(_("montant engagé"), max_digits=14, decimal_places=2)
    matched = models.DecimalField(_("contribution de l’organisme"), max_digits=14, decimal_places=2, default=0)
    advisor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("suivie par")
    )

    class Meta(Record.Meta):
        verbose_name = _("entente")
        verbose_name_plural = _("ententes")
        ordering = ["-signed_on", "number"]
        indexes = [
            models.Index(fields=["region", "signed_on"], name="agreement_by_signature"),
            models.Index(fields=["region", "ends_on"], name="agreement_by_end"),
        ]
        constraints = [
            models.CheckConstraint(name="agreement_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="agreement_amounts_not_negative", condition=Q(committed__gte=0, matched__gte=0)
            ),
            models.CheckConstraint(
                name="agreement_signed_iff_dated",
                condition=Q(status=AgreementStatus.DRAFT.value, signed_on__isnull=True)
                | Q(status=AgreementStatus.ANNULLED.value)
                | Q(status__in=["signed", "closed"], signed_on__isnull=False),
            ),
        ]
        triggers = [*Record.Meta.triggers, AGREEMENT_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"


class Instalment(Record):
    """A part of the committed amount, released on a condition."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="instalments", verbose_name=_("entente")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    sequence = models.PositiveSmallIntegerField(_("rang"))
    amount = models.DecimalField(_("montant"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("prévu le"))
    condition = models.CharField(_("condition"), max_length=240, blank=True)
    status = models.CharField(
        _("état"), max_length=10, choices=InstalmentStatus.choices, default=InstalmentStatus.PLANNED
    )
    released_on = models.DateField(_("versé le"), null=True, blank=True)
    released_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("autorisé par")
    )

    class Meta(Record.Meta):
        verbose_name = _("versement")
        verbose_name_plural = _("versements")
        ordering = ["agreement", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sequence"], name="instalment_once_a_rank"),
            models.CheckConstraint(name="instalment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="instalment_released_iff_dated",
                condition=Q(status=InstalmentStatus.RELEASED.value, released_on__isnull=False)
                | (~Q(status=InstalmentStatus.RELEASED.value) & Q(released_on__isnull=True)),
            ),
        ]
        triggers = [*Record.Meta.triggers, INSTALMENT_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.agreement_id} · {self.sequence}"


class Deliverable(Record):
    """What an agreement promises: a target, counted on the real referrals to a service it funds."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="deliverables", verbose_name=_("entente")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="deliverables", verbose_name=_("service")
    )
    label = models.CharField(_("livrable"), max_length=240)
    measure = models.CharField(_("ce qui compte"), max_length=24, choices=Measure.choices)
    target = models.PositiveIntegerField(_("cible"))

    class Meta(Record.Meta):
        verbose_name = _("livrable")
        verbose_name_plural = _("livrables")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "service", "measure"], name="deliverable_once_an_agreement")
        ]

    def __str__(self) -> str:
        return self.label


class LocalAction(Record):
    """Something done with partners to make a place more welcoming; the public may join."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="local_actions", verbose_name=_("région"))
    title = models.CharField(_("titre"), max_length=240)
    partners = models.ManyToManyField(Organisation, related_name="local_actions", verbose_name=_("partenaires"))
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="local_actions",
        verbose_name=_("entente"),
    )
    status = models.CharField(
        _("état"), max_length=12, choices=LocalActionStatus.choices, default=LocalActionStatus.PLANNED
    )
    happens_on = models.DateField(_("date"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lieu")
    )
    participants = models.PositiveIntegerField(_("nombre de participantes et participants"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("action locale")
        verbose_name_plural = _("actions locales")
        ordering = ["-happens_on", "pk"]
        indexes = [models.Index(fields=["region", "happens_on"], name="local_action_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["region", "title", "happens_on"], name="local_action_once_a_day")
        ]
        triggers = [*Record.Meta.triggers, LOCAL_ACTION_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return self.title
