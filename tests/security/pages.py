"""Every page and every form of the site, as each role meets them in the world of the permission matrix."""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.permissions.rules import RULES
from tests.permissions.world import World
from tests.security.forms import Form, forms_of


@dataclass
class Page:
    """A page one may open: its address's name, who opens it, what it answered."""

    name: str
    role: str
    address: str
    body: str

    @property
    def forms(self) -> list[Form]:
        return forms_of(self.address, self.body)


def pages(world: World, *, one_role: bool = True) -> list[Page]:
    """Return the pages as the first role that may open each (as every one, if not `one_role`)."""
    key = f"pages of {'one role' if one_role else 'every role'}"
    if key not in world.things:
        world.things[key] = _pages(world, one_role=one_role)
    return world.things[key]


def _pages(world: World, *, one_role: bool) -> list[Page]:
    found = []
    for name, rule in RULES.items():
        address = reverse(name, kwargs=rule.arguments(world)) + rule.query
        for role in sorted(rule.allowed)[: 1 if one_role else None]:
            response = world.clients[role].get(address)
            body = text(response)
            if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
                found.append(Page(name, role, address, body))
    return found


@dataclass
class Found:
    """A form that posts, and who met it."""

    name: str  # of the address it sends to
    role: str
    form: Form

    def __str__(self) -> str:
        return f"{self.name} ({self.role}): {', '.join(field.name for field in self.form.fields)}"


def posting_forms(world: World) -> list[Found]:
    """Return one of each form that posts to us: signing out and changing one's role or language left aside."""
    if "posting_forms" not in world.things:
        world.things["posting_forms"] = _posting_forms(world)
    return world.things["posting_forms"]


def _posting_forms(world: World) -> list[Found]:
    found: dict[tuple[Any, ...], Found] = {}
    for page in pages(world):
        for form in page.forms:
            if form.method != "post":
                continue
            try:
                name = resolve(re.sub(r"^https?://[^/]+", "", form.action).split("?")[0]).view_name
            except Resolver404:
                raise AssertionError(f"{page.name} has a form that leads nowhere: {form.action}") from None
            if name in ("account_logout", "switch_language", "choose_role"):
                continue
            key = (name, tuple(sorted({field.name for field in form.fields})))
            found.setdefault(key, Found(name, page.role, form))
    return list(found.values())


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content
    return content.decode(errors="replace")


def send(client: Client, form: Form, data: dict[str, Any]) -> Any:
    """Send a form; an address of ours only."""
    assert form.action.startswith("/"), form.action
    return client.post(form.action, data)
