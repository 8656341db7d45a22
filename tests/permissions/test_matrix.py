"""Every address × every role, with real objects: an allowed case that returns content, denied ones, anonymous included.

The rules are `rules.RULES`, written apart from the marks on the views. Reading changes nothing; what is refused changes
nothing either.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests import roles
from tests.permissions.rules import RULES, Rule
from tests.permissions.world import ANONYMOUS, ELSEWHERE, EMPLOYER, EVERYBODY, ORGANISATION, PERSON, World, build
from tests.web.test_every_view import served

# Whose refused writing is tried at every address: nobody, the most trusted, and the least.
WRITERS = frozenset({ANONYMOUS, "regional_director", "administrator", "partner_worker"})


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """The world, written once, around the transactions of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        roles.become_web_role(for_transaction=True)
        roles.act_as_tests()
        world = build()
        world.sign_everybody_in()
        yield world
        transaction.set_rollback(True)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    names = {name for name, _pattern in served(get_resolver())}
    assert names - RULES.keys() == set(), "addresses without a rule"
    assert RULES.keys() - names == set(), "rules without an address"


def test_every_rule_allows_somebody_and_refuses_somebody_unless_public() -> None:
    closed = {name for name, rule in RULES.items() if not rule.allowed}
    of_others = {name for name in closed if name.startswith(("account_", "mfa_", "socialaccount_"))}
    assert closed == of_others, "only pages of others stay closed to all"


@pytest.mark.parametrize("name", RULES)
@pytest.mark.django_db
def test_address(name: str, world: World) -> None:
    rule = RULES[name]
    address = reverse(name, kwargs=rule.arguments(world)) + rule.query
    before = world.fingerprint()
    for key in [*sorted(EVERYBODY), *sorted(key for key in world.users if key.endswith(ELSEWHERE))]:
        role, _, place = key.partition("@")
        client = world.clients[key]
        if role not in rule.allowed:
            denied(client, address, key, write_too=key in WRITERS)
        elif place and rule.elsewhere == "hidden":
            hidden(client, address, key)
        elif rule.post is None:
            shown(client, address, key, rule, ours=not place or rule.elsewhere == "same")
    assert world.fingerprint() == before, "a reading or a refusal changed something"
    if rule.post is not None:
        for role in sorted(rule.allowed):
            posted(world, role, name, address, rule)


def denied(client: Client, address: str, key: str, *, write_too: bool) -> None:
    """Refused as the mark of the view says, before it runs: reading for everybody, writing for some of each address."""
    read = client.get(address)
    if key == ANONYMOUS:
        assert read.status_code in (302, 403), (key, read.status_code)
        assert read.status_code != 302 or read["Location"].startswith("/compte/login/"), (key, read["Location"])
    else:
        assert read.status_code in (403, 404), (key, read.status_code)
    assert_silent(read, key)
    if write_too:
        write = client.post(address)
        assert write.status_code in (403, 404, 405), (key, write.status_code)
        assert_silent(write, key)


def hidden(client: Client, address: str, key: str) -> None:
    """A counterpart elsewhere cannot tell that the object exists."""
    read, write = client.get(address), client.post(address)
    assert read.status_code in (404, 405), (key, read.status_code)
    assert write.status_code in (404, 405), (key, write.status_code)
    assert 404 in (read.status_code, write.status_code), key
    for response in (read, write):
        assert_silent(response, key)


def shown(client: Client, address: str, key: str, rule: Rule, *, ours: bool) -> None:
    response = client.get(address)
    if rule.status == 0:  # a page of others: open, whatever it answers
        assert response.status_code in (200, 302), (key, response.status_code)
        return
    assert response.status_code == rule.status, (key, response.status_code)
    body = content(response)
    if rule.status == 200:
        assert len(body) > 10, key
    if ours:
        assert rule.shows in body, (key, rule.shows)
    else:
        assert PERSON not in body, key
        assert EMPLOYER not in body, key


def posted(world: World, role: str, name: str, address: str, rule: Rule) -> None:
    with transaction.atomic():
        before = world.fingerprint()
        response = world.clients[role].post(address, rule.post(world) if rule.post else {})
        assert response.status_code in (200, 302), (role, response.status_code)
        if name != "switch_language":
            assert world.fingerprint() != before, f"{role} may post to {name}, and nothing changed"
        transaction.set_rollback(True)


def assert_silent(response, key: str) -> None:
    body = content(response)
    for secret in (PERSON, EMPLOYER, ORGANISATION):
        assert secret not in body, (key, secret)


def content(response) -> str:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode()
    return response.content.decode(errors="replace")  # a PDF is no text
