"""Sent, answered, taken back, adjusted in any order: never more places than there are, and first come first in."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import Outcome
from arrimage.casework.models import Referral
from arrimage.directory.models import PlaceHold, ServicePlaces
from arrimage.directory.places.actions import Adjustment, adjust_places
from arrimage.foundation.errors import DomainError
from tests import factories as f

pytestmark = pytest.mark.django_db
KEEPER = system_actor("directory", Right.MANAGE_DIRECTORY)
SEND, ADJUST = "send", "adjust"
ANSWERS = {
    "accept": (actions.accept_referrals, {}),
    "decline": (actions.decline_referrals, {"reason": "full"}),
    "start": (actions.start_referrals, {}),
    "complete": (actions.complete_referrals, {"outcome": Outcome.REACHED}),
    "stop": (actions.stop_referrals, {"note": "Déménagement"}),
    "cancel": (actions.cancel_referrals, {"note": "Autre service"}),
}
STEPS = st.lists(
    st.tuples(st.sampled_from([SEND, SEND, SEND, ADJUST, *ANSWERS]), st.integers(0, 9), st.integers(0, 3)),
    min_size=5,
    max_size=30,
)


@given(steps=STEPS, capacity=st.integers(0, 3))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_order_and_limits_hold_after_each_step(steps, capacity) -> None:
    with transaction.atomic():
        agent = f.actor(Role.INTEGRATION_AGENT)
        places = f.ServicePlacesFactory(capacity=capacity)
        referrals: list[Referral] = []
        for what, which, figure in steps:
            do(agent, places, referrals, what, which, figure)
            check(places, referrals)
        transaction.set_rollback(True)


def do(agent, places: ServicePlaces, referrals: list[Referral], what: str, which: int, figure: int) -> None:
    try:
        with transaction.atomic():
            if what == SEND:
                need = f.NeedFactory()
                f.consented(need.file)
                referrals += actions.send_referrals(agent, [NewReferral(need, places.service_at_location.service)])
            elif what == ADJUST:
                adjust_places(KEEPER, places, Adjustment(figure + which % 3, figure, None, "Compté de nouveau"))
            elif referrals:
                act, fields = ANSWERS[what]
                act(agent, [Answer(referrals[which % len(referrals)], **fields)])
    except DomainError:
        pass  # refused, which leaves everything as it was


def check(places: ServicePlaces, referrals: list[Referral]) -> None:
    places.refresh_from_db()
    holds = list(PlaceHold.objects.filter(places=places, ended_at=None).order_by("pk"))
    by_status = {
        status: [hold.pk for hold in holds if hold.status == status] for status in ("held", "taken", "waiting")
    }
    assert (len(by_status["held"]), len(by_status["taken"])) == (places.held, places.taken_by_referrals)
    assert places.taken + places.taken_by_referrals + places.held <= places.capacity
    if by_status["waiting"]:
        assert places.free == 0
        assert min(by_status["waiting"]) > max([*by_status["held"], *by_status["taken"]], default=0)
    live = Referral.objects.filter(pk__in=[each.pk for each in referrals])
    wanted = {"sent": {"held", "waiting"}, "accepted": {"taken"}, "started": {"taken"}}
    known = {hold.holder: hold.status for hold in holds}
    for referral in live:
        assert known.get(referral.uid) in wanted.get(referral.status, {None}), referral.status
