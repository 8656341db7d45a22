"""What every import of regional records shares: whose region a row belongs to, and whether the actor reaches it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import TransitionNotAllowed
from arrimage.foundation.imports import Column, ImportActor, Importer, Row, RowError, parse
from arrimage.foundation.transitions import Transitions
from arrimage.territory.lookup import PlaceIndex, RegionIndex

REGION = Column(
    "region",
    parse.text(80),
    help=gettext_lazy("Code ou nom de la région ; la vôtre quand la cellule est vide."),
    example="06",
    aliases=("région", "région administrative"),
    empty="",
)


def transition_errors(row: Row, transitions: Transitions, current: str, following: str) -> Iterator[RowError]:
    """Give the refusal of a row that asks a known record for a state it cannot take."""
    if current != following:
        try:
            transitions.check(current, following)
        except TransitionNotAllowed as refusal:
            yield row.error("status", str(refusal))


class RegionalImporter(Importer):
    """An importer whose rows belong to a region: that of their `region` column, or the actor's own."""

    places_named_in: ClassVar[tuple[str, ...]] = ()  # the columns that name a place of the row's region

    _regions: dict[str, int]
    _own_region: int | None
    _places: PlaceIndex

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterable[RowError]:
        """Refuse rows of a region that is unknown or out of reach, then what `check_regional_rows` finds."""
        acting = cast(Actor, actor)
        errors = list(self._region_errors(rows, acting))
        if errors:
            return errors
        errors = list(self._place_errors(rows))
        return errors + list(self.check_regional_rows(rows, acting))

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        """Give the refusals of this kind of import; `region_of` and `place_of` may be used."""
        return ()

    def region_of(self, row: Row) -> int:
        """Return the key of the row's region."""
        region_id = self._regions[row["region"]] if row["region"] else self._own_region
        assert region_id is not None, "check_rows refuses a row without a region"
        return region_id

    def place_of(self, row: Row, column: str) -> int | None:
        """Return the key of the place a column names, or None for an empty cell."""
        return self._places.find(self.region_of(row), row[column]) if row[column] else None

    def _region_errors(self, rows: Sequence[Row], actor: Actor) -> Iterator[RowError]:
        index = RegionIndex()
        self._own_region = actor.region_id
        self._regions = {}
        for row in rows:
            written = row["region"]
            if not written:
                if actor.region_id is None:
                    yield row.error("region", _("Indiquez la région : vous n’agissez pas pour une seule région."))
                continue
            region = index.find(written)
            if region is None:
                yield row.error(
                    "region",
                    _("« %(value)s » n’est pas une région : écrivez son code (06) ou son nom.") % {"value": written},
                )
            elif not actor.covers_region(region.pk):
                yield row.error("region", _("La région %(name)s est hors de votre portée.") % {"name": region.name})
            else:
                self._regions[written] = region.pk

    def _place_errors(self, rows: Sequence[Row]) -> Iterator[RowError]:
        if not self.places_named_in:
            return
        self._places = PlaceIndex({self.region_of(row) for row in rows})
        for row in rows:
            for column in self.places_named_in:
                if row[column] and self.place_of(row, column) is None:
                    yield row.error(
                        column,
                        _("« %(value)s » n’est pas un lieu connu de la région : écrivez le nom d’une ville ou d’un "
                          "arrondissement.")
                        % {"value": row[column]},
                    )  # fmt: skip
