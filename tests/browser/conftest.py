"""A real browser, in Québec French, on the live site; the site's threads connect as the web's role."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import launched

# Playwright's synchronous interface runs an event loop in the tests' thread, which Django would take for misuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def context(chromium: Browser, live_server) -> Iterator[BrowserContext]:
    """A fresh session on the site: `page.goto("/espace/")` is enough."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-CA",
        timezone_id="America/Montreal",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose script errors and refused contents (CSP) fail the test."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def phone_page(chromium: Browser, live_server) -> Iterator[Page]:
    """A page on a small phone (360 × 740, touch)."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-CA",
        timezone_id="America/Montreal",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()
