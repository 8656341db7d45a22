"""Tags in names: what people wrote stays text, on every page."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import transaction

from tests.permissions.world import World
from tests.security import hostile
from tests.security.forms import tags_of
from tests.security.pages import pages, text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def spoiled(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world whose every text is a tag."""
    with django_db_blocker.unblock(), hostile.world(hostile.TAG) as world:
        yield world


def test_a_tag_in_any_text_is_never_read_as_one(spoiled: World) -> None:
    read, shown = [], set()
    for page in pages(spoiled, one_role=False):
        names = {tag for tag, _attributes in tags_of(page.body)}
        if hostile.MARK in names:
            place = page.body.index(f"<{hostile.MARK}>")
            read.append(f"{page.name} ({page.role}): …{page.body[max(0, place - 120) : place + 20]}…")
        if f"<{hostile.MARK}>" in unescape(page.body):
            shown.add(page.name)
    assert read == []
    assert len(shown) > 40, f"few pages show what was written: {sorted(shown)}"


def test_the_texts_of_people_are_all_tried(spoiled: World) -> None:
    columns = set(spoiled.columns)
    assert columns >= {
        "people.Person.family_name", "people.Person.given_name", "accounts.User.name", "directory.Service.name",
        "directory.Organisation.name", "casework.Need.label", "employers.Employer.name", "agreements.LocalAction.title",
    }  # fmt: skip


def test_what_is_typed_and_given_back_is_never_read_as_a_tag(spoiled: World) -> None:
    """Each address asked with tags in its query, each form sent with tags in its fields and shown again."""
    read = []
    for page in pages(spoiled):
        client = spoiled.clients[page.role]
        names = {field.name for form in page.forms for field in form.fields} | {"q", "page", "sort", "next"}
        address = page.address.split("?")[0]
        answers = [client.get(address, dict.fromkeys(names, hostile.TAG))]
        with transaction.atomic():
            answers += [
                client.post(form.action, {field.name: hostile.TAG for field in form.fields})
                for form in page.forms
                if form.method == "post" and "logout" not in form.action
            ]
            transaction.set_rollback(True)
        for answer in answers:
            assert answer.status_code < 500, (page.name, page.role, answer.status_code)
            if hostile.MARK in {tag for tag, _ in tags_of(text(answer))}:
                read.append(f"{page.name} ({page.role})")
    assert read == []
