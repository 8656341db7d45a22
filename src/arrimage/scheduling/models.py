"""Appointments and who attends them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.enums import APPOINTMENT_TRANSITIONS, TAKES_THE_TIME, AppointmentKind, AppointmentStatus
from arrimage.territory.models import Region, ServicePoint


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Appointment(Record):
    """A time an agent keeps for one person or household at a point of service."""

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
    interpreter_language = models.CharField(_("langue de l’interprète"), max_length=3, blank=True)
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
            ExclusionConstraint(
                name="appointment_agent_never_twice",
                expressions=[
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("agent", RangeOperators.EQUAL),
                ],
                condition=Q(status__in=[status.value for status in TAKES_THE_TIME]),
            ),
        ]
        triggers = [*Record.Meta.triggers, APPOINTMENT_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d %H:%M}"


class Attendance(models.Model):
    """One person of those an appointment is for."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.appointment_id}"
