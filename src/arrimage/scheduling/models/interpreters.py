"""Interpreters, and the appointments and meetings they are asked for."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.link_codes import OpenedByCode
from arrimage.accounts.models import User
from arrimage.directory.models import Organisation
from arrimage.foundation.models import Record
from arrimage.scheduling.enums import INTERPRETATION_TRANSITIONS, InterpretationStatus, Mode
from arrimage.scheduling.models.appointments import Appointment
from arrimage.scheduling.models.busy import taken_with_its
from arrimage.scheduling.models.hours import WHOLE_DAYS, DateSpan
from arrimage.scheduling.models.sessions import Meeting
from arrimage.territory.models import Region


def every_mode() -> list[str]:
    return list(Mode.values)


class Interpreter(Record):
    """Somebody who interprets from some languages into French, alone or for an organisation (a bank of interpreters).

    `cost_code` is where the time is charged unless the booking says otherwise.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="interpreters", verbose_name=_("région"))
    name = models.CharField(_("nom"), max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interpreters",
        verbose_name=_("organisme"),
    )
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("langues"))
    modes = ArrayField(models.CharField(max_length=8), verbose_name=_("façons d’interpréter"), default=every_mode)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    cost_code = models.CharField(_("code de coût"), max_length=20, blank=True)
    is_active = models.BooleanField(_("en activité"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("interprète")
        verbose_name_plural = _("interprètes")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="interpreter_once_a_region"),
            models.CheckConstraint(name="interpreter_has_a_language", condition=Q(languages__len__gt=0)),
            models.CheckConstraint(name="interpreter_has_a_mode", condition=Q(modes__len__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def written_at(self) -> str:
        """Where letters go: their e-mail, or else their organisation's; empty when somebody has to call."""
        return self.email or (self.organisation.email if self.organisation else "")

    @property
    def called_at(self) -> str:
        """Their telephone, or else their organisation's; empty when neither is known."""
        return self.phone or (self.organisation.phone if self.organisation else "")


class InterpreterRate(Record):
    """What an hour of an interpreter costs, in Canadian dollars, from one day to another (included), or until further
    notice. Two are never in force on one day."""

    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.PROTECT, related_name="rates", verbose_name=_("interprète")
    )
    hourly = models.DecimalField(_("tarif horaire"), max_digits=6, decimal_places=2)
    first_on = models.DateField(_("à partir du"))
    last_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("tarif d’interprète")
        verbose_name_plural = _("tarifs d’interprètes")
        ordering = ["-first_on", "pk"]
        constraints = [
            models.CheckConstraint(name="interpreter_rate_costs_something", condition=Q(hourly__gt=Decimal(0))),
            models.CheckConstraint(
                name="interpreter_rate_dates_in_order",
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
            ),
            ExclusionConstraint(
                name="interpreter_rates_apart",
                expressions=[
                    (DateSpan("first_on", "last_on", WHOLE_DAYS), RangeOperators.OVERLAPS),
                    ("interpreter", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hourly} · {self.first_on}"


class Interpretation(OpenedByCode):
    """An interpreter asked for one appointment or one meeting, for its whole time; `minutes` is what is charged.

    `starts_at` and `ends_at` are the hour it was asked for: letters say it, even once the appointment moved. The
    link of the letter opens by a code sent to where the interpreter is written; `codes_sent` counts them.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("interprète")
    )
    appointment = models.ForeignKey(
        Appointment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name=_("rendez-vous"),
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name=_("rencontre"),
    )
    language = models.CharField(_("langue"), max_length=3)
    mode = models.CharField(_("façon d’interpréter"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    status = models.CharField(
        _("état"), max_length=12, choices=InterpretationStatus.choices, default=InterpretationStatus.REQUESTED
    )
    starts_at = models.DateTimeField(_("demandé pour"), null=True, blank=True)
    ends_at = models.DateTimeField(_("jusqu’à"), null=True, blank=True)
    cost_code = models.CharField(_("code de coût"), max_length=20, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes facturées"), null=True, blank=True)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("demandée par")
    )
    codes_sent = models.PositiveSmallIntegerField(_("codes envoyés"), default=0)

    class Meta(OpenedByCode.Meta):
        verbose_name = _("réservation d’interprète")
        verbose_name_plural = _("réservations d’interprètes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="interpretation_of_one_thing",
                condition=Q(appointment__isnull=False, meeting__isnull=True)
                | Q(appointment__isnull=True, meeting__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["appointment", "language"],
                condition=Q(status__in=["requested", "confirmed", "done"]),
                name="interpretation_once_an_appointment",
            ),
            models.UniqueConstraint(
                fields=["meeting", "language"],
                condition=Q(status__in=["requested", "confirmed", "done"]),
                name="interpretation_once_a_meeting",
            ),
            models.CheckConstraint(
                name="interpretation_charged_once_done",
                condition=Q(minutes__isnull=True) | Q(status=InterpretationStatus.DONE.value),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            INTERPRETATION_TRANSITIONS.trigger(),
            *taken_with_its("appointment", "interpreter_id", "status"),
            *taken_with_its("meeting", "interpreter_id", "status"),
        ]

    def __str__(self) -> str:
        return f"{self.interpreter} · {self.language}"
