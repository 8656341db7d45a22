"""Random histories of a referral, through the actions and with the clock moving, against the table of the domain.

The table is written again by hand, from the words of the domain; the actions and the database must agree with it.
"""

from collections import deque
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor, actor_of, system_actor
from arrimage.casework import actions
from arrimage.casework.actions.deadlines import remind_and_expire
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.models import Referral, ReferralEvent
from arrimage.foundation import clock
from arrimage.foundation.errors import DomainError
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
CLOCK = system_actor("clock", Right.ACCOMPANY)

FOLLOWING = {
    "sent": {"reminded", "accepted", "declined", "expired", "cancelled"},
    "reminded": {"accepted", "declined", "expired", "cancelled"},
    "accepted": {"scheduled", "started", "stopped", "cancelled"},
    "scheduled": {"attended", "no_show", "stopped", "cancelled"},
    "no_show": {"scheduled", "stopped", "cancelled"},
    "attended": {"started", "completed", "stopped"},
    "started": {"completed", "stopped"},
    "declined": set(),
    "expired": set(),
    "cancelled": set(),
    "completed": set(),
    "stopped": set(),
}
AWAITING = {"sent", "reminded"}


class Life:
    """One referral, its people, and how each event is brought about."""

    def __init__(self) -> None:
        self.agent = make.actor(Role.INTEGRATION_AGENT)
        need = make.NeedFactory()
        make.consented(need.file)
        [self.referral] = actions.send_referrals(self.agent, [NewReferral(need, make.ServiceFactory())])
        self.partner = actor_of(make.OrganisationMemberFactory(organisation=self.referral.organisation))
        self.events: list[tuple[str, str]] = [("draft", "sent")]

    @property
    def state(self) -> str:
        self.referral.refresh_from_db()
        return self.referral.status

    def told(self) -> list[tuple[str, str]]:
        return list(
            ReferralEvent.objects.filter(referral=self.referral).order_by("pk").values_list("from_status", "to_status")
        )

    def bring_about(self, event: str) -> bool:
        """Try an event; say whether the referral changed."""
        before = self.state
        actor, act, answer = self._means(event)
        try:
            with transaction.atomic():
                act(actor, [answer])
        except DomainError:
            return False
        self.events.append((before, event))
        return True

    def _means(self, event: str) -> tuple[Actor, Callable[..., object], Answer]:
        today = clock.today()
        reason = {"declined": "no_place"}.get(event, "")
        answer = Answer(self.referral, note="Dit.", reason=reason, outcome="reached", scheduled_for=today)
        by_partner = {
            "accepted": actions.accept_referrals,
            "declined": actions.decline_referrals,
            "scheduled": actions.schedule_referrals,
            "attended": actions.attend_referrals,
            "no_show": actions.miss_referrals,
            "started": actions.start_referrals,
            "completed": actions.complete_referrals,
            "stopped": actions.stop_referrals,
        }
        if event in by_partner:
            return self.partner, by_partner[event], answer
        return self.agent, actions.cancel_referrals, answer

    def let_time_pass(self, days: int) -> None:
        """Move the clock, and let the night's job run."""
        settings.TODAY = clock.today() + timedelta(days=days)
        before = self.state
        remind_and_expire(CLOCK)
        if self.state != before:
            self.events.append((before, self.state))


BY_TIME = {"reminded", "expired"}
EVENTS = st.one_of(
    st.sampled_from(sorted(set(FOLLOWING) - {"sent"} - BY_TIME)),
    st.integers(min_value=1, max_value=12),
)


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(EVENTS, max_size=12))
def test_any_history_follows_the_table(history: list[str | int]) -> None:
    with override_settings(TODAY=MONDAY), transaction.atomic():
        life = Life()
        for event in history:
            before = life.state
            if isinstance(event, int):
                life.let_time_pass(event)
                check_time(life.referral)
                assert life.state == before or life.state in FOLLOWING[before]
                continue
            assert life.bring_about(event) == (event in FOLLOWING[before])
            assert life.state == (event if event in FOLLOWING[before] else before)
        assert life.told() == life.events, "each change is told once, and none is erased"
        has_a_next_event_or_an_end(life.referral)
        transaction.set_rollback(True)


def check_time(referral: Referral) -> None:
    """What waits for an answer is reminded when due, and never waits past its day."""
    referral.refresh_from_db()
    if referral.status in AWAITING:
        assert referral.answer_due >= clock.today()
        assert (referral.status == "reminded") == (referral.reminder_due <= clock.today())


def has_a_next_event_or_an_end(referral: Referral) -> None:
    if FOLLOWING[referral.status]:
        assert referral.ended_on is None
    elif referral.status != "declined":
        assert referral.ended_on is not None
    if referral.status in AWAITING:
        assert referral.answer_due is not None, "time alone ends it"


def paths() -> dict[str, list[str]]:
    """Return the shortest way to each state."""
    found: dict[str, list[str]] = {"sent": []}
    waiting = deque(["sent"])
    while waiting:
        state = waiting.popleft()
        for following in sorted(FOLLOWING[state]):
            if following not in found:
                found[following] = [*found[state], following]
                waiting.append(following)
    return found


@pytest.mark.parametrize("state", FOLLOWING)
def test_every_state_is_reached(state: str) -> None:
    with override_settings(TODAY=MONDAY):
        life = Life()
        for step in paths()[state]:
            if step in BY_TIME:
                life.let_time_pass(9 if step == "reminded" else 30)
            else:
                assert life.bring_about(step)
        assert life.state == state
