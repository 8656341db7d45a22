"""The worker, on transactions that commit: it takes jobs through the walls, and its own connection only."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from arrimage.accounts import worker
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import actor_of, system_actor
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.foundation.queue import queue_state
from arrimage.territory.models import Place
from tests import factories as make
from tests.jobs import samples
from tests.jobs.running import empty_queue, queue
from tests.roles import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _worker_is_the_web(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connect the worker's own connection as the web's role, as in an installation; the tests' is the owner's."""
    plain = worker.connection_parameters

    def as_web() -> dict[str, Any]:
        given = plain()
        return given | {"options": f"{given['options']} -c role={settings.WEB_ROLE}"}

    monkeypatch.setattr(worker, "connection_parameters", as_web)
    samples.DONE.clear()
    empty_queue()
    yield
    empty_queue()


def one(name: str) -> dict[str, Any]:
    [row] = [row for row in queue() if row["task_name"] == name]
    return row


def test_a_job_is_done_once_in_the_name_of_its_actor() -> None:
    actor, uid = make.actor(Role.TEAM_LEAD), new_uid()
    samples.note.defer(actor, uid=uid)

    worker.work(once=True)
    worker.work(once=True)

    assert [(actor, uid, None, "", 0, False)] == samples.DONE
    assert one("tests.note")["status"] == "succeeded"


def test_what_a_failed_job_wrote_is_undone_and_its_error_s_text_is_not_kept() -> None:
    place = Place.objects.create(region=make.region(), kind="borough", name="Ahuntsic de test")
    samples.fail_half_way.defer(make.actor(), place=place.pk)

    worker.work(once=True)

    place.refresh_from_db()
    assert place.name == "Ahuntsic de test"
    row = one("tests.fail_half_way")
    assert (row["status"], row["args"]["failure"]) == ("failed", "RuntimeError")
    assert "Nadia" not in str(row)


def test_a_job_of_somebody_who_left_fails_with_a_sentence() -> None:
    grant = make.RoleGrantFactory(role=Role.TEAM_LEAD, starts_on=clock.today() - timedelta(days=30))
    samples.note.defer(actor_of(grant), uid=new_uid())
    grant.ends_on = clock.today() - timedelta(days=1)
    grant.save()

    worker.work(once=True)

    row = one("tests.note")
    assert (row["status"], row["attempts"]) == ("failed", 1), "a refusal is not tried again"
    assert "n’a plus le rôle" in row["args"]["failure"]
    assert samples.DONE == []


def test_an_unexpected_error_is_tried_again_later() -> None:
    samples.retried.defer(make.actor())

    worker.work(once=True)

    assert (one("tests.retried")["status"], one("tests.retried")["attempts"]) == ("todo", 1)


def test_a_job_asked_for_by_a_job_goes_with_its_transaction() -> None:
    samples.ask_for_another.defer(make.actor(), uid=new_uid())

    worker.work(once=True)

    assert one("tests.ask_for_another")["status"] == "failed"
    assert [row for row in queue() if row["task_name"] == "tests.note"] == []


def test_the_clock_s_jobs_are_done_when_due_and_once() -> None:
    worker.work(once=True)
    first = one("accounts.forget_sessions")
    worker.work(once=True)

    assert first["status"] == "succeeded"
    assert first["args"]["actor"] == {"system": "clock"}
    assert one("accounts.forget_sessions") == first


def test_a_dead_worker_s_job_goes_to_another() -> None:
    samples.who.defer(system_actor("clock", Right.ACCOMPANY))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id"
        )
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where task_name = 'tests.who'",
            cursor.fetchone(),
        )

    worker.work(once=True)

    assert len(samples.DONE) == 1
    assert (one("tests.who")["status"], one("tests.who")["attempts"]) == ("succeeded", 2)


def test_a_job_that_brought_down_every_worker_is_left_aside() -> None:
    samples.who.defer(system_actor("clock", Right.ACCOMPANY))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', attempts = 5 where task_name = 'tests.who'")

    worker.work(once=True)

    assert one("tests.who")["status"] == "failed"
    assert samples.DONE == []


def test_what_was_done_long_ago_is_forgotten() -> None:
    samples.note.defer(make.actor(), uid=new_uid())
    worker.work(once=True)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '31 days'")

    worker.work(once=True)

    assert [row for row in queue() if row["task_name"] == "tests.note"] == []


def test_the_state_of_the_queue_is_known_without_seeing_it() -> None:
    assert queue_state().waiting == 0
    with transaction.atomic():
        samples.note.defer(make.actor(), uid=new_uid())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '1 hour'")
        cursor.execute("insert into procrastinate_workers default values")

    state = queue_state()

    assert (state.waiting, state.late, state.running, state.failed, state.workers) == (1, 1, 0, 0, 1)
