"""What the components of a page are made of: plain values, given to the template tags of `templatetags/arrimage.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from arrimage.foundation import clock
from arrimage.web.deadlines import deadline_tone, deadline_words
from arrimage.web.states import Tone


@dataclass(frozen=True)
class Todo:
    """One thing that needs somebody now: what it is, why, since when, until when, and the one action."""

    title: str
    reason: str
    url: str
    action: str
    action_url: str = ""  # the page of the thing when empty
    detail: str = ""
    since: date | datetime | None = None
    due: date | datetime | None = None
    post: bool = False  # the action changes something: a POST form instead of a link

    @property
    def target(self) -> str:
        return self.action_url or self.url

    @property
    def deadline(self) -> str:
        return deadline_words(self.due)

    @property
    def tone(self) -> Tone:
        return deadline_tone(self.due)


@dataclass
class TodoGroup:
    """The things to do for one reason, most urgent first; `all_url` leads to the list of all, when there are more."""

    reason: str
    todos: list[Todo] = field(default_factory=list)
    all_url: str = ""

    @property
    def late(self) -> int:
        return sum(todo.tone == Tone.DANGER for todo in self.todos)


def grouped(todos: Iterable[Todo]) -> list[TodoGroup]:
    """Group things to do by reason; nearest deadline first inside, then oldest; most pressing group first."""
    groups: dict[str, TodoGroup] = {}
    for todo in sorted(todos, key=_urgency):
        groups.setdefault(todo.reason, TodoGroup(todo.reason)).todos.append(todo)
    return list(groups.values())


def _urgency(todo: Todo) -> tuple[date, date, str]:
    return _as_day(todo.due) or date.max, _as_day(todo.since) or clock.today(), todo.title


def _as_day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


@dataclass(frozen=True)
class Moment:
    """One point of a timeline."""

    title: str
    when: date | datetime | None = None
    text: str = ""
    who: str = ""
    url: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class Step:
    """One step of a long form or of a path: `state` is "done", "current" or "todo"."""

    label: str
    state: str = "todo"
    url: str = ""


def steps(labels: Iterable[str], current: int, urls: Iterable[str] = ()) -> list[Step]:
    """Return the steps of a path whose step number `current` (from 1) is under way; those done may link back."""
    links = list(urls)
    found = []
    for number, label in enumerate(labels, start=1):
        state = "done" if number < current else "current" if number == current else "todo"
        url = links[number - 1] if state == "done" and number <= len(links) else ""
        found.append(Step(label, state, url))
    return found


@dataclass(frozen=True)
class Empty:
    """Why there is nothing to see, and what to do about it; `command` is one to type, on the installation."""

    why: str
    action: str = ""
    url: str = ""
    command: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    value: str
    url: str
