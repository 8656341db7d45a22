"""Appointments and who attends them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.enums import (
    APPOINTMENT_TRANSITIONS,
    AppointmentKind,
    AppointmentStatus,
    CancelReason,
    Mode,
)
from arrimage.scheduling.models.busy import taken_with, taken_with_its
from arrimage.scheduling.models.resources import Room
from arrimage.scheduling.numbered_times import TRIGGER as NEVER_MORE_AT_ONCE
from arrimage.territory.models import Region, ServicePoint


class Appointment(Record):
    """A time an agent keeps for one person or household at a point of service, or at a distance.

    Whom and what it takes is written by the database in `BusyTime`, which lets nobody be taken twice. Moved, it stays
    the same record. One that is `offered` waits for its answer until `held_until`.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("région"))
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("point de services")
    )
    agent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("avec"))
    kind = models.CharField(_("genre"), max_length=12, choices=AppointmentKind.choices)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    status = models.CharField(
        _("état"), max_length=12, choices=AppointmentStatus.choices, default=AppointmentStatus.BOOKED
    )
    mode = models.CharField(_("façon de se rencontrer"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name=_("salle")
    )
    call_address = models.URLField(_("adresse de la visioconférence"), blank=True)
    language = models.CharField(_("langue de la rencontre"), max_length=3, blank=True)
    interpreter_language = models.CharField(_("langue de l’interprète"), max_length=3, blank=True)
    needs_step_free = models.BooleanField(_("accès sans marche"), default=False)
    accommodation = models.CharField(_("autre besoin d’accessibilité"), max_length=200, blank=True)
    held_until = models.DateTimeField(_("proposé jusqu’au"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmé par la personne le"), null=True, blank=True)
    cancel_reason = models.CharField(
        _("raison de l’annulation"), max_length=12, choices=CancelReason.choices, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    booked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fixé par")
    )
    persons = models.ManyToManyField(Person, through="Attendance", related_name="appointments")

    class Meta(Record.Meta):
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["agent", "starts_at"], name="appointment_by_agent"),
            models.Index(fields=["region", "starts_at"], name="appointment_by_region"),
        ]
        constraints = [
            models.CheckConstraint(name="appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="appointment_offered_until",
                condition=~Q(status=AppointmentStatus.OFFERED.value) | Q(held_until__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_for_a_reason",
                condition=Q(cancel_reason="") | Q(status=AppointmentStatus.CANCELLED.value),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            APPOINTMENT_TRANSITIONS.trigger(),
            NEVER_MORE_AT_ONCE,
            *taken_with("appointment", "status", "starts_at", "ends_at", "agent_id", "room_id"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d %H:%M}"


class Attendance(models.Model):
    """One person of those an appointment is for."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "person"], name="attendance_once")]
        triggers = taken_with_its("appointment", "person_id")

    def __str__(self) -> str:
        return f"{self.person_id} · {self.appointment_id}"
