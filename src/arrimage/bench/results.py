"""What is measured and what was found: the lines of the table, and one row a thing timed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from arrimage.bench.timing import Statements, Timing

# The work of each line, and why it may have no row yet.
LINES: dict[int, str] = {
    1: "Name search: typos, other scripts and spellings, swapped and missing words, partial dates",
    2: "Opening a file: person, household, needs, plan, referrals",
    3: 'An agent\'s "to do" page',
    4: "HTTP, 16 concurrent users, mixed reads",
    5: "Creating a file with assessment and referral, 40 users",
    6: "The bilan of a year, and the evidence of each figure",
    7: "Placement of households",
    8: "Interview timetable",
    9: "Duplicates in the register",
    10: "Disclosure control of the portrait",
    11: "Offline arrivals and their reconnection",
    12: "Import of a manifest",
    13: "Loading the demonstration",
    14: "Memory of a web process",
    15: "What the policies, the history and the read journal cost",
    16: "Finding services in the directory, and their points on a map",
}
NOT_MEASURED: dict[int, str] = {
    5: "no load of writes is written yet",
    7: "the placement engine and its public benchmark are not there yet",
    8: "the timetable engine is not there yet",
    9: "linkage is not there yet",
    10: "the portrait is not there yet",
    11: "the offline tablet is not there yet",
    13: "left out of this size: it takes as long as the rest of the run",
}


@dataclass(frozen=True)
class Goal:
    """A goal in words, and whether this run reached it."""

    text: str
    reached: bool


@dataclass(frozen=True)
class Row:
    """One thing timed, beside its reference in the same run."""

    line: int
    work: str
    timing: Timing | None = None
    statements: Statements | None = None
    reference: str = ""
    reference_timing: Timing | None = None
    figures: str = ""  # what is not a duration: recall, memory, requests a second
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Return the median over the reference's."""
        if self.timing is None or self.reference_timing is None:
            return None
        return self.timing.median / self.reference_timing.median


@dataclass
class Findings:
    """Everything a run found; a line that could not be measured says why."""

    rows: list[Row] = field(default_factory=list)
    failures: dict[int, str] = field(default_factory=dict)

    def take(self, measure: Callable[[], list[Row]], *lines: int, among: frozenset[int] | None = None) -> None:
        """Add what `measure` finds, if its lines are `among` those wanted (all, unless said).

        An error is kept as these lines' failure, so that the others are measured.
        """
        if among is not None and not among.intersection(lines):
            return
        try:
            self.rows += measure()
        except Exception as error:
            said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            self.failures |= dict.fromkeys(lines, said)

    def of(self, line: int) -> list[Row]:
        return [row for row in self.rows if row.line == line]

    def why_missing(self, line: int) -> str:
        """Return why a line has no row, in words."""
        if line in self.failures:
            return f"could not be measured: {self.failures[line]}"
        return NOT_MEASURED.get(line, "not part of this run")
