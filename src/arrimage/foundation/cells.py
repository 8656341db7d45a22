"""Cells of a table that a spreadsheet opens."""

import re

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def safe_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is, and never runs as a formula."""
    text = text.strip(" ")
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that `safe_cell` put in front of it."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:]) else text
