"""The queue's tables, by raw SQL as the web's role."""

import pytest
from django.db import DatabaseError, connection, transaction

from arrimage.foundation.models import new_uid
from arrimage.foundation.queue import DEFER, STATE, TABLES
from tests import factories as make
from tests.jobs import samples
from tests.jobs.running import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> int:
    return samples.note.defer(make.actor(), uid=new_uid())


def rows(statement: str, *, role: str = "") -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('arrimage.role', %s, true)", [role])
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.parametrize("role", ["", "system", "administrator", "privacy_officer"])
@pytest.mark.parametrize("table", TABLES)
def test_nobody_but_a_worker_sees_the_queue(table: str, role: str, waiting: int) -> None:
    assert rows(f"select * from {table}", role=role) == []


@pytest.mark.parametrize("role", ["", "system", "regional_director"])
def test_nobody_but_a_worker_changes_the_queue(role: str, waiting: int) -> None:
    assert rows("update procrastinate_jobs set task_name = 'other' returning id", role=role) == []
    assert rows("delete from procrastinate_jobs returning id", role=role) == []
    for statement in (
        "insert into procrastinate_jobs (queue_name, task_name) values ('default', 'forged') returning id",
        f"insert into procrastinate_events (job_id, type) values ({waiting}, 'succeeded') returning id",
        "insert into procrastinate_workers default values returning id",
        "insert into procrastinate_periodic_defers (task_name) values ('forged') returning id",
    ):
        with pytest.raises(DatabaseError, match="row-level security"):
            rows(statement, role=role)
    assert [row["task_name"] for row in queue()] == ["tests.note"]


def test_nobody_but_a_worker_takes_or_ends_a_job(waiting: int) -> None:
    assert rows("select id from procrastinate_fetch_job_v2(null, null)") == [(None,)]
    with pytest.raises(DatabaseError, match="not found"):
        rows(f"select procrastinate_finish_job_v1({waiting}, 'succeeded', false)")
    assert rows(f"select procrastinate_cancel_job_v1({waiting}, true, true)") == [(None,)]
    assert queue()[0]["status"] == "todo"


def test_a_worker_takes_and_ends_a_job(waiting: int) -> None:
    assert rows("select id from procrastinate_fetch_job_v2(null, null)", role="worker") == [(waiting,)]
    rows(f"select procrastinate_finish_job_v1({waiting}, 'succeeded', false)", role="worker")
    assert queue()[0]["status"] == "succeeded"


@pytest.mark.parametrize("function", [DEFER, STATE])
def test_what_runs_as_the_owner_has_a_fixed_path_and_is_not_for_everybody(function: str) -> None:
    [(definer, path, acl)] = rows(
        f"select prosecdef, proconfig::text, proacl::text from pg_proc where oid = '{function}'::regprocedure"
    )
    assert definer
    assert "pg_catalog, public, pg_temp" in str(path)
    assert "{=X" not in str(acl)
    assert ",=X" not in str(acl)
