"""Each role's home has something to do today, whenever the demonstration is started, and not absurdly much."""

import re

import pytest
from playwright.sync_api import Browser

from tests.demonstration.visiting import acting_as

# Who: their home, what it says when there is work, and the rows of it that may be there (from, to).
HOMES = {
    "accueil": ("/accueil/", r"attendues?", ".flight-line", (1, 30)),
    "agente": ("/espace/", r"Rendez-vous d’aujourd’hui", ".todo-item", (10, 110)),
    "conseiller": ("/espace/", r"", ".todo-item", (1, 110)),
    "direction": ("/espace/", r"Ce qui tarde", ".late-list li", (2, 10)),
    "vieprivee": ("/espace/", r"Demandes à répondre", ".todo-item", (3, 60)),
    "organisme": ("/partenaires/", r"", ".todo-item", (3, 90)),
    "personne": ("/moi/", r"Prochaine étape", ".big-links li", (4, 10)),
}


@pytest.mark.parametrize("who", HOMES)
def test_there_is_work_today(chromium: Browser, site: str, who: str) -> None:
    address, words, rows, (least, most) = HOMES[who]
    with acting_as(chromium, site, who) as page:
        page.goto(address)
        assert re.search(words, page.locator("main").inner_text().replace("\u00a0", " "))
        assert least <= page.locator(f"main {rows}").count() <= most
