"""Line 6: the bilan of a year and the first page of evidence of each figure."""

from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import actor_of
from arrimage.bench.lines.bilan_by_hand import COUNTS, WHOLE
from arrimage.bench.lines.pages import open_page, signed_in
from arrimage.bench.owner import Owner
from arrimage.bench.results import Goal, Row
from arrimage.bench.sizes import TODAY
from arrimage.bench.timing import Timing, count_statements, time_each, time_in_turn
from arrimage.foundation import clock
from arrimage.reporting.bilan import Bilan, bilan_for
from arrimage.reporting.indicators import INDICATORS
from arrimage.reporting.period import Period, year_of
from arrimage.reporting.scope import over_all_records

REPEATS = 5


class FiguresDiffer(RuntimeError):
    """The bilan and the same counts by hand disagree: one of the two is wrong, and neither is worth timing."""


def last_whole_year() -> Period:
    return year_of(date(TODAY.year - 1, 12, 31))


def measure(director: RoleGrant, owner: Owner) -> list[Row]:
    """Compute the bilan of the last whole year, and open the evidence of each figure."""
    actor = actor_of(director)
    year = last_whole_year()

    def compute() -> Bilan:
        return bilan_for(actor, None, year.first, year.last)

    cold = Timing([_first_time(compute)])
    by_hand_cold = Timing([_first_time(lambda: count_by_hand(director, year))])
    check(compute(), count_by_hand(director, year))
    warm = time_each(lambda _: compute(), range(REPEATS))
    by_hand = time_each(lambda _: count_by_hand(director, year), range(REPEATS))
    missing = sorted(INDICATORS.keys() - COUNTS.keys())
    notes = (
        f"From {year.first} to {year.last}, as the regional director. The reference counts "
        f"{len(INDICATORS) - len(missing)} of its {len(INDICATORS)} figures by hand-written SQL in one query, and the "
        "two must agree or the line fails; DuckDB over the same rows "
        "in Parquet, which the goal speaks of, comes later. Cold is a first computation on a new connection: the rows "
        "were just written, so the server's memory holds them. "
        + (f"Without a count by hand: {', '.join(missing)}. " if missing else "")
        + "Evidence is the first page (25 lines) of each figure's list, one opening each after a first one.",
    )
    return [
        Row(
            line=6,
            work="bilan of a year, cold",
            timing=cold,
            statements=count_statements(compute),
            reference="the same counts by hand-written SQL, cold",
            reference_timing=by_hand_cold,
            goals=(Goal("≤ 2 s cold", cold.median <= 2),),
            notes=notes,
        ),
        Row(
            line=6,
            work="bilan of a year, again",
            timing=warm,
            reference="the same counts by hand-written SQL",
            reference_timing=by_hand,
            goals=(Goal("≤ 5 × DuckDB (here: × SQL)", warm.median <= 5 * by_hand.median),),
            notes=notes,
        ),
        _evidence(director, year, notes),
        _policies(compute, owner),
    ]


def _policies(compute: Callable[[], Bilan], owner: Owner) -> Row:
    """Return line 15's row of the bilan: under policies, over every record, and as the owner."""

    def as_owner(turn: int) -> None:
        with owner.speaking():
            compute()

    as_owner(0)
    timings = time_in_turn({"policies": lambda turn: compute(), "owner": as_owner}, range(REPEATS))
    return Row(
        line=15,
        work="bilan of a year: policies",
        timing=timings["policies"],
        reference="the same bilan as the owner",
        reference_timing=timings["owner"],
        notes=("The bilan is that of line 6.",),
    )


def _evidence(director: RoleGrant, year: Period, notes: tuple[str, ...]) -> Row:
    client = signed_in(director)
    query = urlencode({"from": year.first.isoformat(), "to": year.last.isoformat()})
    paths = [f"{reverse('staff:evidence', args=[code])}?{query}" for code in INDICATORS]
    for path in paths:
        open_page(client, path)
    timing = time_each(lambda path: open_page(client, path), paths)
    slowest = max(zip(timing.seconds, INDICATORS, strict=True))
    return Row(
        line=6,
        work=f"evidence of each of the {len(paths)} figures, first page",
        timing=timing,
        figures=f"the slowest is `{slowest[1]}`, {slowest[0] * 1000:.0f} ms",
        goals=(Goal("every page ≤ 200 ms", slowest[0] <= 0.2),),
        notes=notes,
    )


def check(bilan: Bilan, counted: dict[str, Any]) -> None:
    """Raise `FiguresDiffer` unless the figures agree with those counted by hand."""
    for figure in bilan.figures:
        code = figure.indicator.code
        value = figure.value if figure.denominator is None else figure.numerator
        for name, found in ((code, value), (code + WHOLE, figure.denominator)):
            if name in counted and counted[name] != found:
                raise FiguresDiffer(f"{name}: {found} in the bilan, {counted[name]} by hand")


def count_by_hand(director: RoleGrant, year: Period) -> dict[str, Any]:
    """Return the figures by code, all in one query over the records the bilan counts, under the same policies."""
    start, end = year.instants
    with over_all_records(actor_of(director)), connection.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join(f"({statement})" for statement in COUNTS.values()),
            {"region": director.region_id, "first": year.first, "last": year.last, "start": start, "end": end,
             "today": clock.today(), "now": clock.now()},
        )  # fmt: skip
        return dict(zip(COUNTS, cursor.fetchone(), strict=True))


def _first_time(work: Callable[[], object]) -> float:
    """Return how long `work` takes on a connection just opened."""
    connection.close()
    connection.ensure_connection()
    started = perf_counter()
    work()
    return perf_counter() - started
