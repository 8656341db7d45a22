"""What the queue keeps of a job, and when."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import transaction

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor, system_actor
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.models import new_uid
from tests import factories as make
from tests.jobs import samples
from tests.jobs.running import do_waiting_jobs, queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    samples.DONE.clear()


def test_the_queue_keeps_uids_codes_and_who_asked() -> None:
    grant = make.RoleGrantFactory(role=Role.TEAM_LEAD)
    actor, uid = make.actor_of(grant), new_uid()

    number = samples.note.defer(actor, uid=uid, day=date(2026, 11, 27), code="06:mtl", count=3, loud=True)

    [row] = queue()
    assert row == {
        "id": number,
        "task_name": "tests.note",
        "status": "todo",
        "attempts": 0,
        "args": {
            "actor": {"user": str(grant.user.uid), "grant": f"accounts.rolegrant:{grant.pk}"},
            "arguments": {"uid": str(uid), "day": "2026-11-27", "code": "06:mtl", "count": 3, "loud": True},
        },
    }
    assert grant.user.name not in str(row)
    assert grant.user.email not in str(row)


def test_what_was_kept_comes_back_as_it_was() -> None:
    actor, uid = make.actor(), new_uid()
    samples.note.defer(actor, uid=uid, day=date(2026, 11, 27), code="a", count=3, loud=True)

    assert do_waiting_jobs() == 1

    [done] = samples.DONE
    assert done == (actor, uid, date(2026, 11, 27), "a", 3, True)


@pytest.mark.parametrize(
    "value",
    ["Nadia Exemple", "nadia@example.org", "Hélène", "514 555-0123", ["a"], {"a": 1}, 1.5, b"x", datetime(2026, 1, 1)],
)
def test_what_could_be_somebody_s_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="code: the queue keeps"):
        samples.note.defer(make.actor(), uid=new_uid(), code=value)
    assert queue() == []


def test_a_model_is_refused() -> None:
    with pytest.raises(TypeError, match="give the uid"):
        samples.note.defer(make.actor(), uid=make.PersonFactory())


def test_unknown_or_missing_arguments_are_refused_at_once() -> None:
    with pytest.raises(TypeError):
        samples.note.defer(make.actor())
    with pytest.raises(TypeError):
        samples.note.defer(make.actor(), uid=new_uid(), name="x")


def test_nobody_defers_nothing() -> None:
    with pytest.raises(NotAllowed):
        samples.who.defer(Actor(user_id=None, name="Personne", role=None))


def test_an_actor_of_the_system_gives_a_job_no_right_it_has_not() -> None:
    with pytest.raises(NotAllowed):
        samples.who.defer(system_actor("clock"))
    samples.who.defer(system_actor("clock", Right.ACCOMPANY, region_id=make.region("06").pk, region_code="06"))
    assert queue()[0]["args"]["actor"] == {"system": "clock", "region": "06"}


def test_a_job_goes_with_the_transaction_it_was_asked_in() -> None:
    actor = make.actor()
    with transaction.atomic():
        samples.note.defer(actor, uid=new_uid())
        transaction.set_rollback(True)
    assert queue() == []


def test_a_job_is_also_a_function() -> None:
    assert samples.note(make.actor(), uid=UUID(int=1)) == "noted"


def test_only_keywords_of_known_kinds_make_a_job() -> None:
    def positional(actor: Actor, uid: UUID) -> None: ...
    def dictionary(actor: Actor, *, what: dict[str, str]) -> None: ...

    for function in (positional, dictionary):
        with pytest.raises(TypeError, match="must be a keyword"):
            job(name=f"tests.{function.__name__}")(function)
