"""Where things are."""

from datetime import date, time
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.territory.enums import PlaceKind, ServicePointKind


class Region(models.Model):
    """One of Québec's 17 administrative regions; a directorate answers for one."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("nom"), max_length=80, unique=True)
    file_prefix = models.CharField(_("préfixe des numéros de dossier"), max_length=3, unique=True)
    main_city = models.ForeignKey(
        "Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ville centre")
    )
    deployed_on = models.DateField(_("déploiement régional"), null=True, blank=True)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A city, a borough, a linked city or a county of a region."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="places", verbose_name=_("région"))
    kind = models.CharField(_("genre"), max_length=20, choices=PlaceKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    code = models.CharField(_("code"), max_length=10, blank=True)
    within = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("fait partie de")
    )

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "kind", "name"], name="place_once_a_region")]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """Where a region or a place lies: its shape, apart from it so that lists of places stay light.

    `geometry` is a GeoJSON MultiPolygon, longitudes and latitudes in degrees (WGS 84), with its bounding box. `source`
    is whom a map cites, as the import was told.
    """

    region = models.OneToOneField(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="outline", verbose_name=_("région")
    )
    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, null=True, blank=True, related_name="outline", verbose_name=_("lieu")
    )
    geometry = models.JSONField(_("tracé"))
    source = models.CharField(_("source à citer"), max_length=200, blank=True, default="")
    west = models.FloatField(_("ouest"))
    south = models.FloatField(_("sud"))
    east = models.FloatField(_("est"))
    north = models.FloatField(_("nord"))

    class Meta:
        verbose_name = _("tracé")
        verbose_name_plural = _("tracés")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="outline_of_one_thing",
                condition=Q(region__isnull=True, place__isnull=False) | Q(region__isnull=False, place__isnull=True),
            ),
            models.CheckConstraint(
                name="outline_box_in_order", condition=Q(west__lte=F("east")) & Q(south__lte=F("north"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.place or self.region)


class ServicePointQuerySet(models.QuerySet["ServicePoint"]):
    def open_on(self, day: date) -> Self:
        """Keep the points that exist on `day` (both ends included)."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)


class ServicePoint(Record):
    """A place where agents receive people: an office, or the airport."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="service_points", verbose_name=_("région")
    )
    kind = models.CharField(_("genre"), max_length=20, choices=ServicePointKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    host = models.CharField(_("hôte"), max_length=120, blank=True)
    address = models.CharField(_("adresse"), max_length=200)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="service_points", verbose_name=_("lieu")
    )
    open_to_public = models.BooleanField(_("ouvert au public"), default=True)
    opened_on = models.DateField(_("ouvert depuis le"))
    closed_on = models.DateField(_("fermé après le"), null=True, blank=True)
    day_starts_at = models.TimeField(_("début de la journée"), default=time(8, 30))
    day_ends_at = models.TimeField(_("fin de la journée"), default=time(16, 30))
    first_appointment_minutes = models.PositiveSmallIntegerField(
        _("durée d’un premier rendez-vous (minutes)"), default=60
    )

    objects = ServicePointQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("point de services")
        verbose_name_plural = _("points de services")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="service_point_once_a_region"),
            models.CheckConstraint(
                name="service_point_dates_in_order",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(name="service_point_day_in_order", condition=Q(day_ends_at__gt=F("day_starts_at"))),
        ]

    def __str__(self) -> str:
        return self.name
