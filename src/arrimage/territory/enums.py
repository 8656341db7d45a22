from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    CITY = "city", _("Ville")
    BOROUGH = "borough", _("Arrondissement")
    LINKED_CITY = "linked_city", _("Ville liée")
    COUNTY = "county", _("Municipalité régionale de comté ou territoire équivalent")


class ServicePointKind(TextChoices):
    OFFICE = "office", _("Bureau")
    AIRPORT = "airport", _("Service d’accueil à l’aéroport")


class TerritoryKind(TextChoices):
    """What a map may draw: a region, or a place of one."""

    REGION = "region", _("Région administrative")
    CITY = PlaceKind.CITY.value, PlaceKind.CITY.label
    BOROUGH = PlaceKind.BOROUGH.value, PlaceKind.BOROUGH.label
    LINKED_CITY = PlaceKind.LINKED_CITY.value, PlaceKind.LINKED_CITY.label
    COUNTY = PlaceKind.COUNTY.value, PlaceKind.COUNTY.label
