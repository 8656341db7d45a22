"""The pages of each role over the demonstration: accessible (WCAG 2.1 AA, by axe), on a desk and on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.demonstration.visiting import PHONE, acting_as

# Who looks at what: addresses, and « first link of a list matching a selector » written after an arrow.
PAGES: dict[str, list[str]] = {
    "accueil": [
        "/accueil/",
        "/accueil/a-terminer/",
        "/accueil/ > .flight-name",
        "/accueil/a-terminer/ > .todo-title",
        "/accueil/personne/",
        "/accueil/manifestes/",
        "/accueil/manifestes/importer/",
    ],
    "agente": [
        "/espace/",
        "/espace/dossiers/",
        "/espace/dossiers/?stage=to_follow > tbody a",
        "/espace/a-faire/",
        "/espace/charge/",
        "/espace/charge/absences/noter/",
        "/espace/rendez-vous/horaires/delais/",
        "/espace/rendez-vous/",
        "/espace/rendez-vous/fixer/",
        "/espace/rendez-vous/fixer/ > .rows a",
        "/espace/calendrier/",
        "/espace/calendrier/?vue=jour",
        "/espace/calendrier/?vue=liste",
        "/espace/calendrier/abonnement/",
        "/espace/rendez-vous/attente/",
        "/espace/interpretes/",
        "/espace/interpretes/ > tbody a",
        "/espace/interpretes/a-confirmer/",
        "/espace/orientations/",
        "/espace/orientations/ > tbody a",
        "/espace/repertoire/",
        "/espace/repertoire/?open_now=on&mode=on_site",
        "/services/?q=logement",
        "/services/?near=45.5,-73.6",
        "/espace/recherche/?q=exemple",
    ],
    "equipe2": [
        "/espace/",
        "/espace/rendez-vous/horaires/",
        "/espace/rendez-vous/horaires/ > .panel-head a",
        "/espace/rendez-vous/horaires/capacite/",
        "/espace/rendez-vous/horaires/delais/",
        "/espace/interpretes/ajouter/",
        "/espace/interpretes/couts/",
    ],
    "conseiller": [
        "/espace/",
        "/espace/ententes/",
        "/espace/ententes/ > tbody a",
        "/espace/actions-locales/",
        "/espace/employeurs/",
        "/espace/employeurs/ > tbody a",
        "/espace/repertoire/organismes/",
        "/espace/repertoire/places/",
        "/espace/repertoire/doublons/",
        "/espace/importer/",
        "/espace/importer/employers/",
    ],
    "direction": [
        "/espace/",
        "/espace/bilan/",
        "/espace/bilan/employers_accompanied/",
        "/espace/bilan/texte/?from=2020-07-01&to=2021-06-30",
        "/espace/portrait/",
        "/espace/personnel/",
    ],
    "admin": ["/espace/", "/espace/personnel/comptes/", "/espace/personnel/comptes/nouveau/"],
    "vieprivee": ["/espace/"],
    "organisme": [
        "/partenaires/",
        "/partenaires/orientations/",
        "/partenaires/orientations/ > tbody a",
        "/partenaires/charge/",
    ],
    "employeur": ["/employeurs/", "/employeurs/demander/"],
    "personne": [
        "/moi/",
        "/moi/plan/",
        "/moi/services/",
        "/moi/rendez-vous/",
        "/moi/rendez-vous/ > a[href*='/deplacer/']",
        "/moi/rendez-vous/abonnement/",
        "/ar/moi/",
    ],
    "": ["/", "/portrait/", "/services/", "/services/ > main .services h2 a", "/en/", "/es/", "/ar/", "/compte/login/"],
}


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_pages_are_accessible_and_fit(chromium: Browser, site: str, who: str, device: str) -> None:
    options = PHONE if device == "phone" else {}
    with acting_as(chromium, site, who or None, **options) as page:
        for address in PAGES[who]:
            visit(page, address)
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, f"{page.url} is {width} px too wide"


def visit(page: Page, address: str) -> None:
    path, _, selector = address.partition(" > ")
    page.goto(path)
    if selector:
        page.goto(page.locator(selector).first.get_attribute("href") or "")
        assert page.url.rstrip("/").count("/") > 3, f"{address} leads nowhere: {page.url}"
    expect(page.locator("h1")).to_have_count(1)


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
