"""Line 15: what the history costs, on needs written and altered; the size of history and journal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from arrimage.accounts.context import acting_as
from arrimage.bench.owner import MEASURES, Owner
from arrimage.bench.results import Row
from arrimage.bench.timing import Timing
from arrimage.casework.models import Need

TABLE = Need._meta.db_table
UPDATES, ROWS = 500, 1_000
REPEATS = 5
ENOUGH = 1_000  # lines, for the bytes of each to mean something: a table has pages before it has lines
MIB = 2**20
NOTES = (
    f"The history's rows are timed as the owner, in transactions that are undone, {REPEATS} times each with the "
    f"history's triggers and without them, in turn: {UPDATES} statements that each alter one need, always the same; "
    f"one statement that alters {ROWS:,}; one that adds {ROWS:,}. Sizes are those of the tables with their indexes, "
    "measured at the end of the run: the history holds a line for each row generated, imported or altered, the "
    "journal one for each file opened by the measures.",
)

_ALTER = f"update {TABLE} set priority = priority %% 3 + 1 where id = any(%s)"

# The tables whose names are given, their parts counted with them, and the rows they hold.
_SIZES = """
with recursive parts as (
    select oid, relname as name from pg_class where relname = any(%s) and relnamespace = 'public'::regnamespace
    union all select i.inhrelid, p.name from pg_inherits i join parts p on i.inhparent = p.oid
)
select name, sum(pg_total_relation_size(oid)) from parts group by name
"""
# Every other table of ours: the parts are in a schema of their own, and their wholes hold nothing themselves.
_OTHERS = """
select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""


def measure(owner: Owner) -> list[Row]:
    """Alter and add needs, with the history and without it."""
    with owner.speaking():
        keys = _needs(ROWS)
        works: dict[str, Callable[[CursorWrapper], None]] = {
            f"alter one row {UPDATES} times": lambda cursor: alter_one(cursor, keys[0]),
            f"alter {len(keys):,} rows at once": lambda cursor: cursor.execute(_ALTER, [keys]),
            f"add {len(keys):,} rows at once": lambda cursor: add(cursor, keys),
        }
        return [_compare(name, work) for name, work in works.items()]


def _compare(name: str, work: Callable[[CursorWrapper], None]) -> Row:
    timings: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * REPEATS):
        history = turn % 2 == 0
        with undone(history=history) as cursor:
            started = perf_counter()
            work(cursor)
            cursor.execute("set constraints all immediate")
            timings[history].append(perf_counter() - started)
    return Row(
        line=15,
        work=f"history: {name}",
        timing=Timing(timings[True]),
        reference="the same without the history",
        reference_timing=Timing(timings[False]),
        notes=NOTES,
    )


@contextmanager
def undone(*, history: bool) -> Iterator[CursorWrapper]:
    """Give a cursor in a transaction that is undone, in which needs keep their history or do not."""
    with transaction.atomic():
        with acting_as(MEASURES), connection.cursor() as cursor:
            if not history:
                for operation in ("insert", "update", "delete"):
                    cursor.execute(f"alter table {TABLE} disable trigger history_{operation}")
            yield cursor
        transaction.set_rollback(True)


def alter_one(cursor: CursorWrapper, key: int) -> None:
    for _ in range(UPDATES):
        cursor.execute(_ALTER, [[key]])


def add(cursor: CursorWrapper, keys: list[int]) -> None:
    """Add a copy of each of these needs, in one statement."""
    columns = ", ".join(str(field.column) for field in Need._meta.concrete_fields if field.name not in ("id", "uid"))
    cursor.execute(
        f"insert into {TABLE} (uid, {columns}) select gen_random_uuid(), {columns} from {TABLE} where id = any(%s)",
        [keys],
    )


def _needs(count: int) -> list[int]:
    with acting_as(MEASURES):
        return list(Need.objects.order_by("pk").values_list("pk", flat=True)[:count])


# --- Sizes ----------------------------------------------------------------------------------------------------------
def measure_sizes(owner: Owner) -> list[Row]:
    """Weigh the history and the journal beside everything else."""
    with owner.speaking():
        figures = weigh()
    return [Row(line=15, work="size of the history and of the read journal", figures=figures, notes=NOTES)]


def weigh() -> str:
    """Return in words how large the history and the journal are, in all and a line, and everything else."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [["foundation_change", "journal_reading"]])
        sizes: dict[str, Any] = dict(cursor.fetchall())
        cursor.execute(_OTHERS)
        others = cursor.fetchone()[0]
        lines = {}
        for name in sizes:
            cursor.execute(f"select count(*) from {name}")
            lines[name] = cursor.fetchone()[0]
    said = [
        f"{word} {lines[name]:,} lines, {sizes[name] / MIB:,.1f} MiB"
        + (f" ({sizes[name] / lines[name]:.0f} bytes a line)" if lines[name] >= ENOUGH else "")
        for word, name in (("history", "foundation_change"), ("journal", "journal_reading"))
    ]
    return f"{'; '.join(said)}; all other tables {others / MIB:,.1f} MiB"
