"""Who waits for a time, since when, and what they could take."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.enums import WAITING_TRANSITIONS, AppointmentKind, WaitingStatus
from arrimage.scheduling.models.appointments import Appointment
from arrimage.territory.models import Region, ServicePoint


class WaitingEntry(Record):
    """Somebody who waits for a time of one kind, at one of some points of service, between two days (or when one can).

    `waits_since` gives the place, after `due_on`, the last day of their first appointment; `offer` is the time kept
    for them while it is `offered`. The order is said in `scheduling.waiting_rules.place`.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="waiting_entries", verbose_name=_("personne")
    )
    service_points = models.ManyToManyField(ServicePoint, related_name="+", verbose_name=_("points de services"))
    kind = models.CharField(_("genre"), max_length=12, choices=AppointmentKind.choices)
    language = models.CharField(_("langue de l’interprète"), max_length=3, blank=True)
    needs_step_free = models.BooleanField(_("accès sans marche"), default=False)
    earliest = models.DateField(_("au plus tôt"), null=True, blank=True)
    latest = models.DateField(_("au plus tard"), null=True, blank=True)
    waits_since = models.DateTimeField(_("attend depuis"), default=timezone.now)
    due_on = models.DateField(_("limite du premier rendez-vous"), null=True, blank=True)
    status = models.CharField(_("état"), max_length=12, choices=WaitingStatus.choices, default=WaitingStatus.WAITING)
    offer = models.OneToOneField(
        Appointment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="kept_for",
        verbose_name=_("heure proposée"),
    )
    unanswered = models.PositiveSmallIntegerField(_("propositions sans réponse"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("attente d’un rendez-vous")
        verbose_name_plural = _("liste d’attente des rendez-vous")
        ordering = [F("due_on").asc(nulls_last=True), "waits_since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status__in=["waiting", "offered"]),
                name="waits_once_for_a_kind",
            ),
            models.CheckConstraint(
                name="waiting_between_two_days",
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(latest__gte=F("earliest")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "kind"], condition=Q(status__in=["waiting", "offered"]), name="waiting_now_by_region"
            )
        ]
        triggers = [*Record.Meta.triggers, WAITING_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.person_id}"
