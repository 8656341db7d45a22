"""The pages of each role over the demonstration: accessible (WCAG 2.1 AA, by axe), on a desk and on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import assert_accessible
from tests.demonstration.addresses import PAGES
from tests.demonstration.visiting import PHONE, Guide, acting_as


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_pages_are_accessible_and_fit(chromium: Browser, site: str, who: str, device: str) -> None:
    options = PHONE if device == "phone" else {}
    with acting_as(chromium, site, who.strip() or None, **options) as page:
        guide = Guide(page)
        for way in PAGES[who]:
            page.goto(guide.find(way))
            expect(page.locator("h1")).to_have_count(1)
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, f"{page.url} is {width} px too wide"


def test_an_agent_works_by_keyboard_alone(chromium: Browser, site: str) -> None:
    """From the to-do page to a file by the search, without a pointer, the focus always visible."""
    with acting_as(chromium, site, "agente") as page:
        page.goto("/espace/")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", "#contenu")
        outline = page.locator(":focus").evaluate("element => getComputedStyle(element).outlineStyle")
        assert outline != "none", "the focus must be visible"
        page.keyboard.press("Control+k")
        page.keyboard.type("Exemple-")
        page.keyboard.press("Enter")
        page.wait_for_url("**/recherche/**")
        link = page.locator("main a[href*='/espace/dossiers/']").first
        for _ in range(60):
            page.keyboard.press("Tab")
            if link.evaluate("element => element === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/espace/dossiers/**")
        expect(page.locator("article[data-person]")).to_be_visible()
