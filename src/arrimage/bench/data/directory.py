"""A directory of the size of Québec's: services in several places each, with hours, places and rules of admission."""

from datetime import time
from random import Random

from arrimage.bench.data.copying import Table, seeded_uids
from arrimage.bench.data.days import noon
from arrimage.bench.sizes import SEED, TODAY
from arrimage.directory.enums import Frequency, Mode
from arrimage.directory.models import (
    EligibilityRule,
    Location,
    Organisation,
    Schedule,
    Service,
    ServiceAtLocation,
    ServicePlaces,
    Theme,
)
from arrimage.people.enums import Category
from arrimage.territory.models import Place, Region

SERVICES, PLACES_A_SERVICE = 10_000, 6
ORGANISATIONS, LOCATIONS_AN_ORGANISATION = 500, 20
SOUTH, NORTH, WEST, EAST = 45.40, 45.72, -73.98, -73.47  # the island of Montréal, in degrees
SUBJECTS = {
    "french": ("Cours de français", "Francisation à temps partiel", "Conversation en français"),
    "housing": ("Aide à la recherche de logement", "Défense des locataires", "Banque d’appartements"),
    "employment": ("Recherche d’emploi", "Atelier de curriculum vitae", "Mentorat professionnel"),
    "health": ("Inscription à la RAMQ", "Clinique sans rendez-vous", "Soutien psychologique"),
    "food_clothing": ("Comptoir alimentaire", "Cuisine collective", "Vestiaire communautaire"),
    "childcare_school": ("Halte-garderie", "Aide aux devoirs", "Inscription scolaire"),
    "administrative": ("Aide aux formulaires", "Clinique d’impôts", "Accompagnement aux démarches"),
    "social_network": ("Jumelage interculturel", "Sorties en famille", "Café-rencontre"),
}
AUDIENCES = ("familles immigrantes", "nouveaux arrivants", "femmes", "jeunes adultes", "aînés", "réfugiés", "étudiants")
MANNERS = (
    "en petit groupe",
    "sur rendez-vous",
    "sans inscription",
    "le soir",
    "la fin de semaine",
    "en plusieurs langues",
)
LANGUAGES = ("en", "es", "ar", "uk", "pt", "zh")
DAYS = ("MO,TU,WE,TH,FR", "MO,WE", "TU,TH", "SA", "MO,TU,WE,TH,FR,SA")


def fill() -> None:
    """Write it, by COPY, as the owner."""
    random = Random(f"{SEED} directory")
    uids = seeded_uids(random, noon(TODAY))
    region = Region.objects.get(code="06")
    places = list(Place.objects.filter(region=region).order_by("pk").values_list("pk", flat=True))
    themes = {theme.code: theme.pk for theme in Theme.objects.filter(region=None)}
    organisations = Table(Organisation, uids, "region", "name")
    locations = Table(Location, uids, "organisation", "name", "place", "latitude", "longitude")
    services = Table(Service, uids, "organisation", "name", "description", "languages", "modes")
    links = Table(Service.themes.through, uids, "service", "theme")
    at_locations = Table(ServiceAtLocation, uids, "service", "location")
    free = Table(ServicePlaces, uids, "service_at_location", "capacity", "taken")
    hours = Table(Schedule, uids, "service_at_location", "freq", "byday", "opens_at", "closes_at")
    rules = Table(EligibilityRule, uids, "service", "categories")
    doors: dict[int, list[int]] = {}
    for rank in range(ORGANISATIONS):
        organisation = organisations.add(region.pk, f"Carrefour mesuré {rank}")
        doors[organisation] = [
            locations.add(
                organisation, f"Local {number}", random.choice(places),
                random.uniform(SOUTH, NORTH), random.uniform(WEST, EAST),
            )
            for number in range(LOCATIONS_AN_ORGANISATION)
        ]  # fmt: skip
    keys = list(doors)
    for rank in range(SERVICES):
        organisation = keys[rank % ORGANISATIONS]
        code = random.choice(list(SUBJECTS))
        subject, audience = random.choice(SUBJECTS[code]), random.choice(AUDIENCES)
        service = services.add(
            organisation, f"{subject} {rank}", f"{subject} pour {audience}, {random.choice(MANNERS)}.",
            ["fr", random.choice(LANGUAGES)], [random.choice(list(Mode)).value],
        )  # fmt: skip
        links.add(service, themes[code])
        if rank % 3 == 0:
            rules.add(service, random.sample([category.value for category in Category], 3))
        for location in random.sample(doors[organisation], PLACES_A_SERVICE):
            here = at_locations.add(service, location)
            hours.add(here, Frequency.WEEKLY.value, random.choice(DAYS), time(random.randint(8, 13)), time(17))
            capacity = random.randint(5, 30)
            free.add(here, capacity, random.randint(0, capacity))
    for table in (organisations, locations, services, links, at_locations, free, hours, rules):
        table.write()
