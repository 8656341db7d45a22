"""Tables cut by year: the rows of a year are one table, which can be set aside or destroyed whole.

The parts live in a schema of their own where the web's role has no right: it reads and writes the whole, under its
policies.
"""

from django.db import connections
from psycopg import sql

SCHEMA = "partitions"
AHEAD = 2  # years prepared before they come


def ensure_partitions(table: str, first: int, last: int, *, using: str = "default") -> None:
    """Make the parts of `table` (cut by range of a timestamp) for the years `first` to `last`, and one for the rest.

    As the owner. Does nothing for those that exist.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(f"create schema if not exists {SCHEMA}")
        wanted = [
            (f"{table}_{year}", f"for values from ('{year}-01-01 00:00+00') to ('{year + 1}-01-01 00:00+00')")
            for year in range(first, last + 1)
        ]
        for name, bounds in [*wanted, (f"{table}_other", "default")]:
            cursor.execute("select to_regclass(%s)", [f"{SCHEMA}.{name}"])
            if cursor.fetchone() == (None,):
                part, whole = sql.Identifier(SCHEMA, name), sql.Identifier(table)
                statement = sql.SQL("create table {} partition of {} ").format(part, whole) + sql.SQL(bounds)
                cursor.execute(statement.as_string(cursor.connection))
