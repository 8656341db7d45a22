"""Formulas in names: what people wrote stays text, in every file that leaves."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.permissions.rules import RULES
from tests.permissions.world import World
from tests.security import hostile
from tests.security.forms import tags_of
from tests.security.pages import pages

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"-?\d[\d \u00a0]*(,\d+)?( %| \$)?")
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def calculating(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world whose every text is a formula."""
    with django_db_blocker.unblock(), hostile.world(hostile.FORMULA) as world:
        yield world


def files(world: World) -> Iterator[tuple[str, str, bytes]]:
    """Yield every file the pages offer, and those of the addresses that make one: where, its kind, what is in it."""
    asked = set()
    for page in pages(world):
        for tag, attributes in tags_of(page.body):
            address = attributes.get("href", "")
            if tag == "a" and "export" in address:
                asked.add(
                    (page.name, page.role, address if address[0] == "/" else page.address.split("?")[0] + address)
                )
    for name, rule in RULES.items():
        if name.endswith("_export"):
            for kind in ("csv", "xlsx", "json", "text"):
                address = reverse(name, kwargs=rule.arguments(world) | {"format": kind})
                asked.add((name, sorted(rule.allowed)[0], address))
    for name, role, address in sorted(asked):
        response = world.clients[role].get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code == 200:
            yield name, response["Content-Type"], body


def test_a_formula_in_any_text_is_never_one_in_a_file(calculating: World) -> None:
    found = list(files(calculating))
    wrong = {f"{name}: {cell!r}" for name, kind, body in found for cell in cells(kind, body) if is_formula(cell)}
    assert wrong == set()
    said = [body.decode("utf-8-sig") for _name, kind, body in found if "csv" in kind]
    assert sum(hostile.MARK in text for text in said) > 3, "few files hold what was written"


def cells(kind: str, body: bytes) -> Iterator[str]:
    if "spreadsheetml" in kind:
        for sheet in load_workbook(io.BytesIO(body)):
            for row in sheet.iter_rows():
                yield from (f"={cell.value}" if cell.data_type == "f" else str(cell.value or "") for cell in row)
    elif "csv" in kind:
        text = body.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","):
            yield from row


def is_formula(cell: str) -> bool:
    return cell.startswith(STARTS) and not NUMBER.fullmatch(cell)
