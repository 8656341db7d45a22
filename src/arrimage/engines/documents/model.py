"""What a document is made of. Everything is plain text: nothing in it is ever read as markup."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `quiet` for a note in smaller letters, `language` when it is not the document's."""

    text: str
    quiet: bool = False
    language: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and values, one below the other: the fields of one record."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with its headers; every row has as many cells as there are headers.

    `numbers` are the columns (from 0) whose cells are figures: at the end of their column. `widths` are shares of the
    page's width, equal when none is given; `small` for a table of many columns.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    small: bool = False

    def __post_init__(self) -> None:
        if self.widths and len(self.widths) != len(self.headers):
            raise ValueError("a table has one width a column")
        if any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError("a row of the table has not as many cells as there are headers")


@dataclass(frozen=True)
class Figure:
    """A picture, as the text of an SVG. `alternative` is read to who does not see it: what it shows, never empty."""

    svg: str
    alternative: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a picture says in words what it shows")


@dataclass(frozen=True)
class Quotation:
    """Somebody's own words, and who said them."""

    words: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Link:
    """A text that leads to an address of the web (`https://…`, `mailto:…`)."""

    label: str
    address: str


@dataclass(frozen=True)
class Said:
    """Words in a language of their own (a BCP 47 code without region), so that a screen reader changes its voice.

    `strong` for what is read first; `quiet` for what is only said beside.
    """

    text: str
    language: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class SideBySide:
    """The same things said in each language, a column a language; a right-to-left one runs so in its whole column."""

    headers: tuple[Said, ...]
    rows: tuple[tuple[tuple[Said, ...], ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError("a row has not as many cells as there are languages")


@dataclass(frozen=True)
class Drawing:
    """A drawing (SVG) with the words that stand for it, `width` millimetres wide."""

    svg: str
    alternative: str
    width: int


Block = Paragraph | Facts | Table | Figure | Quotation | Link | SideBySide | Drawing


@dataclass(frozen=True)
class Section:
    """A part under its heading; parts inside are one level lower."""

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    beside: Said | None = None  # the heading in another language


@dataclass(frozen=True)
class Document:
    """A whole document. `language` is a BCP 47 code without region (`fr`); `page_of` writes the footer's page words.

    `page_of` holds `%(page)s` and `%(pages)s`.
    """

    title: str
    language: str
    author: str = ""
    lead: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    page_of: str = "%(page)s / %(pages)s"
