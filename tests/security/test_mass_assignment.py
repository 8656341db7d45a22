"""Fields added to every form: what the form does not ask for, nobody gives."""

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import BooleanField, DateField, Field, ForeignKey, IntegerField

from tests.permissions.world import World
from tests.security.hostile import ours
from tests.security.pages import Found, posting_forms, send
from tests.security.theirs import Theirs

pytestmark = pytest.mark.django_db

SENTINEL = "Ajout-7e5"
NUMBER = 987_654_321
DAY = "1903-02-01"
POWERS = {
    "is_superuser": "on", "is_staff": "on", "is_admin": "1", "permissions": "all", "groups": "1", "admin": "true",
    "actor": "1", "actor_name": SENTINEL, "password": SENTINEL * 3,
}  # fmt: skip


def extra_fields(theirs: Theirs) -> dict[str, Any]:
    """Return one value for the name of every column there is, each recognisable where it must not be found."""
    others = {label: records[0].pk for label, records in theirs.records.items()}
    extra: dict[str, Any] = {}
    for model in ours():
        for field in model._meta.concrete_fields:
            value = value_for(field, others)
            extra.setdefault(field.name, value)
            extra.setdefault(field.attname, value)
    return POWERS | extra


def value_for(field: Field, others: dict[str, Any]) -> Any:
    if isinstance(field, ForeignKey):
        return others.get(field.related_model._meta.label_lower, NUMBER)
    if isinstance(field, BooleanField):
        return "on"
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, DateField):
        return DAY
    return NUMBER if isinstance(field, IntegerField) or field.primary_key else SENTINEL


def test_no_form_takes_a_field_it_does_not_show(world: World, theirs: Theirs) -> None:
    extra, wrong, done = extra_fields(theirs), [], 0
    for found in posting_forms(world):
        filled = found.form.filled()
        asked = {field.name for field in found.form.fields}
        added = {name: value for name, value in extra.items() if name not in asked and name not in filled}
        plain, crowded = effect(world, found, filled), effect(world, found, filled | added)
        done += bool(plain["changed"])
        if crowded["status"] >= 500:
            wrong.append(f"{found}: error {crowded['status']}")
        if crowded["changed"] != plain["changed"]:
            wrong.append(f"{found}: {difference(plain['changed'], crowded['changed'])}")
        if crowded["sentinels"]:
            wrong.append(f"{found}: kept {crowded['sentinels']}")
    assert wrong == []
    assert done > 20, f"only {done} forms did something when filled plainly: the attack tries nothing"


def effect(world: World, found: Found, data: dict[str, Any]) -> dict[str, Any]:
    """Send a form, look at what it wrote (states, rights, dates, whose it is), and undo it."""
    with transaction.atomic():
        since = mark()
        response = send(world.clients[found.role], found.form, data)
        fresh = written(since)
        transaction.set_rollback(True)
    opened = {row["id"] for table, row in fresh if table == "accounts_user"}
    return {
        "status": response.status_code,
        "changed": sorted(str((table, stable(row, opened))) for table, row in fresh),
        "sentinels": sorted(
            f"{table}.{name}" for table, row in fresh for name, value in row.items()
            if value in (NUMBER, DAY) or SENTINEL in str(value)
        ),
    }  # fmt: skip


def mark() -> int:
    """Return the number PostgreSQL marks what this savepoint writes with: what it writes later bears higher ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_content_type (app_label, model) values ('tests', 'mark') returning xmin::text::bigint"
        )
        return cursor.fetchone()[0]


def written(since: int) -> list[tuple[str, dict[str, Any]]]:
    """Return every row of every table of ours written since."""
    tables = sorted({model._meta.db_table for model in ours()} - LEDGERS)
    each = [f"select '{table}', to_jsonb(t) from {table} t where xmin::text::bigint >= {since}" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(each))
        return [(table, json.loads(row) if isinstance(row, str) else row) for table, row in cursor.fetchall()]


# They tell what was written elsewhere; the last is closed to the web.
LEDGERS = {"foundation_change", "journal_reading", "accounts_cache", "people_nameword"}
VOLATILE = (
    "id", "uid", "about", "at", "since", "version", "key", "token", "digest", "password", "login", "number", "search",
    "file",
)  # fmt: skip
STABLE = ("region_id", "agent_id", "user_id", "organisation_id", "employer_id", "person_id", "service_point_id")


def stable(row: dict[str, Any], opened: set[int]) -> list[tuple[str, str]]:
    """Return what of a row is the same each time a form is sent: not its keys, its instants, its new parents, nor the
    account just `opened`."""
    names = [name for name in row if not name.endswith(VOLATILE) or name in STABLE]
    names = [name for name in names if name != "user_id" or row[name] not in opened]
    return sorted((name, str(row[name])) for name in names)


def difference(plain: list[str], crowded: list[str]) -> str:
    return " / ".join(sorted(set(plain) ^ set(crowded)))[:600]


def test_the_attack_knows_every_column(theirs: Theirs) -> None:
    extra = extra_fields(theirs)
    for name in ("region", "region_id", "status", "agent", "person", "is_active", "role", "granted_by", "version"):
        assert name in extra
