"""The portrait as the pages show it: charts as pictures, each followed by its table."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.engines.charts import Chart, Width
from arrimage.reporting.portrait import Grid, Portrait, ShownChart, Table, charts_of, grids_of

COMMAND = "arrimage import statistics FICHIER.csv --wet-run"
SHORT = 30  # lines of a table that is open from the start


@dataclass(frozen=True)
class Picture:
    """A chart and the addresses of its drawings, for a desk and for a phone."""

    heading: str
    chart: Chart
    wide: str
    narrow: str


@dataclass(frozen=True)
class ShownTable:
    """A table of the portrait on a page; the first of `grids` is open when it is short."""

    table: Table
    pictures: tuple[Picture, ...]
    grids: tuple[tuple[Grid, bool], ...]


def shown_tables(portrait: Portrait) -> list[ShownTable]:
    return [
        ShownTable(
            table,
            tuple(_picture(shown, portrait.region.code) for shown in charts_of(table)),
            tuple((grid, len(grid.lines) <= SHORT) for grid in grids_of(table)),
        )
        for table in portrait.tables
    ]


def nothing_imported() -> str:
    return _(
        "Aucun tableau public n’est encore importé. Les fichiers de statistiques s’importent sur cette installation :"
    )


def _picture(shown: ShownChart, region: str) -> Picture:
    address = reverse("public:portrait_chart", args=[shown.code])
    wide, narrow = (f"{address}?{urlencode({'region': region, 'width': width})}" for width in Width)
    return Picture(shown.heading, shown.chart, wide, narrow)
