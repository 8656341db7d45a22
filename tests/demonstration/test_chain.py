"""One person, from a line of a CSV file to the bilan, by the pages of each role alone, in a real browser."""

import csv
import io
import re

from playwright.sync_api import Browser, Page, expect

from tests.demonstration.installation import TODAY
from tests.demonstration.visiting import acting_as

UID = "01900000-0000-7000-8000-00000000cafe"
NAME = "Zahra Mithal-Traversée"
POINT = "Place Dupuis"
PARTNER = "Carrefour fictif des Mésanges"
SERVICE = "Cours de français pour débutants"
MANIFEST = {
    "uid": UID, "flight_number": "DM999", "date": TODAY, "time": "09:00", "origin": "Beyrouth",
    "party": "TRAVERSEE-1",
    "family_name": "Mithal-Traversée", "given_name": "Zahra", "original_name": "زهرة مثال", "birth_date": "1991-04-12",
    "gender": "woman", "birth_country": "LB", "language": "ar", "category": "skilled_worker", "relation": "principal",
}  # fmt: skip


def manifest() -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, MANIFEST)
    writer.writeheader()
    writer.writerow(MANIFEST)
    return text.getvalue().encode()


def test_one_person_from_the_manifest_to_the_bilan(chromium: Browser, copied_site: str) -> None:
    site = copied_site
    with acting_as(chromium, site, "direction") as page:
        results_before = figure(page, "persons_with_result")
    with acting_as(chromium, site, "accueil") as page:
        announce(page)
        number = welcome(page)
    with acting_as(chromium, site, "agente") as page:
        file_address = assess_and_plan(page, number)
        refer(page, file_address)
    with acting_as(chromium, site, "organisme") as page:
        serve(page)
    with acting_as(chromium, site, "agente") as page:
        follow_up(page, file_address)
    with acting_as(chromium, site, "conseiller") as page:
        see_deliverable(page, number)
    with acting_as(chromium, site, "direction") as page:
        assert figure(page, "persons_with_result") == results_before + 1
        find_evidence(page, number)


def announce(page: Page) -> None:
    """The manifest is checked, then brought in."""
    page.goto("/accueil/manifestes/importer/")
    page.locator("input[type=file]").set_input_files(
        {"name": "manifeste.csv", "mimeType": "text/csv", "buffer": manifest()}
    )
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#import-result")).to_contain_text("prêt à être importé")
    page.get_by_role("button", name="Importer ce fichier").click()
    expect(page.locator("#import-result")).to_contain_text("Le fichier est importé")


def welcome(page: Page) -> str:
    """The party is found on today's flight, met, its file opened, its first appointment given; the number comes out."""
    page.goto("/accueil/")
    page.get_by_role("link", name="DM999").click()
    page.get_by_role("link", name=re.compile("Traversée")).first.click()
    page.locator("button[name=outcome][value=met]").first.click()
    page.get_by_label(re.compile(POINT)).check()  # where the agent of the demonstration works
    page.get_by_role("button", name="Ouvrir les dossiers").click()
    sign(page)
    page.locator("button[name=starts_at]").first.click()
    page.wait_for_url("**/feuille/")
    found = re.search(r"MTL-\d{4}-\d{6}-\d", page.locator("main").inner_text())
    assert found, "the sheet to hand over has no file number"
    return found.group()


def sign(page: Page) -> None:
    """The texts are read in Arabic beside French, and signed in the box."""
    expect(page.locator("main [lang=ar]").nth(1)).to_contain_text("توجيهي إلى هيئات خطتي")
    canvas = page.locator(".signature-box canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    for rank, (x, y) in enumerate([(0.1, 0.5), (0.3, 0.2), (0.5, 0.7), (0.7, 0.3), (0.9, 0.5)]):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if rank == 0:
            page.mouse.down()
    page.mouse.up()
    page.locator("input[name$=agreed]").check()
    page.get_by_role("button", name="Noter le consentement").click()


def assess_and_plan(page: Page, number: str) -> str:
    """The agent finds the file by its number, assesses over all themes, drafts and agrees the plan."""
    page.goto(f"/espace/recherche/?q={number}")
    if "/espace/dossiers/" not in page.url:
        page.locator("main").get_by_role("link", name=re.compile("Traversée")).first.click()
    article = page.locator("article[data-person]")
    assert article.get_attribute("data-person") == UID, "the person's uid is the manifest's"
    expect(article).to_contain_text("زهرة")
    address = page.url.partition("?")[0]
    page.get_by_role("link", name=re.compile("Évaluer les besoins")).first.click()
    for question, answer in {
        "housing_now": "home", "health_insurance": "card", "social_insurance_number": "yes", "work_now": "not_looking",
        "french_daily": "little", "french_course": "wanted",
    }.items():  # fmt: skip
        page.locator(f"input[name={question}][value={answer}]").check()
    page.locator("button[name=save][value=review]").click()
    page.get_by_role("button", name="Terminer l’évaluation").click()
    expect(page.locator("main")).to_contain_text("besoin")
    page.goto(address)
    page.get_by_role("link", name=re.compile("Rédiger le plan")).first.click()
    page.locator("textarea[name=goal]").fill("Travailler en français comme comptable.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Le plan est rédigé")
    page.goto(address + "plan/convenir/")
    page.locator("select[name=language]").select_option("ar")
    page.locator("input[name=by]").fill("Interprète Démo")
    agreed = page.locator("input[name=agreed]")
    if agreed.count():
        agreed.check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("convenu", re.I))
    return address


def refer(page: Page, file_address: str) -> None:
    """The agent refers the French need to a service, seeing what will be shared."""
    page.goto(file_address)
    french = page.locator("a[href*='/orienter/']").filter(has_text=re.compile("Orienter"))
    addresses = [link.get_attribute("href") for link in french.all()]
    for address in addresses:
        page.goto(address or "")
        match = page.locator(".match").filter(has_text=PARTNER).filter(has_text=SERVICE)
        if match.count():
            match.get_by_role("link", name=re.compile("Choisir")).click()
            expect(page.locator("main")).to_contain_text(NAME)
            page.locator("textarea[name=message]").fill("Disponible le soir.")
            page.get_by_role("button", name=re.compile("Envoyer l’orientation")).click()
            expect(page.locator("main")).to_contain_text(re.compile("envoyée", re.I))
            return
    raise AssertionError(f"no need of this file is answered by {PARTNER}: {addresses}")


def serve(page: Page) -> None:
    """The partner's worker accepts, records the start, then the result."""
    page.goto("/partenaires/orientations/?q=Traversée")
    page.locator("table").get_by_role("link", name=re.compile("Traversée")).click()
    page.get_by_role("button", name="Accepter").click()
    page.get_by_role("link", name=re.compile("Commencer")).click()
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("link", name=re.compile("Terminer")).click()
    page.locator("input[name=outcome][value=reached]").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("body")).to_contain_text(re.compile("résultat|terminé", re.I))
    page.goto("/partenaires/orientations/?q=Traversée")
    expect(page.locator("main")).not_to_contain_text(NAME)


def follow_up(page: Page, file_address: str) -> None:
    """The agent follows up and closes the step."""
    page.goto(file_address)
    page.get_by_role("link", name=re.compile("Faire le suivi et clore")).first.click()
    page.locator("textarea[name=note]").fill("Le cours est terminé, tout va bien.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Faite")


def see_deliverable(page: Page, number: str) -> None:
    """The advisor sees the agreement whose deliverable this result counts for, by file number, never by name."""
    page.goto(f"/espace/ententes/?q={TODAY[:4]}-C01")
    page.locator("tr", has_text="C01").get_by_role("link").first.click()
    deliverable = page.get_by_role("link", name=re.compile(f"dossiers comptés.*{SERVICE}", re.S))
    deliverable.click()
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).not_to_contain_text("Traversée")


def figure(page: Page, code: str) -> int:
    """Return a figure of the current year's bilan as the page shows it."""
    page.goto("/espace/bilan/")
    text = page.locator(f"a[href*='/espace/bilan/{code}/']").first.inner_text()
    return int(re.sub(r"\D", "", text))


def find_evidence(page: Page, number: str) -> None:
    """The director clicks the figure and finds this person among the records behind it."""
    page.goto("/espace/bilan/")
    page.locator("a[href*='/espace/bilan/persons_with_result/']").first.click()
    page.goto(page.url + ("&" if "?" in page.url else "?") + "sort=-shown_on")
    row = page.locator(f"[data-uid='{UID}']")
    while not row.count():
        page.get_by_role("link", name="Suivante").click()
    expect(row).to_contain_text(number)
    expect(page.locator("main")).not_to_contain_text("Traversée")
