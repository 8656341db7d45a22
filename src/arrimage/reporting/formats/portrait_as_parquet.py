"""The portrait as one Parquet file in long form: a row a figure, whatever its table.

Columns: `region` (code); `table`, `title`, `source`, `vintage`; `measure`, what is counted (`admissions`, `holders`,
`claims`, `immigrants`); then what the figure is of, null where its table does not say: `area_code`, `area`, `year`,
`period`, `series` (the key of the line), `label` (its name on screen), `admission`, `depth`; and the figure: `value`,
null where `hidden`; `months` known of a monthly table and `partial` when they are fewer than twelve.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from arrimage.reporting.portrait import Portrait, Table
from arrimage.reporting.portrait.tables import QUEBEC

COLUMNS = {
    "region": "VARCHAR",
    "table": "VARCHAR",
    "title": "VARCHAR",
    "source": "VARCHAR",
    "vintage": "VARCHAR",
    "measure": "VARCHAR",
    "area_code": "VARCHAR",
    "area": "VARCHAR",
    "year": "SMALLINT",
    "period": "VARCHAR",
    "series": "VARCHAR",
    "label": "VARCHAR",
    "admission": "VARCHAR",
    "depth": "SMALLINT",
    "value": "INTEGER",
    "hidden": "BOOLEAN",
    "months": "SMALLINT",
    "partial": "BOOLEAN",
}
MEASURES = frozenset({"admissions", "holders", "claims", "immigrants"})
# What tables by year call a line, and the census its birthplaces.
SERIES = ("category", "office", "level", "birthplace_code")


def portrait_to_parquet(portrait: Portrait) -> bytes:
    """Return the file."""
    with tempfile.TemporaryDirectory(prefix="arrimage-") as folder, duckdb.connect() as database:
        written, rows = Path(folder, "portrait.parquet"), Path(folder, "rows.json")
        rows.write_text("\n".join(map(_line, rows_of(portrait))), encoding="utf-8")
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        read = f"read_json('{rows}', format = 'newline_delimited', columns = {{{types}}})"
        database.execute(f"copy (select * from {read}) to '{written}' (format parquet)")
        return written.read_bytes()


def rows_of(portrait: Portrait) -> Iterator[dict[str, Any]]:
    """Yield every figure of a portrait, in the order of its tables, with the columns of the file."""
    for table in portrait.tables:
        yield from _of(table, portrait.region.code)


def _of(table: Table, region: str) -> Iterator[dict[str, Any]]:
    measure = next(name for name in table.columns if name in MEASURES)
    about = {"region": region, "table": table.code, "title": table.title}
    about |= {"source": table.source, "vintage": table.vintage, "measure": measure}
    for values in table.rows:
        row = dict(zip(table.columns, values, strict=True))
        found = {
            **row,
            "series": next((row[name] for name in SERIES if name in row), None),
            "label": row.get("label", row.get("birthplace")),
            "area_code": row.get("area_code", QUEBEC),
            "value": row[measure],
            "hidden": row[measure] is None,
        }
        yield {name: about.get(name, found.get(name)) for name in COLUMNS}


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
