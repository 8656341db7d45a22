"""Whole journeys without a pointer: the directory, a referral, an organisation's page, a calendar, the public map."""

import re

from playwright.sync_api import Browser, expect

from tests.demonstration.addresses import AGREED
from tests.demonstration.keyboard import go_through, reach, tick, write
from tests.demonstration.visiting import Guide, acting_as

SERVICE = "Cours de français pour débutants"


def test_a_service_is_found_and_read(chromium: Browser, copied_site: str) -> None:
    """An agent narrows the directory by words, and opens what it finds."""
    with acting_as(chromium, copied_site, "agente") as page:
        page.goto("/espace/")
        go_through(page, page.get_by_role("link", name="Répertoire", exact=True))
        page.wait_for_url("**/espace/repertoire/")
        go_through(page, page.locator("details.filters > summary"))
        write(page, page.locator("main input[name=q]"), "francais")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=francais**")
        go_through(page, page.locator("tbody").get_by_role("link", name=SERVICE).first)
        page.wait_for_url("**/espace/repertoire/services/**")
        expect(page.get_by_role("heading", level=1)).to_have_text(SERVICE)


def test_services_are_compared_and_a_person_is_sent_to_one(chromium: Browser, copied_site: str) -> None:
    """From a person's file: the services of a need, two side by side, one chosen, a message, the referral sent."""
    with acting_as(chromium, copied_site, "agente") as page:
        page.goto(Guide(page).find(AGREED))
        go_through(page, page.locator("main .story-part a[href*='/besoins/'][href*='/orienter/']").first)
        page.wait_for_url("**/orienter/**")
        boxes = page.get_by_role("checkbox", name=re.compile("Comparer"))
        expect(boxes.nth(1)).to_be_visible()
        tick(page, boxes.nth(0))
        tick(page, boxes.nth(1))
        go_through(page, page.get_by_role("button", name=re.compile("Comparer les services cochés")))
        page.wait_for_url("**/comparer/**")
        expect(page.locator("table.comparison thead th")).to_have_count(3)
        go_through(page, page.locator("table.comparison").get_by_role("link", name=re.compile("Choisir")).first)
        page.wait_for_url("**/orienter/**")
        write(page, page.locator("textarea[name=message]"), "Disponible le soir.")
        go_through(page, page.get_by_role("button", name="Envoyer l’orientation"))
        expect(page.locator("main")).to_contain_text("L’orientation est envoyée")


def test_an_organisation_keeps_its_hours(chromium: Browser, copied_site: str) -> None:
    """Its worker adds a morning to a service; they show at once."""
    with acting_as(chromium, copied_site, "organisme") as page:
        page.goto("/partenaires/")
        go_through(page, page.get_by_role("link", name="Notre page", exact=True))
        go_through(page, page.locator("main").get_by_role("link", name=SERVICE))
        page.wait_for_url("**/organisme/services/**")
        go_through(page, page.get_by_role("link", name="Ajouter un horaire"))
        tick(page, page.get_by_label("jeudi"))
        for name, hour in (("opens_at", "08:15"), ("closes_at", "11:45")):
            write(page, page.locator(f"input[name={name}]"), hour.replace(":", "") + "a")  # « a »: where it is asked
            expect(page.locator(f"input[name={name}]")).to_have_value(hour)
        go_through(page, page.locator("main form").get_by_role("button", name="Ajouter"))
        expect(page.locator("#horaires")).to_contain_text(re.compile(r"jeudi, de 8.h.15 à 11.h.45"))


def test_an_advisor_decides_a_proposal(chromium: Browser, copied_site: str) -> None:
    """What an organisation proposes is read, and accepted: it is in the directory."""
    with acting_as(chromium, copied_site, "conseiller") as page:
        page.goto("/espace/repertoire/")
        go_through(page, page.get_by_role("link", name="Propositions", exact=True))
        waiting = page.locator("tbody tr")
        expect(waiting.first).to_be_visible()
        before = waiting.count()
        go_through(page, page.locator("tbody a").first)
        page.wait_for_url("**/propositions/*-*/")
        go_through(page, page.get_by_role("button", name="Accepter"))
        expect(page.locator("main")).to_contain_text("Ce qui était proposé paraît au répertoire")
        page.goto("/espace/repertoire/propositions/")
        expect(waiting).to_have_count(before - 1)


def test_an_appointment_is_moved_from_the_calendar(chromium: Browser, copied_site: str) -> None:
    """Week, day: arrows lead from a day to its neighbour; an appointment is opened, and moved to a free time."""
    with acting_as(chromium, copied_site, "agente") as page:
        page.goto("/espace/calendrier/")
        go_through(page, page.locator("a[rel=next]"))
        page.wait_for_url("**jour=**")
        go_through(page, page.locator("a[rel=prev]"))
        page.wait_for_url("**jour=**")
        days = page.locator("[data-day]")
        booked = page.locator("[data-day] a[href*='/espace/rendez-vous/']", has_text="Fixé")
        reach(page, days.nth(2).locator("a").first)
        page.keyboard.press("ArrowRight")
        expect(days.nth(3).locator("a").first).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(days.nth(2).locator("a").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(days.nth(2).locator("a").nth(1)).to_be_focused()
        go_through(page, page.locator(".calendar-views").get_by_role("link", name="Jour"))
        page.wait_for_url("**vue=jour**")
        page.goto("/espace/calendrier/")
        go_through(page, booked.last)
        page.wait_for_url("**/espace/rendez-vous/*-*/")
        go_through(page, page.get_by_role("link", name="Déplacer le rendez-vous"))
        page.wait_for_url("**/deplacer/")
        reach(page, page.locator("input[type=radio]").first)
        page.keyboard.press("ArrowDown")
        expect(page.locator("input[type=radio]").nth(1)).to_be_checked()
        go_through(page, page.get_by_role("button", name="Déplacer le rendez-vous"))
        page.wait_for_url(lambda url: "/deplacer/" not in url)
        expect(page.locator("main")).to_contain_text("Le rendez-vous est déplacé")
        expect(page.locator("main")).to_contain_text("Auparavant")


def test_the_public_finds_as_much_by_the_list_as_by_the_map(chromium: Browser, copied_site: str) -> None:
    """Each mark of the map is reached by Tab and leads to services that the list shows too."""
    with acting_as(chromium, copied_site, None, viewport={"width": 1280, "height": 900}) as page:
        page.goto("/services/")
        write(page, page.locator("input[name=q]"), "logement")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=logement**")
        listed = page.locator(".services h2 a")
        expect(listed.first).to_be_visible()
        addresses = {link.get_attribute("href") for link in listed.all()}
        mark = page.locator(".leaflet-marker-icon").first
        go_through(page, mark)
        go_through(page, page.locator(".map-popup a"))
        page.wait_for_url("**/services/**/*-*/")
        on_the_map = {link.get_attribute("href") for link in page.locator("main a[href*='/services/']").all()}
        assert on_the_map & addresses, f"{on_the_map} are not in the list"
        page.go_back()
        go_through(page, listed.first)
        page.wait_for_url("**/services/*-*/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("logement")
