"""A file in a real browser: by keyboard alone, in place, in two windows; and drafts on a shared computer."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from arrimage.accounts.enums import Role
from tests import factories as f
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

# The pages' own policy lets nothing wait by a text that is evaluated: a promise is asked for, once.
UNTIL_KEPT = """() => new Promise((resolve) => {
    const look = () => Object.keys(localStorage).some((key) => key.startsWith("arrimage-draft:"))
        ? resolve() : setTimeout(look, 50);
    look();
})"""


@pytest.fixture
def grant(db):
    return f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=f.region("06"), service_point=f.ServicePointFactory())


@pytest.fixture
def file(grant):
    made = f.FileFactory(agent=grant.user, service_point=grant.service_point)
    f.MemberFactory(person=made.person)
    f.PersonStatusFactory(person=made.person)
    f.StepFactory(
        plan=f.PlanFactory(file=made, agreed=True), need=f.NeedFactory(file=made), title="Chercher un logement"
    )
    f.NoteFactory(file=made, author=grant.user)
    f.NoteFactory(file=made, author=grant.user, sensitive=True)
    f.StatementFactory(person=made.person, region=made.region)
    return made


def enter(context: BrowserContext, grant, live_server) -> None:
    """Open a session for somebody, as their own sign-in does."""
    client = Client()
    client.force_login(grant.user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def fits(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{page.url} is {width} px too wide"


def test_pages_of_a_file_are_accessible_and_fit(context, page, grant, file, live_server) -> None:
    enter(context, grant, live_server)
    note = file.notes.filter(visibility="team").get()
    pages = [
        ("file", file.uid), ("notes", file.uid), ("note_write", file.uid), ("note", note.uid), ("note_edit", note.uid),
        ("file_close", file.uid), ("edit_in_place", "demarche", file.steps.get().uid),
    ]  # fmt: skip
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for name, *args in pages:
            page.goto(url(name, *args))
            assert_accessible(page)
            fits(page)


def test_a_file_is_worked_on_by_keyboard_alone(context, page, grant, file, live_server) -> None:
    enter(context, grant, live_server)
    page.goto(url("file", file.uid))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("n")
    page.wait_for_url("**/notes/ecrire/")
    page.get_by_label("Texte de la note").focus()
    page.keyboard.type("sans souris, n et b s’écrivent")
    page.get_by_role("button", name="Enregistrer la note").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#notes")
    expect(page.get_by_text("sans souris, n et b s’écrivent")).to_be_visible()
    page.keyboard.press("?")
    page.get_by_label("Raccourcis d’une seule lettre").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("article[data-file]")).to_be_visible()


def test_a_step_is_changed_and_changed_back_in_its_row(context, page, grant, file, live_server) -> None:
    enter(context, grant, live_server)
    page.goto(url("file", file.uid))
    row = page.locator("#plan li[data-in-place]")
    row.get_by_role("link", name="Modifier : Chercher un logement").press("Enter")
    field = row.get_by_label("Démarche")
    expect(field).to_be_visible()
    field.fill("Signer un bail")
    field.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("Enregistré")
    assert_accessible(page)
    assert page.url.endswith(url("file", file.uid)), "on the very page"
    row.get_by_role("button", name="Annuler cette modification").press("Enter")
    expect(row.get_by_role("status")).to_contain_text("Modification annulée")
    assert file.steps.get().title == "Chercher un logement"


def test_two_browsers_on_one_step(chromium: Browser, context, page, grant, file, live_server) -> None:
    other = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=grant.region, service_point=grant.service_point)
    elsewhere = chromium.new_context(base_url=live_server.url, locale="fr-CA")
    enter(context, grant, live_server)
    enter(elsewhere, other, live_server)
    second, address = elsewhere.new_page(), url("edit_in_place", "demarche", file.steps.get().uid)
    page.goto(url("file", file.uid))
    row = page.locator("#plan li[data-in-place]")
    row.get_by_role("link", name="Modifier : Chercher un logement").click()
    second.goto(address)
    second.get_by_label("Démarche").fill("Signer un bail")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_role("status")).to_contain_text("Enregistré")
    row.get_by_label("Démarche").fill("Visiter trois logements")
    row.get_by_role("button", name="Enregistrer").click()
    expect(row.get_by_text("Signer un bail")).to_be_visible()
    expect(row.get_by_text("Visiter trois logements")).to_be_visible()
    expect(row.get_by_text(other.user.name)).to_be_visible()
    assert_accessible(page)
    row.get_by_label("Visiter trois logements").check()
    row.get_by_role("button", name="Enregistrer mes choix").click()
    expect(row.get_by_role("status")).to_contain_text("Enregistré")
    assert file.steps.get().title == "Visiter trois logements"
    elsewhere.close()


@pytest.mark.parametrize(("name", "field"), [("note_write", "text"), ("follow_up", "note"), ("file_close", "summary")])
def test_a_draft_survives_a_closed_tab(context, page, grant, file, live_server, name: str, field: str) -> None:
    enter(context, grant, live_server)
    page.goto(url(name, file.uid))
    typed(page, field, "Un texte à moitié écrit")
    page.close()
    again = context.new_page()
    again.goto(url(name, file.uid))
    expect(again.locator(f"[name={field}]")).to_have_value("Un texte à moitié écrit")


def test_a_draft_outlives_a_session_that_ends_and_no_one_else_reads_it(context, page, grant, file, live_server) -> None:
    other = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=grant.region, service_point=grant.service_point)
    enter(context, grant, live_server)
    page.goto(url("note_write", file.uid))
    typed(page, "text", "Écrit par la première")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto("/compte/login/")
    assert drafts(page), "the session ended by itself: what was typed waits"
    enter(context, grant, live_server)
    page.goto(url("note_write", file.uid))
    expect(page.locator("[name=text]")).to_have_value("Écrit par la première")
    enter(context, other, live_server)
    page.goto(url("note_write", file.uid))
    expect(page.locator("[name=text]")).to_have_value("")
    assert not drafts(page), "nothing of the first person is left on the device"


def test_a_draft_goes_with_the_saving(context, page, grant, file, live_server) -> None:
    enter(context, grant, live_server)
    page.goto(url("note_write", file.uid))
    typed(page, "text", "Une note entière")
    page.get_by_role("button", name="Enregistrer la note").click()
    page.wait_for_url("**#notes")
    assert not drafts(page)


def typed(page: Page, field: str, words: str) -> None:
    """Type, and wait until the page has kept it."""
    page.locator(f"[name={field}]").fill(words)
    page.evaluate(UNTIL_KEPT)


def drafts(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('arrimage-draft'))")
