"""Requests of persons about their own information (A-2.1, ss. 83 to 102.1), their answers and their copies."""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.privacy.registers.enums import (
    ANSWERS,
    REQUEST_TRANSITIONS,
    IdentityProof,
    ReceivedBy,
    RecordKind,
    RefusalGround,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.rules import ANSWER_DAYS, EXTENSION_DAYS
from arrimage.territory.models import Region

_ANSWERED = [status.value for status in ANSWERS]
_UNPROVEN = [RequestStatus.RECEIVED.value, RequestStatus.REFUSED.value, RequestStatus.WITHDRAWN.value]


class PersonRequest(Record):
    """One request. `person` is empty when nothing is held about whoever asks; `requester` always names them."""

    number = models.CharField(_("numéro"), max_length=16, unique=True)
    kind = models.CharField(_("demande"), max_length=14, choices=RequestKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("personne")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    requester = models.CharField(_("nom"), max_length=240)
    contact = models.CharField(_("adresse de réponse"), max_length=300, blank=True)
    representative = models.CharField(_("demande présentée par"), max_length=240, blank=True)
    received_by = models.CharField(_("reçue par"), max_length=10, choices=ReceivedBy.choices)
    received_on = models.DateField(_("reçue le"), default=clock.today)
    details = models.TextField(_("ce qui est demandé"), blank=True)
    # A rectification: what, from, to.
    field = models.CharField(_("renseignement à corriger"), max_length=200, blank=True)
    current_value = models.CharField(_("ce qui est écrit"), max_length=500, blank=True)
    wanted_value = models.CharField(_("ce qui devrait l’être"), max_length=500, blank=True)
    status = models.CharField(_("état"), max_length=15, choices=RequestStatus.choices, default=RequestStatus.RECEIVED)
    acknowledged_on = models.DateField(_("accusé de réception le"), null=True, blank=True)
    identity_proof = models.CharField(
        _("identité établie par"), max_length=15, choices=IdentityProof.choices, blank=True
    )
    identity_verified_on = models.DateField(_("identité vérifiée le"), null=True, blank=True)
    identity_verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("identité vérifiée par")
    )
    due_on = models.DateField(_("réponse au plus tard le"))
    extended_on = models.DateField(_("avis de prolongation le"), null=True, blank=True)
    extension_reason = models.TextField(_("pourquoi plus de temps"), blank=True)
    answered_on = models.DateField(_("réponse donnée le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("réponse de")
    )
    answer = models.TextField(_("réponse"), blank=True)
    refusal_ground = models.CharField(_("motif du refus"), max_length=15, choices=RefusalGround.choices, blank=True)
    refusal_explanation = models.TextField(_("explication du refus"), blank=True)
    changed_record = models.CharField(_("ce qui a été corrigé"), max_length=10, choices=RecordKind.choices, blank=True)
    change_made = models.TextField(_("correction faite"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("demande d’une personne")
        verbose_name_plural = _("demandes des personnes")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["status", "due_on"], name="person_request_by_due"),
            models.Index(fields=["person", "-received_on"], name="person_request_by_person"),
        ]
        constraints = [
            models.CheckConstraint(name="person_request_names_who_asks", condition=~Q(requester="")),
            models.CheckConstraint(
                name="person_request_due_by_law",
                condition=Q(extended_on__isnull=True, due_on=F("received_on") + timedelta(days=ANSWER_DAYS))
                | Q(
                    extended_on__isnull=False,
                    due_on=F("received_on") + timedelta(days=ANSWER_DAYS + EXTENSION_DAYS),
                ),
            ),
            models.CheckConstraint(
                name="person_request_extended_in_time",
                condition=Q(extended_on__isnull=True, extension_reason="")
                | (
                    Q(
                        extended_on__gte=F("received_on"),
                        extended_on__lte=F("received_on") + timedelta(days=ANSWER_DAYS),
                    )
                    & ~Q(extension_reason="")
                ),
            ),
            models.CheckConstraint(
                name="person_request_verified_with_proof",
                condition=Q(status__in=_UNPROVEN, identity_proof="", identity_verified_on__isnull=True)
                | (~Q(identity_proof="") & Q(identity_verified_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="person_request_answered_iff_dated",
                condition=(Q(status__in=_ANSWERED, answered_on__isnull=False) & ~Q(answer=""))
                | (~Q(status__in=_ANSWERED) & Q(answered_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="person_request_refused_with_a_ground",
                condition=~Q(status__in=[RequestStatus.REFUSED.value, RequestStatus.PARTLY_GRANTED.value])
                | (~Q(refusal_ground="") & ~Q(refusal_explanation="")),
            ),
            models.CheckConstraint(
                name="person_request_rectifies_something",
                condition=~Q(kind=RequestKind.RECTIFICATION.value) | (~Q(field="") & ~Q(wanted_value="")),
            ),
            models.CheckConstraint(
                name="person_request_rectified_names_the_change",
                condition=~Q(
                    kind=RequestKind.RECTIFICATION.value,
                    status__in=[RequestStatus.GRANTED.value, RequestStatus.PARTLY_GRANTED.value],
                )
                | (~Q(changed_record="") & ~Q(change_made="")),
            ),
        ]
        triggers = [*Record.Meta.triggers, REQUEST_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return self.number


class RequestEvent(StatusEvent):
    request = models.ForeignKey(PersonRequest, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class Statement(Record):
    """What a person wants said in their file after a rectification was refused (A-2.1, s. 91)."""

    request = models.OneToOneField(PersonRequest, on_delete=models.PROTECT, related_name="statement")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    text = models.TextField(_("ce que la personne déclare"))
    made_on = models.DateField(_("déclaré le"), default=clock.today)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("versé par")
    )

    class Meta(Record.Meta):
        verbose_name = _("déclaration versée au dossier")
        verbose_name_plural = _("déclarations versées au dossier")
        ordering = ["made_on", "pk"]
        constraints = [models.CheckConstraint(name="statement_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.made_on}"


class Copy(Record):
    """The copy made for a request: `sha256` (hexadecimal) and `size` (bytes) stay when its content is gone."""

    request = models.OneToOneField(PersonRequest, on_delete=models.PROTECT, related_name="copy")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    produced_at = models.DateTimeField(_("produite le"), default=clock.now)
    produced_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("produite par")
    )
    size = models.PositiveBigIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    available_until = models.DateField(_("téléchargeable jusqu’au"))

    class Meta(Record.Meta):
        verbose_name = _("copie remise")
        verbose_name_plural = _("copies remises")
        constraints = [
            models.CheckConstraint(name="copy_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="copy_sha256_well_formed", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.sha256[:8]}"


class CopyContent(models.Model):
    """The content of a copy, apart so that it alone is erased when its time is over. Never changed."""

    copy = models.OneToOneField(Copy, on_delete=models.CASCADE, related_name="content")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    data = models.BinaryField(_("contenu"))

    class Meta:
        verbose_name = _("contenu d’une copie")
        verbose_name_plural = _("contenus de copies")
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.copy_id}"
