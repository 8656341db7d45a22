"""When a point of service receives: its hours by season, its closures, and what its times are kept for."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.scheduling.enums import AppointmentKind
from arrimage.territory.models import ServicePoint


class DateSpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


WHOLE_DAYS = RangeBoundary(inclusive_upper=True)


class Timetable(Record):
    """The week of a point of service, from one day to another (a season), or all year without dates.

    A season is followed before the hours of all year. One withdrawn is kept, and may be put back.
    """

    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="timetables", verbose_name=_("point de services")
    )
    name = models.CharField(_("nom"), max_length=80)
    first_on = models.DateField(_("du"), null=True, blank=True)
    last_on = models.DateField(_("au"), null=True, blank=True)
    # Seven days from Monday, each its stretches in minutes since midnight: `[[510, 720], [780, 990]]` (`rules.Week`).
    week = models.JSONField(_("semaine"))
    is_withdrawn = models.BooleanField(_("retiré"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("horaire")
        verbose_name_plural = _("horaires")
        ordering = [F("first_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="timetable_dates_in_order",
                condition=Q(first_on__isnull=True, last_on__isnull=True)
                | Q(first_on__isnull=False, last_on__isnull=False, last_on__gte=F("first_on")),
            ),
            models.UniqueConstraint(
                fields=["service_point"],
                name="timetable_all_year_once",
                condition=Q(first_on__isnull=True, is_withdrawn=False),
            ),
            ExclusionConstraint(
                name="timetable_seasons_apart",
                expressions=[
                    (DateSpan("first_on", "last_on", WHOLE_DAYS), RangeOperators.OVERLAPS),
                    ("service_point", RangeOperators.EQUAL),
                ],
                condition=Q(first_on__isnull=False, is_withdrawn=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(Record):
    """Days a point of service receives nobody, both included, with what is told to people."""

    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="closures", verbose_name=_("point de services")
    )
    first_on = models.DateField(_("du"))
    last_on = models.DateField(_("au"))
    reason = models.CharField(_("raison"), max_length=120)
    is_withdrawn = models.BooleanField(_("retirée"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(name="closure_dates_in_order", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(name="closure_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"


class SlotTemplate(Record):
    """Times of some weekdays (1 is Monday) kept for one kind of appointment: how long, how many at once, for whom.

    Once a point has one for a kind, appointments of that kind are proposed at its times only; others may not take the
    agents it keeps. With `airport_hours`, only the airport gives them until so many hours before.
    """

    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="slot_templates", verbose_name=_("point de services")
    )
    kind = models.CharField(_("genre de rendez-vous"), max_length=12, choices=AppointmentKind.choices)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("jours"))
    starts_at = models.TimeField(_("début"))
    ends_at = models.TimeField(_("fin"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))
    places = models.PositiveSmallIntegerField(_("rendez-vous à la fois"), default=1)
    airport_hours = models.PositiveSmallIntegerField(
        _("réservé à l’aéroport jusqu’à (heures avant)"), null=True, blank=True
    )
    first_on = models.DateField(_("à partir du"), null=True, blank=True)
    last_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    is_withdrawn = models.BooleanField(_("retiré"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("plage de rendez-vous")
        verbose_name_plural = _("plages de rendez-vous")
        ordering = ["weekdays", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="slot_template_hours_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="slot_template_of_something", condition=Q(minutes__gt=0, places__gt=0) & ~Q(weekdays=[])
            ),
            models.CheckConstraint(
                name="slot_template_dates_in_order",
                condition=Q(first_on__isnull=True) | Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"
