"""Requests no browser of ours sends: without a token, too large, to another host, back to another site."""

from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from arrimage.accounts.models import User
from tests.factories import PASSWORD
from tests.permissions.rules import RULES
from tests.permissions.world import World
from tests.security.pages import pages, posting_forms, send, text

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "//evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/\t/evil.example",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
]


def leads_elsewhere(location: str) -> bool:
    parts = urlsplit(location)
    return parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http", "https") or "\\" in location[:2]


@pytest.mark.parametrize("name", RULES)
def test_a_post_without_its_token_is_refused_at_every_address(name: str, world: World) -> None:
    rule = RULES[name]
    before = world.fingerprint()
    for role in sorted(rule.allowed)[:1]:
        client = Client(enforce_csrf_checks=True)
        client.cookies = world.clients[role].cookies.copy()
        address = reverse(name, kwargs=rule.arguments(world))
        data = rule.post(world) if rule.post else {}
        for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_HX_REQUEST": "true"}):
            response = client.post(address, data, **headers)
            assert response.status_code in (403, 404, 405), (role, response.status_code)
            forged = client.post(address, data | {"csrfmiddlewaretoken": "a" * 64}, **headers)
            assert forged.status_code in (403, 404, 405), (role, forged.status_code)
    assert world.fingerprint() == before


def test_every_form_that_posts_carries_its_token(world: World) -> None:
    found = posting_forms(world)
    without = [str(one) for one in found if "csrfmiddlewaretoken" not in {field.name for field in one.form.fields}]
    assert without == []
    assert len(found) > 30, "the test no longer sees the forms"


def test_no_form_sends_its_token_in_an_address(world: World) -> None:
    for page in pages(world):
        for form in page.forms:
            if form.method == "get":
                assert "csrfmiddlewaretoken" not in {field.name for field in form.fields}, page.name


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(target: str, world: World) -> None:
    user: User = world.users["privacy_officer"]
    user.set_password(PASSWORD)
    user.save()
    response = Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": target})
    assert response.status_code == 302, "the sign-in itself works"
    assert not leads_elsewhere(response["Location"]), response["Location"]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("name", ["switch_language", "choose_role", "account_logout"])
def test_changing_role_or_language_and_signing_out_lead_to_no_other_site(name: str, target: str, world: World) -> None:
    client = Client()
    client.force_login(world.users["integration_agent"])
    response = client.post(
        reverse(name) + "?next=" + target,
        {"next": target, "language": "en", "grant": world.grant_integration_agent.key()},
        HTTP_REFERER=target,
    )
    assert response.status_code == 302
    assert not leads_elsewhere(response["Location"]), response["Location"]


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/"])
def test_no_form_of_any_page_leads_to_another_site(target: str, world: World) -> None:
    given = dict.fromkeys(("next", "return", "back", "redirect", "url", "retour", "suite"), target)
    for found in posting_forms(world):
        with transaction.atomic():
            response = world.clients[found.role].post(
                f"{found.form.action.split('?')[0]}?{urlencode(given)}",
                found.form.filled() | given,
                HTTP_REFERER=target,
            )
            transaction.set_rollback(True)
        assert response.status_code < 500, (str(found), response.status_code)
        assert not leads_elsewhere(response.get("Location", "")), (str(found), response["Location"])


@pytest.mark.parametrize("name", RULES)
def test_nothing_sent_becomes_a_header(name: str, world: World) -> None:
    """A line break in the query, the path or a name never starts a header of ours."""
    rule = RULES[name]
    attack = "x%0d%0aX-Injected:%20yes%0d%0a%0d%0a<script>"
    plain = "x\r\nX-Injected: yes"
    for role in sorted(rule.allowed)[:1]:
        client = world.clients[role]
        address = reverse(name, kwargs=rule.arguments(world))
        query = "&".join(f"{key}={attack}" for key in ("q", "next", "sort", "export", "page", "format", "_export"))
        response = client.get(f"{address}?{query}")
        text(response)
        assert response.status_code < 500, response.status_code
        assert "X-Injected" not in response.headers
        assert not any("\n" in value or "\r" in value for value in response.headers.values())
        response = client.get(address, HTTP_REFERER=plain, HTTP_ACCEPT_LANGUAGE=plain)
        text(response)
        assert "X-Injected" not in response.headers


def test_a_request_too_large_is_refused_before_it_is_read(world: World) -> None:
    client = world.clients["reception_agent"]
    response = client.generic(
        "POST", reverse("reception:manifest_import"), b"x", CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1)
    )
    assert response.status_code == 413
    assert "trop lourd" in response.content.decode()
    for length in ("-1", "beaucoup", "1e9"):
        assert client.generic("POST", "/", b"x", CONTENT_LENGTH=length).status_code == 413


def test_more_typed_than_anybody_types_is_refused(world: World) -> None:
    client = world.clients["integration_agent"]
    address = reverse("staff:need_add", kwargs={"uid": world.file.uid})
    before = world.fingerprint()
    assert client.post(address, {"label": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}).status_code == 400
    assert client.post(address, {f"f{n}": "x" for n in range(2100)}).status_code == 400
    many = {f"f{n}": SimpleUploadedFile(f"{n}.txt", b"x") for n in range(25)}
    assert client.post(address, many).status_code == 400
    assert world.fingerprint() == before


def test_an_oversized_body_is_refused_by_every_form(world: World) -> None:
    before = world.fingerprint()
    for found in posting_forms(world):
        client = Client(enforce_csrf_checks=True)  # which reads what is sent, as every real request has it read
        client.cookies = world.clients[found.role].cookies.copy()
        response = send(client, found.form, {"trop": "x" * (3 * 1024 * 1024)})
        assert response.status_code == 400, str(found)
    assert world.fingerprint() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_another_method_changes_and_shows_nothing(method: str, world: World) -> None:
    before = world.fingerprint()
    for name, rule in RULES.items():
        for role in sorted(rule.allowed)[:1]:
            client = Client(enforce_csrf_checks=True)
            client.cookies = world.clients[role].cookies.copy()
            response = client.generic(method, reverse(name, kwargs=rule.arguments(world)))
            assert response.status_code < 500, (name, response.status_code)
            assert response.status_code in (200, 204, 302, 403, 404, 405), (name, response.status_code)
    assert world.fingerprint() == before
