"""What each answer carries, at every address, for somebody signed in and for nobody."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.permissions.rules import RULES
from tests.permissions.world import ANONYMOUS, World
from tests.security.pages import text

pytestmark = pytest.mark.django_db

WANTED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


STRICT = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
OF_DOCUMENTS = {"sandbox": [], "default-src": ["'none'"]}  # shown as they are, with no power at all


def assert_strict(policy: str) -> None:
    directives = dict((words[0], words[1:]) for part in policy.split(";") if (words := part.split()))
    assert directives in (STRICT, OF_DOCUMENTS), policy


def address_of(name: str, world: World) -> str:
    return reverse(name, kwargs=RULES[name].arguments(world)) + RULES[name].query


@pytest.mark.parametrize("name", RULES)
def test_every_answer_is_guarded(name: str, world: World) -> None:
    rule = RULES[name]
    for role in {ANONYMOUS, *sorted(rule.allowed)[:1], "newcomer"}:
        response = world.clients[role].get(address_of(name, world))
        text(response)  # a document is read from its file, which is then closed
        for header, value in WANTED.items():
            assert response.headers.get(header) == value, (role, header)
        assert_strict(response.headers["Content-Security-Policy"])
        assert "camera=()" in response.headers["Permissions-Policy"]
        if role != ANONYMOUS:
            assert response.headers["Cache-Control"] == "no-store", role


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if ANONYMOUS not in rule.allowed])
def test_a_refusal_is_kept_by_no_cache(name: str, world: World) -> None:
    assert world.clients[ANONYMOUS].get(address_of(name, world)).headers["Cache-Control"] == "no-store"


def test_a_page_of_the_public_may_be_kept() -> None:
    response = Client().get(reverse("public:home"))
    assert "no-store" not in response.headers.get("Cache-Control", "")


@pytest.mark.urls("tests.security.broken")
def test_an_error_of_ours_says_nothing_of_the_inside() -> None:
    response = Client(raise_request_exception=False).get("/en-panne/")
    assert response.status_code == 500
    assert response.headers["Cache-Control"] == "no-store"
    assert_strict(response.headers["Content-Security-Policy"])
    assert "Un problème est survenu" in response.content.decode()
    for inside in ("Nadia", "RuntimeError", "Traceback", "broken.py"):
        assert inside not in response.content.decode()


def test_an_address_that_does_not_exist_is_guarded_too() -> None:
    response = Client().get("/n-existe-pas/")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert_strict(response.headers["Content-Security-Policy"])
    for inside in ("urlconf", "Traceback", "arrimage.config"):
        assert inside not in response.content.decode()


def test_signing_out_clears_what_the_browser_kept(world: World) -> None:
    client = Client()
    client.force_login(world.users["integration_agent"])
    response = client.post(reverse("account_logout"))
    assert response.status_code == 302
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(address_of("staff:files", world)).status_code == 302, "the session is over"


def test_cookies_are_hidden_from_scripts_and_from_other_sites(world: World) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.force_login(world.users["integration_agent"])
    client.post(reverse("switch_language"), {"language": "en"})
    client.get(reverse("staff:home"))
    assert settings.CSRF_COOKIE_NAME in client.cookies
    assert settings.SESSION_COOKIE_NAME in client.cookies
    for name, cookie in client.cookies.items():
        if name == settings.SESSION_COOKIE_NAME:
            continue  # written by the test's own sign-in: its settings are checked below
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
