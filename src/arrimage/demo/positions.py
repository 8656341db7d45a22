"""Where the demonstration's organisations stand on the map: invented spots near the middle of their real borough."""

from random import Random

from arrimage.accounts.rights import Actor
from arrimage.directory.models import Location
from arrimage.directory.part_actions import edit_location
from arrimage.foundation.changes import Change

# Of each borough: latitude and longitude of its middle, in degrees, to a few hundred metres; how a postal code begins.
_MIDDLES = {
    "Ahuntsic-Cartierville": (45.545, -73.675, "H3L"),
    "Côte-des-Neiges–Notre-Dame-de-Grâce": (45.483, -73.632, "H3W"),
    "Saint-Laurent": (45.503, -73.698, "H4L"),
    "Montréal-Nord": (45.599, -73.632, "H1G"),
    "LaSalle": (45.431, -73.634, "H8N"),
    "Villeray–Saint-Michel–Parc-Extension": (45.547, -73.614, "H2R"),
    "Ville-Marie": (45.509, -73.561, "H2X"),
    "Verdun": (45.459, -73.570, "H4G"),
    "Rosemont–La Petite-Patrie": (45.549, -73.582, "H1Y"),
    "Saint-Léonard": (45.588, -73.596, "H1R"),
    "Le Sud-Ouest": (45.472, -73.587, "H3J"),
    "Mercier–Hochelaga-Maisonneuve": (45.568, -73.535, "H1W"),
    "Anjou": (45.607, -73.556, "H1K"),
}
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"  # those of postal codes
_AROUND = 0.009  # degrees: a kilometre at most


def place_on_map(actor: Actor) -> None:
    """Give a position to the locations of the actor's region, the same for all those of an organisation."""
    locations = Location.objects.filter(organisation__region=actor.region_id, place__name__in=_MIDDLES)
    for location in locations.select_related("place", "organisation").prefetch_related("addresses").order_by("pk"):
        if location.place is None:
            continue
        random = Random(f"{location.organisation.name} {location.address}")
        north, east, area = _MIDDLES[location.place.name]
        latitude, longitude = (round(each + random.uniform(-_AROUND, _AROUND), 5) for each in (north, east))
        first = next(iter(location.addresses.all()), None)
        address = {
            "address_1": first.address_1 if first else "",
            "postal_code": f"{area} {random.randint(1, 9)}{random.choice(_LETTERS)}{random.randint(1, 9)}",
        }
        edit_location(actor, Change(location, {"latitude": latitude, "longitude": longitude}), address)
