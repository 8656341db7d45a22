"""Thirty persons are sent at the same moment to a service of five places: five places are held, the others wait."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.referrals import NewReferral
from arrimage.directory.models import PlaceHold
from tests import factories as f

TOGETHER, PLACES = 30, 5


@pytest.mark.django_db(transaction=True)
def test_five_places_are_held_by_five() -> None:
    places = f.ServicePlacesFactory(capacity=PLACES)
    service = places.service_at_location.service
    needs = [f.NeedFactory() for _ in range(TOGETHER)]
    for need in needs:
        f.consented(need.file)
    agents = [f.actor(Role.INTEGRATION_AGENT) for _ in needs]
    together = Barrier(TOGETHER)

    def run(agent, need) -> None:
        together.wait(60)
        try:
            actions.send_referrals(agent, [NewReferral(need, service)])
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(agents, needs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = list(PlaceHold.objects.order_by("pk").values_list("status", flat=True))
    assert states == ["held"] * PLACES + ["waiting"] * (TOGETHER - PLACES)
    places.refresh_from_db()
    assert (places.held, places.free) == (PLACES, 0)
