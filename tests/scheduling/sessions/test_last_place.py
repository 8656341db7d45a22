"""Several ask for the last place at the same moment: one is seated, the others are in line, nobody is refused."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from arrimage.accounts.enums import Role
from arrimage.scheduling.enums import EnrolmentStatus
from arrimage.scheduling.group_sessions import enrol
from tests import factories as f

TOGETHER = 4


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one() -> None:
    session = f.MeetingFactory(session__places=1).session
    people = [f.PersonFactory() for _ in range(TOGETHER)]
    agents = [f.actor(Role.INTEGRATION_AGENT) for _ in people]
    together = Barrier(TOGETHER)

    def run(agent, person) -> None:
        together.wait(10)
        try:
            enrol(agent, session, [person])
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(agents, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(session.enrolments.values_list("status", flat=True))
    assert states == [EnrolmentStatus.ENROLLED] + [EnrolmentStatus.WAITING] * (TOGETHER - 1)
