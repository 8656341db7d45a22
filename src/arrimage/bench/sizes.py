"""The sizes a run can have."""

from dataclasses import dataclass
from datetime import date

# The day every run takes for today, so that the same seed gives the same rows.
TODAY = date(2026, 10, 20)
SEED = "arrimage bench"


@dataclass(frozen=True)
class Size:
    """How much is generated, and how often each thing is done."""

    name: str
    persons: int
    first_persons: int  # in the register when the "to do" page is measured for the first time
    openings: int  # times each page is opened
    searches: int  # names searched, at most, of each kind of corruption
    load_seconds: float  # of mixed reads over HTTP, at least
    load_requests: int  # and at least so many pages, for the memory of the server's processes
    import_rows: int
    loads_demonstration: bool


SIZES = {
    size.name: size
    for size in (
        Size("small", 10_000, 1_000, 20, 250, 4, 80, 5_000, loads_demonstration=False),
        Size("region", 200_000, 10_000, 100, 100, 30, 1_000, 50_000, loads_demonstration=False),
    )
}


def file_name(size: str) -> str:
    """Return the name of the report of a size, in `docs`: the smallest has no suffix, as it is written most often."""
    return "measures.md" if size == next(iter(SIZES)) else f"measures-{size}.md"
