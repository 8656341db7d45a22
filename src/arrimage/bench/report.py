"""The report: `docs/measures.md`, and a few words for the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from arrimage.bench.machine import Machine
from arrimage.bench.results import LINES, Findings, Row
from arrimage.bench.sizes import SEED, SIZES, TODAY, Size, file_name
from arrimage.bench.timing import Timing

HEAD = ("line", "work", "times", "median", "p95", "queries", "reference", "its median", "ratio", "goal", "reached")
INTRODUCTION = """\
# Measures

Written by `make bench SIZE={size}`; do not edit. Everything below was timed in one run, on generated data, connected as
the web's own role (line 15 says what is the owner's), with each reference in the same run on the same machine: times
move with the machine, ratios less. Goals are those set for 1,000,000 persons: at this size, one that is reached shows
only that nothing stands in its way yet, and one that is missed is missed. The other size: [{other}]({link}).
"""


@dataclass(frozen=True)
class Report:
    """A run, ready to be written."""

    size: Size
    machine: Machine
    findings: Findings
    rows_written: dict[str, int]
    seconds: dict[str, float]
    load: tuple[float, float]

    @property
    def failures(self) -> dict[int, str]:
        return self.findings.failures

    def markdown(self) -> str:
        """Return the whole document, every line of the table in it, measured or not."""
        return "\n".join([*self._preamble(), *self._table(), *self._notes(), ""])

    def in_words(self) -> Iterator[str]:
        """Yield a few lines in French for the terminal."""
        goals = [(row.line, goal) for row in self.findings.rows for goal in row.goals]
        missed = sorted({line for line, goal in goals if not goal.reached})
        yield f"Objectifs atteints : {sum(goal.reached for _, goal in goals)} sur {len(goals)}."
        if missed:
            yield f"Lignes où un objectif est manqué : {', '.join(map(str, missed))}."
        for line, why in self.failures.items():
            yield f"Ligne {line}, impossible à mesurer : {why}"

    def _preamble(self) -> Iterator[str]:
        other = next(name for name in SIZES if name != self.size.name)
        yield INTRODUCTION.format(size=self.size.name, other=other, link=file_name(other))
        yield "## Machine\n"
        yield "| | |"
        yield "|---|---|"
        for name, fact in self.machine.facts.items():
            yield f"| {name} | {fact} |"
        before, after = self.load
        yield f"| Load (1 min) | {before:.1f} before the run, {after:.1f} after |"
        yield "\n## Sizes\n"
        yield (
            f"`{self.size.name}`: {self.rows_written.get('people_person', 0):,} persons, seed « {SEED} », "
            f"today held at {TODAY}. Rows copied: "
            + ", ".join(f"{table} {count:,}" for table, count in self.rows_written.items())
            + f" ({sum(self.rows_written.values()):,} in all)."
        )
        yield "\nSeconds: " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items()) + "."

    def _table(self) -> Iterator[str]:
        yield "\n## Table\n"
        yield f"| {' | '.join(HEAD)} |"
        yield f"|{'---|' * len(HEAD)}"
        for line, work in LINES.items():
            rows = self.findings.of(line)
            for row in rows:
                yield f"| {' | '.join(_cells(row))} |"
            if not rows:
                cells = [str(line), work, *["—"] * (len(HEAD) - 3), f"not measured: {self.findings.why_missing(line)}"]
                yield f"| {' | '.join(cells)} |"

    def _notes(self) -> Iterator[str]:
        yield "\n## How each line was measured"
        for line, work in LINES.items():
            notes = dict.fromkeys(note for row in self.findings.of(line) for note in row.notes)
            if notes:
                yield f"\n**{line}. {work}.** " + " ".join(notes)


def _cells(row: Row) -> list[str]:
    return [
        str(row.line),
        row.work + (f": {row.figures}" if row.figures else ""),
        str(row.timing.times) if row.timing else "—",
        write_seconds(row.timing.median) if row.timing else "—",
        _p95(row.timing),
        str(row.statements) if row.statements else "—",
        row.reference or "—",
        write_seconds(row.reference_timing.median) if row.reference_timing else "—",
        f"{row.ratio:.3g}" if row.ratio is not None else "—",
        "; ".join(goal.text for goal in row.goals) or "—",
        "; ".join("yes" if goal.reached else "**no**" for goal in row.goals) or "—",
    ]


def _p95(timing: Timing | None) -> str:
    """Return the 95th percentile; of fewer than twenty repetitions, the slowest is named as such."""
    if timing is None or timing.times == 1:
        return "—"
    return write_seconds(timing.p95) + (" (slowest)" if timing.times < 20 else "")


def write_seconds(seconds: float) -> str:
    """Return a duration in the unit that suits it."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"
