"""The forms of a page, as a browser sees them, and filled as a person might."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from arrimage.foundation import clock


@dataclass
class Field:
    """One field: its name, its kind (`text`, `hidden`, `select`, `checkbox`…), its value and its choices."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    checked: bool = False
    required: bool = False


@dataclass
class Form:
    """A form of a page: where it sends, how, and its fields in order."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, Any]:
        """Return what somebody would send: what is there already, and something sensible where it is empty."""
        sent: dict[str, Any] = {}
        for one in self.fields:
            if one.kind in ("submit", "button", "file", "image", "reset"):
                if one.name and one.value and one.kind == "submit":
                    sent.setdefault(one.name, one.value)
            elif one.kind in ("checkbox", "radio"):
                if one.checked or one.required or one.kind == "radio":
                    sent.setdefault(one.name, one.value or "on")
            elif one.kind == "select":
                sent[one.name] = one.value or next((choice for choice in one.choices if choice), "")
            else:
                sent[one.name] = one.value or example(one)
        return sent


def example(field: Field) -> str:
    """Return a value a person might type."""
    if field.kind == "hidden":
        return ""
    if "phone" in field.name or field.kind == "tel":
        return "514 555-0199"
    return {
        "date": clock.today().isoformat(),
        "time": "10:00",
        "datetime-local": f"{clock.today().isoformat()}T10:00",
        "number": "1",
        "email": "essai@example.org",
        "password": "une phrase assez longue 42",
        "url": "https://example.org/",
    }.get(field.kind, "Essai")


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None
        self.by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        present = {name for name, _ in attrs}
        if tag == "form":
            self.form = Form(urljoin(self.page, told.get("action", "")), told.get("method", "get").lower())
            self.forms.append(self.form)
            if "id" in told:
                self.by_id[told["id"]] = self.form
            return
        form = self.by_id.get(told.get("form", ""), self.form)
        if tag == "option" and self.select is not None:
            value = told.get("value", "")
            self.select.choices.append(value)
            if "selected" in present:
                self.select.value = value
            return
        if form is None or tag not in ("input", "select", "textarea", "button") or not told.get("name"):
            return
        kind = {"select": "select", "textarea": "text", "button": told.get("type", "submit")}.get(
            tag, told.get("type", "text")
        )
        one = Field(
            told["name"], kind, told.get("value", ""), checked="checked" in present, required="required" in present
        )
        form.fields.append(one)
        if tag == "select":
            self.select = one
        elif tag == "textarea":
            self.area = one

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.area is not None:
                self.area.value = self.area.value.strip("\n")
            self.area = None


def forms_of(page: str, html: str) -> list[Form]:
    """Return the forms of the page served at the address `page`."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return every tag of a page with its attributes, as a browser reads them."""
    reader = _Tags()
    reader.feed(html)
    return reader.found
