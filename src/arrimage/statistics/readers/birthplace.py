"""Census of 2016: immigrants by period, birthplace and admission category; eight figures a row."""

from collections.abc import Iterator

from arrimage.foundation.imports import Table
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.imports.table import Cell, RefusedCell, SourceRow
from arrimage.statistics.datasets import SEPARATOR, TOTAL, DatasetCode
from arrimage.statistics.readers.shape import Cells, Line, Shape

CENSUS_YEAR = 2016
SUPPRESSED = "x"  # Statistics Canada's sign for a figure hidden to protect persons
ADMISSIONS = {
    "total": TOTAL,
    "admis_avant_1980": "before_1980",
    "econ_travailleurs": "economic_workers",
    "econ_gens_affaires": "economic_business",
    "econ_candidats_pt": "economic_nominees",
    "parraines_famille": "family",
    "refugies": "refugees",
    "autres": "other",
}
_GROUPS = {"TOTAL": 0, "OUTSIDE": 1}


def rows(table: Table) -> Iterator[SourceRow]:
    """Give the figures; the narrowest place has the greatest depth (3, a country)."""
    cells = Cells(table.titles)
    for position, source in enumerate(table.rows):
        cells.at(source)
        period, code = cells.text("periode_immigration"), cells.text("lieu_naissance_code")
        period = TOTAL if forgive(period) == "total" else period
        place = TOTAL if code == "TOTAL" else code
        name = cells.text("lieu_naissance_fr") or code
        for title, admission in ADMISSIONS.items():
            value: Cell = cells[title]
            hidden = not isinstance(value, RefusedCell) and str(value).strip().lower() == SUPPRESSED
            key = SEPARATOR.join((period, place, admission))
            line = Line(DatasetCode.BIRTHPLACE, cells["sgc"], key, name, depth_of(code), position)
            yield line.row(source, CENSUS_YEAR, None, None if hidden else value, hidden)


def depth_of(code: str) -> int:
    """Return how narrow a place is: 0 the world, 1 a continent, 2 a part of one, 3 a country."""
    if code in _GROUPS:
        return _GROUPS[code]
    if code.startswith("CONT_"):
        return 1
    return 2 if "-" in code else 3


SHAPE = Shape(("periode_immigration", "sgc", "lieu_naissance_code", "lieu_naissance_fr", *ADMISSIONS), rows)
