"""Visiting the demonstration's site as its people, in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

PASSWORD = "fleuve-et-erable"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


@contextmanager
def acting_as(chromium: Browser, site: str, who: str | None, **device: Any) -> Iterator[Page]:
    """Sign in as one of the demonstration's people (None: the public), in a session of their own.

    A script error or a content the policy refuses fails the test.
    """
    context = chromium.new_context(base_url=site, locale="fr-CA", timezone_id="America/Montreal", **device)
    context.set_default_timeout(60_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    if who:
        page.goto("/compte/login/")
        page.get_by_label("Courriel").fill(f"{who}@demo.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name=re.compile("Ouvrir une session")).click()
        page.wait_for_url(lambda url: "/compte/login" not in url)
    yield page
    context.close()
    assert complaints == [], complaints


class Guide:
    """Finds addresses as `addresses.py` writes them; what was found once is not looked for again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: dict[str, str] = {}

    def find(self, way: str) -> str:
        """Return the address at the end of a way; fail when a link on it leads nowhere."""
        before, arrow, step = way.rpartition(" > ")
        if not arrow:
            return way
        if way not in self.known:
            start = self.find(before)
            self.known[way] = urljoin(start, step) if step.startswith("./") else self._follow(start, step)
        return self.known[way]

    def _follow(self, start: str, selector: str) -> str:
        self.page.goto(start)
        links = self.page.locator(selector)
        assert links.count(), f"{start} has no {selector}"
        return urljoin(self.page.url, links.first.get_attribute("href") or "")
