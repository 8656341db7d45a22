"""Where services are offered, and how many places each has there."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import LocationType
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import Part, make_translations_stale
from arrimage.directory.models.services import Service
from arrimage.foundation.models import Record
from arrimage.territory.models import Place


class Location(Record):
    """A place where an organisation offers services. Latitude and longitude are in degrees (WGS 84), both or neither.

    `place` is the city or borough it stands in: addresses say what the post needs.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="locations", verbose_name=_("organisme")
    )
    location_type = models.CharField(
        _("genre"), max_length=10, choices=LocationType.choices, default=LocationType.PHYSICAL
    )
    name = models.CharField(_("nom du lieu"), max_length=200, blank=True, default="")
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    transportation = models.TextField(_("comment s’y rendre"), blank=True, default="")
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="locations", verbose_name=_("lieu")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    url = models.URLField(_("adresse web"), max_length=500, blank=True, default="")
    external_identifier = models.CharField(_("identifiant externe"), max_length=120, blank=True, default="")
    external_identifier_type = models.CharField(_("sorte d’identifiant"), max_length=60, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("langues"))

    class Meta(Record.Meta):
        verbose_name = _("lieu de services")
        verbose_name_plural = _("lieux de services")
        ordering = ["pk"]
        indexes = [models.Index(fields=["latitude", "longitude"], name="location_on_the_map")]
        constraints = [
            models.CheckConstraint(
                name="location_on_the_globe",
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("Donnez la latitude (de -90 à 90) et la longitude (de -180 à 180)."),
            )
        ]
        triggers = [*Record.Meta.triggers, make_translations_stale("location")]

    def __str__(self) -> str:
        return self.name or self.address or str(self.get_location_type_display())

    @property
    def address(self) -> str:
        """Return its first address on one line, without the city; an empty text when it has none."""
        first = next(iter(self.addresses.all()), None)
        return ", ".join(filter(None, (first.address_1, first.address_2))) if first else ""


class Address(Part):
    """Where a location stands, or receives its mail."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="addresses")
    attention = models.CharField(_("à l’attention de"), max_length=200, blank=True, default="")
    address_1 = models.CharField(_("adresse"), max_length=200)
    address_2 = models.CharField(_("complément d’adresse"), max_length=200, blank=True, default="")
    city = models.CharField(_("ville"), max_length=120, blank=True, default="")
    region = models.CharField(_("région"), max_length=120, blank=True, default="")
    state_province = models.CharField(_("province"), max_length=60, default="QC")
    postal_code = models.CharField(_("code postal"), max_length=20, blank=True, default="")
    country = models.CharField(_("pays"), max_length=2, default="CA")
    address_type = models.CharField(
        _("genre"), max_length=10, choices=LocationType.choices, default=LocationType.PHYSICAL
    )

    owners = ("location",)

    class Meta(Part.Meta):
        verbose_name = _("adresse")
        verbose_name_plural = _("adresses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.address_1, self.address_2, self.city, self.postal_code)))


class Accessibility(Part):
    """What makes a location accessible, or not."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    description = models.CharField(_("accessibilité"), max_length=200, blank=True, default="")
    details = models.TextField(_("détails"), blank=True, default="")
    url = models.URLField(_("page web"), max_length=500, blank=True, default="")

    owners = ("location",)

    class Meta(Part.Meta):
        verbose_name = _("accessibilité")
        verbose_name_plural = _("accessibilité")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description


class ServiceAtLocation(Part):
    """A service where it is offered: the hours, telephones and places it has there hang on this."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="services_here", verbose_name=_("lieu")
    )
    description = models.TextField(_("précisions"), blank=True, default="")

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("service en un lieu")
        verbose_name_plural = _("services en un lieu")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_once_at_a_location")]

    def __str__(self) -> str:
        return f"{self.service} · {self.location}"


class ServicePlaces(Part):
    """How many places a service has somewhere; `next_on` is when some come free.

    `taken` is what the organisation says is taken by people who were not referred from here; `taken_by_referrals` and
    `held` are counted by the database (`directory.places.functions`).
    """

    service_at_location = models.OneToOneField(ServiceAtLocation, on_delete=models.CASCADE, related_name="places")
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("places prises par ailleurs"), default=0)
    taken_by_referrals = models.PositiveIntegerField(_("places prises par orientation"), default=0, editable=False)
    held = models.PositiveIntegerField(_("places retenues"), default=0, editable=False)
    next_on = models.DateField(_("prochaine date"), null=True, blank=True)

    owners = ("service_at_location",)

    class Meta(Part.Meta):
        verbose_name = _("places")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                name="places_taken_within_capacity",
                condition=Q(capacity__gte=F("taken") + F("taken_by_referrals") + F("held")),
                violation_error_message=_("Il ne peut pas y avoir plus de places prises que de places."),
            )
        ]
        triggers = [
            *Record.Meta.triggers,
            # Nobody is counted by saying so: the functions alone do it, afterwards.
            pgtrigger.Trigger(
                name="begins_with_nobody",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.taken_by_referrals = 0; NEW.held = 0; RETURN NEW;",
            ),
            # A place more goes to whoever waits, whichever way it came.
            pgtrigger.Trigger(
                name="let_in_who_waits",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("capacity", "taken"),
                func="PERFORM directory_let_in(NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity - self.free} / {self.capacity}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken - self.taken_by_referrals - self.held
