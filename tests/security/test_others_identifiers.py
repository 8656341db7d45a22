"""Identifiers of others, in each field of each form: nothing of theirs is changed, joined, or shown."""

import pytest
from django.db import transaction
from django.urls import reverse

from arrimage.accounts.enums import PROVINCE_WIDE_ROLES
from tests.permissions.rules import RULES
from tests.permissions.world import World
from tests.security.pages import Found, posting_forms, send, text
from tests.security.theirs import SECRET, Theirs, identifier, names_of_relations, traces

pytestmark = pytest.mark.django_db

# Directory pages are the same for the whole ministry: a service or an organisation of another region may be named.
LARGEST_CHOICE = 31
# Arguments of addresses that are no record of theirs: a session of one's own, a number of months.
NO_RECORD = {("session_end", "key"), ("staff:milestone", "months")}
NAMED_BY_RIGHT = {
    ("staff:refer", "directory.service"),
    ("staff:refer_to", "directory.service"),
}


def test_no_form_reaches_what_is_others(world: World, theirs: Theirs) -> None:
    known = {record: traces(record) for record in theirs.unshared()}
    tried, reached = 0, []
    for found in posting_forms(world):
        filled = found.form.filled()
        for field in found.form.fields:
            if not is_identifier(field.name, [field.value, *field.choices]) or says_what_was_read(field.name):
                continue
            model_of = next(value for value in [field.value, *field.choices] if looks_like_one(value))
            for record in theirs.named(field.name, model_of):
                tried += 1
                problem = attempt(
                    world, found, filled | {field.name: identifier(record, model_of)}, record, known[record]
                )
                if problem and (found.name, record._meta.label_lower) not in NAMED_BY_RIGHT:
                    reached.append(f"{found}: {field.name} = {record._meta.label} → {problem}")
    assert reached == []
    assert tried > 50, "few fields hold identifiers: the test no longer sees the forms"


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.on and rule.elsewhere != "same"])
def test_no_address_reaches_what_is_others(name: str, world: World, theirs: Theirs) -> None:
    """Each address asked for their record of the same kind, by each role that may open it: as if it did not exist."""
    rule = RULES[name]
    arguments = rule.arguments(world)
    for key, value in arguments.items():
        if (name, key) in NO_RECORD:
            continue
        for record in theirs.named(key, str(value)) if looks_like_one(str(value)) else []:
            if (name, record._meta.label_lower) in NAMED_BY_RIGHT:
                continue
            address = reverse(name, kwargs=arguments | {key: identifier(record, str(value))})
            before = traces(record)
            for role in sorted(rule.allowed):
                if role in PROVINCE_WIDE_ROLES:
                    continue
                with transaction.atomic():
                    read = world.clients[role].get(address)
                    write = world.clients[role].post(address, rule.post(world) if rule.post else {})
                    after = traces(record)
                    transaction.set_rollback(True)
                assert {read.status_code, write.status_code} <= {404, 405}, (role, key, record._meta.label)
                assert SECRET not in text(read) + text(write)
                assert after == before, (role, key, record._meta.label)


def attempt(world: World, found: Found, data: dict, record, before: dict) -> str:
    """Send the forged form, undo it, and say what it reached, if anything."""
    with transaction.atomic():
        response = send(world.clients[found.role], found.form, data)
        body = text(response)
        after = traces(record) if not transaction.get_connection().needs_rollback else before
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return f"error {response.status_code}"
    if after != before:
        return "changed " + ", ".join(key for key in before if before[key] != after[key])
    return "shown" if SECRET in body else ""


def says_what_was_read(name: str) -> bool:
    """Say whether a hidden field carries what the page showed, to be compared, and names no record."""
    return name in ("csrfmiddlewaretoken", "version", "digest") or name.startswith(("initial-", "now-"))


def looks_like_one(value: str) -> bool:
    return value.isdecimal() or (len(value) == 36 and value.count("-") == 4)


def is_identifier(name: str, values: list[str]) -> bool:
    """Say whether a field may name a record: by uids, by keys under a relation's name, or by numbers that are no mere
    priority, level or day."""
    numbers = [int(value) for value in values if value.isdecimal()]
    is_a_key = bool(numbers) and (name.rsplit("-", 1)[-1] in names_of_relations() or max(numbers) > LARGEST_CHOICE)
    return is_a_key or any(looks_like_one(value) and not value.isdecimal() for value in values)
