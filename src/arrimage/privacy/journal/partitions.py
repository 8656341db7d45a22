"""The parts of the read journal, one a year."""

from typing import Any

from django.db import connections

from arrimage.foundation import clock, partitions

TABLE = "journal_reading"
FIRST_YEAR = 2026


def ensure_partitions(using: str = "default", **_: Any) -> None:
    """Make the parts for this year and those that come; each refuses to be emptied, like the whole.

    After each migration, as the owner. A trigger of the whole is copied to its parts when it looks at rows, not when it
    looks at statements: without this, a part could be emptied by its own name.
    """
    partitions.ensure_partitions(TABLE, FIRST_YEAR, clock.now().year + partitions.AHEAD, using=using)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass and not exists "
            "(select from pg_trigger where tgrelid = inhrelid and tgname = 'never_emptied')",
            [TABLE],
        )
        for (part,) in cursor.fetchall():  # quoted by PostgreSQL
            for name, operations in (("never_altered_at_all", "update or delete"), ("never_emptied", "truncate")):
                cursor.execute(
                    f"create trigger {name} before {operations} on {part} "
                    "for each statement execute function journal_refuse()"
                )


def missing_parts() -> list[int]:
    """Return the years, this one and the next, that have no part: their rows would fall among the rest."""
    this_year = clock.now().year
    with connections["default"].cursor() as cursor:
        cursor.execute("select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass", [TABLE])
        parts = {name for (name,) in cursor.fetchall()}
    return [year for year in (this_year, this_year + 1) if f"{partitions.SCHEMA}.{TABLE}_{year}" not in parts]
