"""Letters leave once, through a real SMTP conversation, wherever the worker that sends them is killed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from arrimage.accounts import letters, worker
from arrimage.accounts.context import acting_as
from arrimage.accounts.jobs import Job
from arrimage.accounts.letters import WRITERS, Written, post
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.accounts.smtp import EmailBackend
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from tests.accounts.dying import after, before, die, try_again_now, work_until_death
from tests.accounts.mailbox import Mailbox, mail_server
from tests.jobs.running import empty_queue, queue

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "tests.news"


def write_news(uid: UUID) -> Written:
    return Written("reception@organisme.example", "fr", "link_code", {"code": str(uid), "minutes": 1, "service": "S"})


@pytest.fixture(autouse=True)
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    monkeypatch.setitem(WRITERS, KIND, write_news)
    empty_queue()
    with mail_server() as box:
        yield box
    empty_queue()


def promise(*about: UUID) -> None:
    actor = system_actor("tests")
    with transaction.atomic(), acting_as(actor):
        post(actor, KIND, *about)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("status", flat=True))


# --- Killed ---------------------------------------------------------------------------------------------------------
def while_writing() -> None:
    WRITERS[KIND] = die


STEPS = {
    "before the job is done": before(letters, "send"),
    "once the letter is held": after(letters, "_held"),
    "while it is written": while_writing,
    "before it is handed over": before(EmailBackend, "send_messages"),
    "once connected": after(EmailBackend, "open"),
    "once its text is given, before its end": before(letters, "_note_apart"),
    "once it was taken, before anything is recorded": after(EmailBackend, "send_messages"),
    "before it is recorded": before(letters, "settle"),
    "once it is recorded, before the end of the transaction": after(letters, "settle"),
    "once the transaction ended, before the job is": after(Job, "run"),
}


def test_a_worker_killed_at_any_step_leaves_one_letter_in_the_box(mailbox: Mailbox) -> None:
    for step, make_it_die in STEPS.items():
        about = new_uid()
        promise(about)

        assert work_until_death(make_it_die), f"not reached: {step}"
        for _ in range(2):
            try_again_now()
            worker.work(once=True)

        found = [message.get_payload(decode=True).decode() for message in mailbox.delivered]
        assert [str(about) in text for text in found] == [True], step
        mailbox.delivered.clear()
    assert "doing" not in {row["status"] for row in queue()}


# --- Once -----------------------------------------------------------------------------------------------------------
def test_a_letter_leaves_once_and_says_so(mailbox: Mailbox) -> None:
    about = new_uid()
    promise(about)
    promise(about)

    worker.work(once=True)
    letters_again = Letter.objects.get()
    with acting_as(system_actor("tests")):
        letters.send(letters_again.uid)

    [message] = mailbox.delivered
    assert states() == ["sent"]
    assert message["Message-ID"] == f"<{letters_again.uid}@arrimage.example>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_promise_that_is_undone_sends_nothing(mailbox: Mailbox) -> None:
    actor = system_actor("tests")
    with transaction.atomic(), acting_as(actor):
        post(actor, KIND, new_uid())
        transaction.set_rollback(True)
    worker.work(once=True)
    assert (states(), mailbox.delivered) == ([], [])


def test_what_has_nothing_to_say_any_more_is_dropped(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITERS, KIND, lambda uid: None)
    promise(new_uid())
    worker.work(once=True)
    assert (states(), mailbox.delivered) == (["dropped"], [])


@pytest.mark.parametrize("answer", ["451 Later", "552 Too much mail"])
def test_a_server_that_says_no_is_asked_again(mailbox: Mailbox, answer: str) -> None:
    mailbox.answers = [answer]
    promise(new_uid())
    worker.work(once=True)
    assert (states(), mailbox.delivered) == (["waiting"], [])
    try_again_now()
    worker.work(once=True)
    assert (states(), len(mailbox.delivered)) == (["sent"], 1)


def test_a_server_away_for_hours_gets_the_letter_when_it_is_back(mailbox: Mailbox, settings: Any) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    promise(new_uid())
    for _ in range(6):
        worker.work(once=True)
        try_again_now()
    assert queue()[0]["status"] == "failed", "the job has given up"
    settings.EMAIL_PORT = port
    Letter.objects.update(created_at=clock.now() - timedelta(hours=5))
    with transaction.atomic(), acting_as(letters.actor_of_the_mail()):
        late = letters.waiting_longer_than(timedelta(minutes=15))
    assert late == [Letter.objects.get().uid]
    with transaction.atomic(), acting_as(letters.actor_of_the_mail()):
        letters.send(late[0])
    assert (states(), len(mailbox.delivered)) == (["sent"], 1)


def test_a_letter_nobody_took_for_days_is_given_up(mailbox: Mailbox) -> None:
    promise(new_uid())
    Letter.objects.update(created_at=clock.now() - timedelta(days=4))
    with transaction.atomic(), acting_as(letters.actor_of_the_mail()):
        assert letters.waiting_longer_than(timedelta(minutes=15)) == []
    assert states() == ["failed"]
    worker.work(once=True)
    assert mailbox.delivered == []


def test_a_dot_at_the_start_of_a_line_is_no_end(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "un\n.\n..deux\nfin"
    monkeypatch.setitem(
        WRITERS,
        KIND,
        lambda uid: Written("a@b.example", "fr", "link_code", {"code": text, "minutes": 1, "service": ""}),
    )
    promise(new_uid())
    worker.work(once=True)
    [message] = mailbox.delivered
    body = message.get_payload(decode=True).decode()
    assert text in body.replace("\r\n", "\n")
