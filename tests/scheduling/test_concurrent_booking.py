"""Two hundred attempts at once for twenty free times, over HTTP, while a worker of the server is killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from uuid_utils.compat import uuid7

from arrimage.accounts.enums import Role
from arrimage.config.database import owner_address
from arrimage.foundation import clock
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.scheduling.queries import free_slots
from arrimage.territory.working_days import add_working_days
from arrimage.web.times import slot_key
from tests import factories as make
from tests.demonstration.installation import wait_for
from tests.scheduling.attempts import PATIENCE

FREE, ATTEMPTS, CLIENTS = 20, 200, 8
TOKEN = "a" * 32


@pytest.mark.django_db(transaction=True)
def test_twenty_times_are_given_once_each_and_the_others_are_told_the_next_ones() -> None:
    office = make.ServicePointFactory()
    agents = [make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office) for _ in range(4)]
    files = make.FileFactory.create_batch(ATTEMPTS, service_point=office)
    first = add_working_days(clock.today(), 3)
    slots = list(free_slots(office, first, first + (first - clock.today())))[:FREE]
    forms = [
        {
            "path": f"{reverse('staff:appointment_book', args=[file.uid])}?first={first}&any_agent=on",
            "fields": {
                "slot": slot_key(slots[number % FREE]), "persons": str(file.uid), "key": str(uuid7()),
                "csrfmiddlewaretoken": TOKEN,
            },
        }
        for number, file in enumerate(files)
    ]  # fmt: skip
    with served() as (port, server):
        clients = [start(port, agents[number % len(agents)].user, forms[number::CLIENTS]) for number in range(CLIENTS)]
        kill_a_worker_under_way(server, clients)
        answers = [answer for client in clients for answer in ended(client)]
    assert Counter(answer["status"] for answer in answers) == {302: FREE, 200: ATTEMPTS - FREE}
    for answer in answers:
        if answer["status"] == 200:
            assert "Cette heure vient d’être prise" in answer["body"].replace("\u00a0", " ")
            assert 'name="slot"' in answer["body"]  # the next ones, to choose from
    booked = Appointment.objects.filter(service_point=office)
    assert {(each.agent_id, each.starts_at) for each in booked} == {(each.agent.pk, each.starts_at) for each in slots}
    assert booked.count() == FREE
    assert Attendance.objects.values("person").distinct().count() == Attendance.objects.count() == FREE


@contextmanager
def served() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Serve the database of the test by a server of several processes; give its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": owner_address().replace(dbname=name).url()}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "arrimage.cli", "serve", "--port", str(port), "--workers", "3", "--no-worker"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sante/", server)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def start(port: int, user, forms: list) -> "subprocess.Popen[str]":
    """Start a process that sends these forms at once, signed in as `user`."""
    client = Client()
    client.force_login(user)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.scheduling.attempts"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    asked = {"port": port, "cookies": f"{session}; {settings.CSRF_COOKIE_NAME}={TOKEN}", "forms": forms}
    assert process.stdin is not None
    process.stdin.write(json.dumps(asked))
    process.stdin.close()
    process.stdin = None
    return process


def ended(client: "subprocess.Popen[str]") -> list:
    output, _nothing = client.communicate(timeout=2 * PATIENCE)
    assert client.returncode == 0
    return json.loads(output)


def kill_a_worker_under_way(server: "subprocess.Popen[bytes]", clients: list) -> None:
    """Kill one process of the server once the first time has been booked."""
    while not Appointment.objects.exists():
        with suppress(subprocess.TimeoutExpired):  # let them work, rather than ask without a pause
            server.wait(timeout=0.1)
        assert server.poll() is None
        assert any(client.poll() is None for client in clients), [ended(client)[0] for client in clients]
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    workers = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[0], signal.SIGKILL)
