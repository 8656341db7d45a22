"""What a chart is made of. Figures are whole numbers; each is also given as people read it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One figure: of what (a year, a country), how many, and the same in words. `value` is None where it is hidden.

    `note` is a word on what is not whole (« 7 mois »): the point is then drawn apart from those it cannot be compared
    with.
    """

    label: str
    value: int | None
    written: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """What every chart says of itself: its title, what it shows in words, the word for a hidden figure, its language.

    `language` (ISO 639-1) decides how the axis writes its numbers.
    """

    title: str
    alternative: str
    hidden_word: str
    language: str


@dataclass(frozen=True)
class Columns(Chart):
    """One column a point, from left to right: a figure through the years."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Bars(Chart):
    """One bar a point, from top to bottom: figures of things with long names."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Line:
    """One line through the same labels as the others of its chart."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Lines(Chart):
    """Some lines (six at most), told apart by colour, dash and sign."""

    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise ValueError(f"{MOST_LINES} lines at most can be told apart")


MOST_LINES = 6
