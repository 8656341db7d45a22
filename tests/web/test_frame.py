"""The frame: the person, their role, the language, the way home, the health of the installation."""

from uuid import uuid4

import pytest
from django.test import Client

from arrimage.accounts.enums import Right, Role
from arrimage.web import menu
from arrimage.web.menu import MenuEntry, menu_of
from tests.factories import RoleGrantFactory, UserFactory, actor

pytestmark = pytest.mark.django_db


def test_the_public_page_names_its_language_and_its_direction(client: Client) -> None:
    assert '<html lang="fr" dir="ltr">' in client.get("/").content.decode()
    page = client.get("/ar/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "bootstrap.rtl.min.css" in page


def test_no_page_holds_script_or_style_of_its_own(client: Client) -> None:
    page = client.get("/compte/login/").content.decode()

    assert "style=" not in page
    assert "<script>" not in page
    directives = client.get("/")["Content-Security-Policy"].split(";")  # in no particular order
    assert [part.strip() for part in directives].count("default-src 'self'") == 1


def test_home_of_somebody_without_a_role_says_so(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/chez-moi/").status_code == 403


def test_home_of_the_public_is_the_public_site(client: Client) -> None:
    assert client.get("/chez-moi/")["Location"] == "/"


def test_a_role_is_chosen_among_ones_own(client: Client) -> None:
    grant = RoleGrantFactory(role=Role.INTEGRATION_AGENT)
    other = RoleGrantFactory(user=grant.user, role=Role.TEAM_LEAD)
    stranger = RoleGrantFactory(role=Role.REGIONAL_DIRECTOR)
    client.force_login(grant.user)

    assert "Chef ou cheffe d’équipe" in client.get("/compte/role/").content.decode()
    assert client.post("/compte/role/", {"grant": other.key()}).status_code == 302
    assert client.session["acting_grant"] == other.key()
    for key in [stranger.key(), "accounts.rolegrant:x", "", "auth.user:1"]:
        assert client.post("/compte/role/", {"grant": key}).status_code == 403
    assert client.session["acting_grant"] == other.key()


def test_the_language_is_kept_by_the_account_and_spoken_in_the_working_areas(client: Client) -> None:
    grant = RoleGrantFactory()
    client.force_login(grant.user)
    response = client.post("/compte/langue/", {"language": "en", "next": "/compte/role/"})

    assert response["Location"] == "/compte/role/"
    grant.user.refresh_from_db()
    assert grant.user.language == "en"
    assert '<html lang="en"' in client.get("/compte/role/").content.decode()


def test_a_language_the_account_does_not_know_is_not_kept(client: Client) -> None:
    grant = RoleGrantFactory()
    client.force_login(grant.user)
    client.post("/compte/langue/", {"language": "xx", "next": "https://ailleurs.example/"})

    grant.user.refresh_from_db()
    assert grant.user.language == "fr"


def test_the_public_changes_language_by_its_address(client: Client) -> None:
    assert client.post("/compte/langue/", {"language": "es", "next": "/"})["Location"] == "/es/"


def test_signing_in_by_the_form(client: Client) -> None:
    grant = RoleGrantFactory()
    page = client.get("/compte/login/").content.decode()
    assert "Ouvrir une session" in page
    response = client.post("/compte/login/", {"login": grant.user.email, "password": "motdepasse-des-tests"})

    assert response["Location"] == "/chez-moi/"
    assert "Arrimage" in client.get("/compte/logout/").content.decode()


def test_pages_of_accounts_that_are_not_opened_stay_closed(client: Client) -> None:
    client.force_login(RoleGrantFactory().user)

    assert client.get("/compte/email/").status_code == 403
    assert client.get("/compte/signup/").status_code == 403


def test_the_menu_shows_what_the_role_may_open_and_marks_where_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        MenuEntry("Rôle", "choose_role", Right.ACCOMPANY),
        MenuEntry("Chez moi", "home", (Right.SEE_BILAN, Right.ACCOMPANY)),
        MenuEntry("Ententes", "public:home", Right.SEE_AGREEMENTS),
        MenuEntry("Pas encore", "staff:not_yet", Right.ACCOMPANY),
    ]
    monkeypatch.setattr(menu, "registered", lambda: entries)
    links = menu_of(actor(Role.INTEGRATION_AGENT), "/compte/role/detail/")

    assert [(link.label, link.active) for link in links] == [("Rôle", True), ("Chez moi", False)]
    assert menu_of(None, "/") == []


def test_the_page_of_a_record_is_of_the_entry_it_is_reached_from() -> None:
    links = menu_of(actor(Role.INTEGRATION_AGENT), f"/espace/besoins/{uuid4()}/orienter/")
    assert [link.label for link in links if link.active] == ["Dossiers"]


def test_an_unknown_address_has_a_page_of_ours(client: Client) -> None:
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "Cette page est introuvable" in response.content.decode()


def test_health_and_readiness(client: Client) -> None:
    assert client.get("/sante/").json() == {"web": "ok", "database": "ok"}
    assert client.get("/sante/prete/").json() == {
        "ready": True,
        "pending_migrations": 0,
        "worker": "silent",
        "queue": "ok",
    }
