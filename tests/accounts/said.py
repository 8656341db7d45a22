"""What a request told the database, in order, among its other queries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


class Said:
    """The queries of a block."""

    def __init__(self, captured: CaptureQueriesContext) -> None:
        self.captured = captured

    @property
    def queries(self) -> list[str]:
        return [query["sql"] for query in self.captured.captured_queries]

    def first(self, *parts: str) -> int:
        """Return the place of the first query that holds all these parts; fail when there is none."""
        for place, sql in enumerate(self.queries):
            if all(part in sql for part in parts):
                return place
        raise AssertionError(f"no query holds {parts}:\n" + "\n".join(self.queries))


@contextmanager
def listening() -> Iterator[Said]:
    with CaptureQueriesContext(connection) as captured:
        yield Said(captured)
