"""Every address served carries an access mark, or is one of the named pages of others."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.web.access import access_of
from arrimage.web.menu import AT_MOST, registered
from arrimage.web.middleware import OTHERS


def served(resolver: Any, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or "?"]), entry
        else:
            yield from served(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)


def test_every_view_of_ours_is_marked() -> None:
    unmarked = [
        name
        for name, pattern in served(get_resolver())
        if access_of(pattern.callback) is None and pattern.callback.__module__.startswith("arrimage.")
    ]
    assert unmarked == []


def test_the_pages_of_others_that_are_open_exist() -> None:
    names = {name for name, _pattern in served(get_resolver())}
    assert OTHERS.keys() <= names


@pytest.mark.parametrize("role", Role)
def test_no_entry_falls_off_a_role_s_menu(role: Role) -> None:
    actor = Actor(user_id=1, name="Quelqu’un", role=role)
    assert sum(entry.shown_to(actor) for entry in registered()) <= AT_MOST


def test_every_menu_entry_is_served() -> None:
    names = {name for name, _pattern in served(get_resolver())}
    assert [entry.url_name for entry in registered() if entry.url_name not in names] == []
