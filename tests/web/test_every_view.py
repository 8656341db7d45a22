"""Every address served carries an access mark, or is one of the named pages of others."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from arrimage.web.access import access_of
from arrimage.web.menu import registered
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


def test_every_menu_entry_is_served() -> None:
    names = {name for name, _pattern in served(get_resolver())}
    assert [entry.url_name for entry in registered() if entry.url_name not in names] == []
