"""Text messages leave once, through a real HTTP conversation, in the hours when telephones may ring."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from arrimage.accounts import letters
from arrimage.accounts.context import acting_as
from arrimage.accounts.letters import WRITERS, Texted, post
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.accounts.texting import NotTaken
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from tests.jobs.running import empty_queue

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "tests.text"


class Provider:
    """A provider of the tests' own: what it took, and the answers it gives next (200 when none is left)."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.answers: list[int | None] = []

    def answer(self, body: dict[str, Any], headers: dict[str, str]) -> int | None:
        status = self.answers.pop(0) if self.answers else 202
        if status is None or status < 300:
            self.taken.append((body, headers))
        return status


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    kept = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = kept.answer(body, dict(self.headers))
            if status is None:  # taken, then the line is cut
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/messages", "secret"
    settings.SMS_HOURS = (0, 24)
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Letter]:
    """Promise a text message that gives a code."""

    def write(uid: UUID) -> Texted:
        return Texted("+15145550101", ("fr",), "appointment_where", {"appointment": {"mode": "phone"}, "point": None})

    monkeypatch.setitem(WRITERS, KIND, write)
    empty_queue()
    actor = system_actor("tests")
    with transaction.atomic(), acting_as(actor):
        post(actor, KIND, new_uid())
    yield Letter.objects.get()
    empty_queue()


def send(letter: Letter) -> str:
    with transaction.atomic(), acting_as(letters.actor_of_the_mail()):
        letters.send(letter.uid)
    letter.refresh_from_db()
    return letter.status


def test_a_message_is_posted_with_its_reference_and_the_token(provider, waiting):
    assert [send(waiting), send(waiting)] == ["sent", "sent"]
    [(body, headers)] = provider.taken
    assert body == {
        "to": "+15145550101", "from": "Arrimage", "body": "Nous vous appelons.", "reference": str(waiting.uid)
    }  # fmt: skip
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == str(waiting.uid)


@pytest.mark.parametrize("answer", [429, 500, 503])
def test_one_not_taken_waits_and_leaves_at_the_next_try(provider, waiting, answer):
    provider.answers = [answer]
    with pytest.raises(NotTaken):
        send(waiting)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"
    assert send(waiting) == "sent"
    assert len(provider.taken) == 1


@pytest.mark.parametrize("answer", [400, 404, 302])
def test_one_refused_is_not_tried_again(provider, waiting, answer):
    provider.answers = [answer]
    assert [send(waiting), send(waiting)] == ["failed", "failed"]
    assert provider.taken == []


def test_an_answer_that_is_lost_is_not_asked_twice(provider, waiting):
    provider.answers = [None]
    send(waiting)
    send(waiting)
    assert len(provider.taken) == 1


def test_a_provider_that_is_away_takes_nothing_and_the_message_waits(provider, waiting, settings):
    away = settings.SMS_URL
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.SMS_URL = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(NotTaken):
        send(waiting)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"
    settings.SMS_URL = away
    assert send(waiting) == "sent"


@pytest.mark.parametrize(
    ("hour", "minute", "status"), [(8, 59, "waiting"), (9, 0, "sent"), (19, 59, "sent"), (20, 0, "waiting")]
)
def test_telephones_are_left_quiet_in_the_night(provider, waiting, settings, monkeypatch, hour, minute, status):
    settings.SMS_HOURS = (9, 20)
    monkeypatch.setattr(letters.clock, "now", lambda: clock.at(clock.today(), hour, minute))
    assert send(waiting) == status
    assert len(provider.taken) == (status == "sent")


def test_without_a_provider_messages_are_written_on_the_console(waiting, settings, capsys):
    settings.SMS_URL, settings.SMS_HOURS = "", (0, 24)
    assert send(waiting) == "sent"
    assert "Nous vous appelons." in capsys.readouterr().out
