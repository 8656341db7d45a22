"""The report: every line of the table, measured or not, and whether each goal is reached."""

import pytest

from arrimage.bench.machine import Machine
from arrimage.bench.report import Report, write_seconds
from arrimage.bench.results import LINES, NOT_MEASURED, Findings, Goal, Row
from arrimage.bench.sizes import SIZES
from arrimage.bench.timing import Statements, Timing


@pytest.fixture
def report() -> Report:
    findings = Findings()
    row = Row(
        line=2,
        work="open a file",
        timing=Timing([0.030] * 20),
        statements=Statements(11, 4),
        reference="hand-written SQL",
        reference_timing=Timing([0.003] * 20),
        goals=(Goal("≤ 12 queries", True), Goal("≤ 3 × the SQL", False)),
        notes=("How it was opened.",),
    )
    findings.take(lambda: [row], 2)
    findings.take(lambda: 1 // 0, 4, 14)  # type: ignore[arg-type, return-value]
    return Report(SIZES["small"], Machine({"Memory": "8 GiB"}), findings, {"people_person": 10_000}, {}, (0.5, 1.5))


def table(report: Report) -> dict[int, list[str]]:
    """Return the cells of each line of the table, by its number (the last row of each)."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in report.markdown().splitlines()]
    return {int(cells[0]): cells for cells in rows if cells[0].isdecimal()}


def test_every_line_is_there(report):
    assert table(report).keys() == LINES.keys() == set(range(1, 17))
    assert len({len(cells) for cells in table(report).values()}) == 1


def test_a_line_measured(report):
    cells = table(report)[2]
    assert cells[2:9] == ["20", "30.0 ms", "30.0 ms", "11 (+ 4 transaction marks)", "hand-written SQL", "3.0 ms", "10"]
    assert cells[9:] == ["≤ 12 queries; ≤ 3 × the SQL", "yes; **no**"]
    assert "How it was opened." in report.markdown()


def test_a_line_not_measured_says_why(report):
    lines = table(report)
    for line in NOT_MEASURED:
        assert lines[line][-1] == f"not measured: {NOT_MEASURED[line]}"
    assert "ZeroDivisionError" in lines[4][-1]
    assert "ZeroDivisionError" in lines[14][-1]


def test_a_few_words_in_french(report):
    words = "\n".join(report.in_words())
    assert "Objectifs atteints : 1 sur 2." in words
    assert "Lignes où un objectif est manqué : 2." in words
    assert "Ligne 14, impossible à mesurer" in words


@pytest.mark.parametrize(
    ("seconds", "written"), [(0.00042, "0.4 ms"), (0.0312, "31.2 ms"), (0.6254, "625 ms"), (12.345, "12.35 s")]
)
def test_durations(seconds, written):
    assert write_seconds(seconds) == written
