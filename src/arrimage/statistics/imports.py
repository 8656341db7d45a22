"""Import of public statistical tables (`statistics`): a vintage of one table, as its source publishes it."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation.imports import (
    Column,
    Counts,
    ImportActor,
    Importer,
    ImportReport,
    Limits,
    Row,
    RowError,
    Table,
    parse,
    read_table,
    upsert,
)
from arrimage.foundation.imports.table import SourceRow
from arrimage.statistics.datasets import DATASETS, Dataset, DatasetCode
from arrimage.statistics.models import Observation, Series, Vintage
from arrimage.statistics.readers import read

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIGURES_A_ROW = 4  # on the whole of a file; a census row has eight, in few rows


class StatisticsImporter(Importer):
    """One table a file. A known vintage is completed and corrected; what a file does not speak of is left alone.

    Counts are of figures (`Observation`); `rows` of rows in the file, which may hold several figures.
    """

    kind = "statistics"
    label = gettext_lazy("Statistiques publiques")
    right = "import_reference"
    key_columns = ("dataset", "area", "series", "year", "month")
    batch_size = 5_000
    columns = (
        Column("dataset", parse.choice(DatasetCode), required=True, help=gettext_lazy("Tableau."),
               example="ircc_admissions", aliases=("tableau",)),
        Column("area", parse.text(10), required=True,
               help=gettext_lazy("Territoire : 24 pour le Québec, 462 pour la RMR de Montréal."), example="24",
               aliases=("territoire", "sgc")),
        Column("series", parse.text(400), required=True,
               help=gettext_lazy("Catégories, de la plus large à la plus fine, séparées par « > » ; ou « total »."),
               example="total", aliases=("série", "catégorie")),
        Column("name", parse.text(200), help=gettext_lazy("Nom de la catégorie."), example="Quebec - Total",
               aliases=("nom",), empty=""),
        Column("depth", parse.integer(0, 9), help=gettext_lazy("Profondeur : 0 pour le total."), example="0",
               aliases=("profondeur",)),
        Column("position", parse.integer(), help=gettext_lazy("Rang de la catégorie dans le tableau."), example="153",
               aliases=("rang",)),
        Column("year", parse.integer(FIRST_YEAR, LAST_YEAR), required=True, help=gettext_lazy("Année."),
               example="2015", aliases=("année",)),
        Column("month", parse.integer(1, 12), help=gettext_lazy("Mois, dans un tableau mensuel."), example="1",
               aliases=("mois",)),
        Column("value", parse.integer(), help=gettext_lazy("Chiffre ; vide s’il est masqué."), example="3000",
               aliases=("valeur",)),
        Column("hidden", parse.boolean, help=gettext_lazy("Masqué par la source : oui ou non."), example="non",
               aliases=("masqué",), empty=False),
    )  # fmt: skip

    def __init__(self) -> None:
        self._dataset: Dataset | None = None
        self._vintage = ""
        self._left_out = 0
        self._rows = 0

    def read(self, file: BinaryIO, filename: str, limits: Limits) -> Table:
        table = read(read_table(file, filename, limits=limits), FIGURES_A_ROW * limits.rows)
        table.rows = self._counted(table.rows)
        return table

    def key(self, row: Row) -> Hashable | None:
        return tuple(row[name] for name in self.key_columns)

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        first = rows[0]["dataset"]
        self._dataset = dataset = DATASETS[first]
        self._vintage = dataset.vintage or _last_period(rows, monthly=dataset.monthly)
        for row in rows:
            if row["dataset"] != first:
                yield row.error("dataset", _("Un fichier ne contient qu’un tableau."))
                continue
            yield from _wrong(row, dataset)
        self._left_out = _known_before(dataset, self._vintage, rows)

    def remarks(self) -> Iterator[str]:
        if self._dataset is not None:
            yield _("Tableau : « %(table)s », millésime %(vintage)s.") % {
                "table": self._dataset.title,
                "vintage": self._vintage,
            }
        if self._left_out:
            yield _("%(count)d chiffres connus de ce millésime ne sont pas dans ce fichier : ils sont gardés.") % {
                "count": self._left_out
            }

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        assert self._dataset is not None
        code = self._dataset.code.value
        vintage, _created = Vintage.objects.get_or_create(dataset=code, label=self._vintage)
        wanted = {(row["area"], row["series"]): row for row in rows}
        series = {
            (line.area, line.key): line
            for line in Series.objects.filter(dataset=code, key__in={key for _area, key in wanted})
        }
        lines = upsert(Series, series, [(found, self._line(row)) for found, row in wanted.items()])
        known = {
            (each.series_id, each.year, each.month): each
            for each in Observation.objects.filter(
                vintage=vintage,
                series__in=[series[found].pk for found in wanted],
                year__in={row["year"] for row in rows},
            ).select_for_update()
        }
        figures: list[tuple[tuple[int, int, int | None], dict[str, Any]]] = []
        for row in rows:
            line = series[row["area"], row["series"]].pk
            period = {"year": row["year"], "month": row["month"]}
            values = {"vintage_id": vintage.pk, "series_id": line, **period}
            values |= {"value": row["value"], "hidden": row["hidden"]}
            figures.append(((line, row["year"], row["month"]), values))
        return upsert(Observation, known, figures) + Counts(updated=lines.updated)

    def finish(self, report: ImportReport, actor: ImportActor) -> None:
        report.rows = self._rows

    def _counted(self, rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
        self._rows = last = 0
        for row in rows:
            self._rows += row.number != last
            last = row.number
            yield row

    def _line(self, row: Row) -> dict[str, Any]:
        assert self._dataset is not None
        key = row["series"]
        values = {"dataset": self._dataset.code.value, "area": row["area"], "key": key}
        values |= {"name": row["name"] or key, "dimensions": self._dataset.dimensions_of(key)}
        values |= {name: row[name] or 0 for name in ("depth", "position")}
        return values


def _wrong(row: Row, dataset: Dataset) -> Iterator[RowError]:
    if row["area"] not in dataset.areas:
        message = _("« %(value)s » n’est pas un territoire de ce tableau (%(known)s).")
        yield row.error("area", message % {"value": row["area"], "known": ", ".join(dataset.areas)})
    try:
        dataset.dimensions_of(row["series"])
    except ValueError:
        yield row.error("series", _("Il manque des niveaux à cette catégorie, ou il y en a trop."))
    if (row["month"] is not None) != dataset.monthly:
        yield row.error("month", _("Un tableau mensuel donne le mois de chaque chiffre, un tableau annuel aucun."))
    if row["hidden"] != (row["value"] is None):
        yield row.error("value", _("Donnez un chiffre, ou dites qu’il est masqué : l’un des deux."))
    elif row["value"] is not None and row["value"] % dataset.rounding:
        message = _("Les chiffres de cette source sont arrondis à %(rounding)d près : %(value)d ne l’est pas.")
        yield row.error("value", message % {"rounding": dataset.rounding, "value": row["value"]})


def _last_period(rows: Sequence[Row], *, monthly: bool) -> str:
    last = max((row["year"], row["month"] or 0) for row in rows)
    return f"{last[0]}-{last[1]:02d}" if monthly else str(last[0])


def _known_before(dataset: Dataset, vintage: str, rows: Sequence[Row]) -> int:
    """Return how many figures of this vintage are known that the file does not give."""
    known = Observation.objects.filter(vintage__dataset=dataset.code.value, vintage__label=vintage)
    given = {(row["area"], row["series"], row["year"], row["month"]) for row in rows}
    named = known.values_list("series__area", "series__key", "year", "month")
    return sum(found not in given for found in named.iterator(chunk_size=5_000))
