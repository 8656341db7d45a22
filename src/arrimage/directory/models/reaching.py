"""When and how organisations and services are reached, and who pays for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.models.locations import Location, ServiceAtLocation
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import Part, one_owner
from arrimage.directory.models.services import Service

# RFC 5545: a day, or the first, the last… of a month (« 1MO », « -1FR »); numbers from the end are negative.
_BYDAY = r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$"
_NUMBERS = r"^[+-]?\d{1,3}(,[+-]?\d{1,3})*$"
_EVERY_WEEK = (
    Q(freq=Frequency.WEEKLY, byday__regex="^[A-Z,]+$", bymonthday="", byweekno="", byyearday="", count=None)
    & Q(valid_from=None, valid_to=None, dtstart=None, until=None)
    & (Q(interval=None) | Q(interval=1))
)


class Contact(Part):
    """Somebody, or a desk, to speak to. One that is not public serves referrals: see `directory.guarded`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="contacts")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="contacts")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, related_name="contacts"
    )
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="contacts")
    name = models.CharField(_("nom"), max_length=200, blank=True, default="")
    title = models.CharField(_("fonction"), max_length=200, blank=True, default="")
    department = models.CharField(_("unité"), max_length=200, blank=True, default="")
    email = models.EmailField(_("courriel"), blank=True, default="")
    is_public = models.BooleanField(_("montré à tout le monde"), default=True)

    owners = ("organisation", "service", "service_at_location", "location")

    class Meta(Part.Meta):
        verbose_name = _("contact du répertoire")
        verbose_name_plural = _("contacts du répertoire")
        ordering = ["pk"]
        constraints = [one_owner("contact", "organisation", "service", "service_at_location", "location")]

    def __str__(self) -> str:
        return self.name or self.title or self.department or self.email


class Phone(Part):
    """A telephone number, and the languages answered there."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="phones")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="phones")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="phones")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="phones")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, related_name="phones"
    )
    number = models.CharField(_("numéro"), max_length=40)
    extension = models.PositiveIntegerField(_("poste"), null=True, blank=True)
    type = models.CharField(_("sorte"), max_length=20, blank=True, default="")
    description = models.CharField(_("précisions"), max_length=200, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("langues"))

    owners = ("location", "service", "organisation", "contact", "service_at_location")

    class Meta(Part.Meta):
        verbose_name = _("téléphone")
        verbose_name_plural = _("téléphones")
        ordering = ["pk"]
        constraints = [one_owner("phone", "location", "service", "organisation", "contact", "service_at_location")]

    def __str__(self) -> str:
        return self.number


class Schedule(Part):
    """When it is open: from `opens_at` to `closes_at` (the next day when it closes before it opens), on the days of a
    recurrence as RFC 5545 writes them, between `valid_from` and `valid_to` (both included)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="schedules")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="schedules")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, related_name="schedules"
    )
    valid_from = models.DateField(_("à partir du"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    dtstart = models.DateField(_("première fois le"), null=True, blank=True)
    timezone = models.DecimalField(
        _("décalage avec l’heure universelle (heures)"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    until = models.DateField(_("dernière fois le"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("nombre de fois"), null=True, blank=True)
    wkst = models.CharField(
        _("premier jour de la semaine"), max_length=2, choices=Weekday.choices, blank=True, default=""
    )
    freq = models.CharField(_("répétition"), max_length=7, choices=Frequency.choices, blank=True, default="")
    interval = models.PositiveSmallIntegerField(_("intervalle"), null=True, blank=True)
    byday = models.CharField(_("jours"), max_length=60, blank=True, default="")
    byweekno = models.CharField(_("semaines de l’année"), max_length=200, blank=True, default="")
    bymonthday = models.CharField(_("jours du mois"), max_length=120, blank=True, default="")
    byyearday = models.CharField(_("jours de l’année"), max_length=200, blank=True, default="")
    description = models.CharField(_("précisions"), max_length=400, blank=True, default="")
    opens_at = models.TimeField(_("ouvre à"), null=True, blank=True)
    closes_at = models.TimeField(_("ferme à"), null=True, blank=True)
    schedule_link = models.URLField(_("horaire en ligne"), max_length=500, blank=True, default="")
    attending_type = models.CharField(_("façon"), max_length=40, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")
    # The days of nearly every schedule, so that asking what is open now reads rules of recurrence for the others only.
    every_week = models.GeneratedField(
        expression=Case(When(_EVERY_WEEK, then=F("byday")), default=None),
        output_field=models.CharField(max_length=60, null=True),
        db_persist=True,
        verbose_name=_("jours de toutes les semaines"),
    )

    owners = ("service", "location", "service_at_location")

    class Meta(Part.Meta):
        verbose_name = _("horaire")
        verbose_name_plural = _("horaires")
        ordering = ["valid_from", "opens_at", "pk"]
        constraints = [
            one_owner("schedule", "service", "location", "service_at_location"),
            models.CheckConstraint(
                name="schedule_dates_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("La fin d’un horaire ne peut pas être avant son début."),
            ),
            models.CheckConstraint(name="schedule_interval_positive", condition=Q(interval=None) | Q(interval__gte=1)),
            models.CheckConstraint(
                name="schedule_days_as_the_standard",
                condition=(Q(byday="") | Q(byday__regex=_BYDAY))
                & (Q(byweekno="") | Q(byweekno__regex=_NUMBERS))
                & (Q(bymonthday="") | Q(bymonthday__regex=_NUMBERS))
                & (Q(byyearday="") | Q(byyearday__regex=_NUMBERS)),
                violation_error_message=_("Écrivez les jours comme la norme : MO,TU ou 1MO,-1FR."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.byday, str(self.opens_at or ""), str(self.closes_at or ""))))


class Funding(Part):
    """Who pays for an organisation or a service, in words. Our own agreements are `agreements`' to say."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="funding")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="funding")
    source = models.CharField(_("source de financement"), max_length=400, blank=True, default="")

    owners = ("organisation", "service")

    class Meta(Part.Meta):
        verbose_name = _("financement")
        verbose_name_plural = _("financements")
        ordering = ["pk"]
        constraints = [one_owner("funding", "organisation", "service")]

    def __str__(self) -> str:
        return self.source
