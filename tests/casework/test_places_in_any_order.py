"""Two batches over the same two services, each in its own order: neither waits for the other for ever.

Both are kept waiting until each wants its first row of places, then let go together: taken one at a time, in the order
of the referrals, each batch would then hold the row that the other wants.
"""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.directory.models import PlaceHold, Service
from arrimage.directory.places.locking import lock_places
from tests import factories as f

ATTEMPTS = 600  # of a twentieth of a second
Act = Callable[[Actor], object]


def waiting_for_a_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_locks join pg_stat_activity using (pid)"
            " where not granted and datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def run_together(acts: list[Act], services: list[Service]) -> list[str]:
    """Run the acts at once, each by an agent of its own, once all of them wait for places; return what went wrong."""
    wrong: list[str] = []

    def run(agent: Actor, act: Act) -> None:
        try:
            act(agent)
        except DatabaseError as error:
            wrong.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(f.actor(Role.INTEGRATION_AGENT), act)) for act in acts]
    turn = Event()
    with transaction.atomic():
        lock_places([service.pk for service in services])
        for thread in threads:
            thread.start()
        assert any(waiting_for_a_lock() == len(acts) or turn.wait(0.05) for _ in range(ATTEMPTS))
    for thread in threads:
        thread.join()
    return wrong


@pytest.fixture
def services() -> list[Service]:
    return [f.ServicePlacesFactory().service_at_location.service for _ in range(2)]


def asked(services: list[Service]) -> list[NewReferral]:
    needs = [f.NeedFactory() for _ in services]
    for need in needs:
        f.consented(need.file)
    return [NewReferral(need, service) for need, service in zip(needs, services, strict=True)]


@pytest.mark.django_db(transaction=True)
def test_sent_in_opposite_orders(services: list[Service]) -> None:
    batches = [asked(services), asked(services[::-1])]
    acts = [lambda agent, batch=batch: actions.send_referrals(agent, batch) for batch in batches]
    assert run_together(acts, services) == []
    assert list(PlaceHold.objects.values_list("status", flat=True)) == ["held"] * 4


@pytest.mark.django_db(transaction=True)
def test_accepted_in_opposite_orders(services: list[Service]) -> None:
    agent = f.actor(Role.INTEGRATION_AGENT)
    batches = [actions.send_referrals(agent, asked(order)) for order in (services, services[::-1])]
    acts = [
        lambda agent, batch=batch: actions.accept_referrals(agent, [Answer(each) for each in batch])
        for batch in batches
    ]
    assert run_together(acts, services) == []
    assert list(PlaceHold.objects.values_list("status", flat=True)) == ["taken"] * 4
