"""What needs somebody now, as a room tells it to the page that gathers it all."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Task:
    """One thing to do: why, what it is about, since when, until when, and the record to open.

    `target` names the kind of record (`agreement`, `accompaniment`, …), whose page is found by `uid`. `detail` is a
    quiet line under the label.
    """

    reason: str
    label: str
    target: str
    uid: UUID
    deadline: date | None = None
    since: date | None = None
    detail: str = ""
