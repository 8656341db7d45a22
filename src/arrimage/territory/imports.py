"""Import of points of service (`service_points`): offices that receive people, and the airport's."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import Column, Counts, ImportActor, Importer, Row, RowError, parse, upsert
from arrimage.foundation.imports.forgiving import forgive
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.lookup import PlaceIndex, RegionIndex
from arrimage.territory.models import ServicePoint
from arrimage.territory.outlines import place_at

EARLIEST = date(1960, 1, 1)
KINDS = {"aéroport": "airport", "accueil": "airport", "point de services": "office"}
SAID = ("kind", "host", "address", "open_to_public", "opened_on", "closed_on", "day_starts_at", "day_ends_at",
        "first_appointment_minutes")  # fmt: skip


class RegionalActor(Protocol):
    """What this floor needs of `accounts.Actor`, which lives above it."""

    region_id: int | None

    def covers_region(self, region_id: int | None) -> bool: ...


class ServicePointsImporter(Importer):
    """Points of service, found by name within their region. An empty cell leaves what is known."""

    kind = "service_points"
    label = gettext_lazy("Points de services")
    right = "manage_accounts"
    key_columns = ("name", "region")
    columns = (
        Column("name", parse.text(120), required=True, help=gettext_lazy("Nom du point de services."),
               example="Bureau de Saint-Laurent", aliases=("nom", "point de services")),
        Column("region", parse.text(80), help=gettext_lazy("Code ou nom de la région ; la vôtre quand c’est vide."),
               example="06", aliases=("région",), empty=""),
        Column("kind", parse.choice(ServicePointKind, aliases=KINDS), required=True,
               help=gettext_lazy("Bureau (office) ou service d’accueil à l’aéroport (airport)."), example="office",
               aliases=("genre", "type")),
        Column("host", parse.text(120), help=gettext_lazy("Qui héberge le bureau."), example="Services Québec",
               aliases=("hôte",)),
        Column("address", parse.text(200), required=True, help=gettext_lazy("Adresse."),
               example="1, rue de l’Exemple, Montréal", aliases=("adresse",)),
        Column("place", parse.text(120), help=gettext_lazy("Ville ou arrondissement."), example="Saint-Laurent",
               aliases=("lieu", "arrondissement", "ville"), empty=""),
        Column("latitude", parse.decimal(8, minimum=-90, maximum=90),
               help=gettext_lazy("Avec la longitude, dit le lieu quand il n’est pas écrit.")),
        Column("longitude", parse.decimal(8, minimum=-180, maximum=180),
               help=gettext_lazy("Négative au Québec (-73,57).")),
        Column("open_to_public", parse.boolean, help=gettext_lazy("Ouvert au public : oui ou non."), example="oui",
               aliases=("ouvert au public",)),
        Column("opened_on", parse.date_between(EARLIEST), required=True, help=gettext_lazy("Ouvert depuis le."),
               example="2020-07-01", aliases=("ouvert depuis le", "ouverture")),
        Column("closed_on", parse.date_between(EARLIEST), help=gettext_lazy("Dernier jour, s’il ferme."), example="",
               aliases=("fermé après le", "fermeture")),
        Column("day_starts_at", parse.time, help=gettext_lazy("Début de la journée."), example="08:30",
               aliases=("début de la journée",)),
        Column("day_ends_at", parse.time, help=gettext_lazy("Fin de la journée."), example="16:30",
               aliases=("fin de la journée",)),
        Column("first_appointment_minutes", parse.integer(10, 480),
               help=gettext_lazy("Durée d’un premier rendez-vous, en minutes."), example="60",
               aliases=("durée d’un premier rendez-vous",)),
    )  # fmt: skip

    def __init__(self) -> None:
        self._regions: dict[str, int] = {}
        self._places: PlaceIndex | None = None
        self._located: dict[int, int] = {}  # row number → key of the place where its coordinates are

    def key(self, row: Row) -> Hashable:
        return forgive(row["name"]), forgive(row["region"])

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        acting = cast(RegionalActor, actor)
        index = RegionIndex()
        self._regions = {} if acting.region_id is None else {"": acting.region_id}
        for row in rows:
            written = row["region"]
            region = index.find(written) if written else None
            if region is not None:
                if not acting.covers_region(region.pk):
                    yield row.error("region", _("Cette région est hors de votre portée."))
                self._regions[written] = region.pk
            elif written:
                yield row.error(
                    "region", _("« %(value)s » n’est pas une région : écrivez son code (06).") % {"value": written}
                )
            elif acting.region_id is None:
                yield row.error("region", _("Indiquez la région."))
            if row["closed_on"] and row["closed_on"] < row["opened_on"]:
                yield row.error("closed_on", _("La fermeture ne peut pas précéder l’ouverture."))
        self._places = PlaceIndex(self._regions.values())
        self._located = {}
        for row in rows:
            yield from self._locate(row)
            if row["place"] and row["region"] in self._regions and self._place_of(row) is None:
                yield row.error(
                    "place", _("« %(value)s » n’est pas un lieu connu de la région.") % {"value": row["place"]}
                )

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        if not all(cast(RegionalActor, actor).covers_region(region) for region in self._regions.values()):
            raise NotAllowed(_("Cette région est hors de votre portée."))
        known = {
            (point.region_id, forgive(point.name)): point
            for point in ServicePoint.objects.filter(region__in=self._regions.values()).select_for_update()
        }
        return upsert(ServicePoint, known, [(self._identity(row), self._values(row, known)) for row in rows])

    def _locate(self, row: Row) -> Iterator[RowError]:
        """Find the place of a row that gives coordinates and no place."""
        latitude, longitude = row["latitude"], row["longitude"]
        if (latitude is None) != (longitude is None):
            yield row.error("latitude" if latitude is None else "longitude", _("Donnez la latitude et la longitude."))
        elif latitude is not None and not row["place"]:
            place = place_at((float(longitude), float(latitude)))
            if place is None or place.region_id != self._regions.get(row["region"]):
                yield row.error("latitude", _("Ce point n’est dans aucun lieu de la région dont le tracé est connu."))
            else:
                self._located[row.number] = place.pk

    def _place_of(self, row: Row) -> int | None:
        if row.number in self._located:
            return self._located[row.number]
        return self._places.find(self._regions[row["region"]], row["place"]) if self._places else None

    def _identity(self, row: Row) -> tuple[int, str]:
        return self._regions[row["region"]], forgive(row["name"])

    def _values(self, row: Row, known: dict[tuple[int, str], ServicePoint]) -> dict[str, Any]:
        values = {name: row[name] for name in SAID if row[name] is not None}
        if row["place"] or row.number in self._located:
            values["place_id"] = self._place_of(row)
        if self._identity(row) not in known:
            values |= {"region_id": self._regions[row["region"]], "name": row["name"]}
        return values
