"""Reading back what was written: the text, the structure and the cells of files."""

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader


class Pdf:
    """A PDF as a library sees it."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def words(self) -> str:
        text = " ".join(page.extract_text() for page in self.reader.pages)
        return " ".join(text.replace("\u00a0", " ").split())

    def elements(self) -> Iterator[Any]:
        """Yield every element of the structure tree."""
        waiting = [self.root["/StructTreeRoot"]]
        while waiting:
            element = waiting.pop().get_object()
            if not isinstance(element, dict):
                continue
            if "/S" in element:
                yield element
            kids = element.get("/K", [])
            waiting += reversed(kids if isinstance(kids, list) else [kids])

    def tags(self) -> list[str]:
        return [str(element["/S"]) for element in self.elements()]

    def alternatives(self) -> list[str]:
        return [str(element["/Alt"]) for element in self.elements() if "/Alt" in element]


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
