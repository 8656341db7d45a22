"""The portrait of immigration in a region: its tables, the same to read as grids, and charts of them."""

from arrimage.reporting.portrait.charts import ShownChart, charts_of
from arrimage.reporting.portrait.grids import Cell, Grid, GridLine, grids_of
from arrimage.reporting.portrait.tables import TABLES, Portrait, Table, portrait_for, portrait_of, table_of

__all__ = [
    "TABLES",
    "Cell",
    "Grid",
    "GridLine",
    "Portrait",
    "ShownChart",
    "Table",
    "charts_of",
    "grids_of",
    "portrait_for",
    "portrait_of",
    "table_of",
]
