"""A referral nobody answers: a reminder after five working days with a fresh link, the end after ten, the need back."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.enums import Right
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.casework import actions
from arrimage.casework.actions.deadlines import remind_and_expire, remind_referrals
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import NeedStatus, ReferralStatus
from arrimage.casework.letters import REMINDER, SENT, write_referral_reminder
from arrimage.casework.models import Referral, ReferralDelays, ReferralEvent, ReferralLink
from arrimage.foundation.errors import InvalidInput
from arrimage.territory.working_days import add_working_days
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
CLOCK = system_actor("clock", Right.ACCOMPANY)


@pytest.fixture
def at(settings):
    """Hold the clock at a day."""

    def hold(day: date) -> date:
        settings.TODAY = day
        return day

    hold(MONDAY)
    return hold


@pytest.fixture
def referral(at) -> Referral:
    need = make.NeedFactory()
    make.consented(need.file)
    service = make.ServiceFactory(contact_email="reception@organisme.example")
    [sent] = actions.send_referrals(make.actor(make.Role.INTEGRATION_AGENT), [NewReferral(need, service)])
    return sent


def state(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.status


def test_it_is_reminded_once_then_ends_and_the_need_comes_back(referral, at) -> None:
    for days, expected in [(4, "sent"), (5, "reminded"), (6, "reminded"), (10, "reminded"), (11, "expired")]:
        at(add_working_days(MONDAY, days))
        remind_and_expire(CLOCK)
        assert state(referral) == expected, days
    assert (referral.reminded_on, referral.ended_on) == (
        add_working_days(MONDAY, 5),
        add_working_days(MONDAY, 11),
    )
    referral.need.refresh_from_db()
    assert referral.need.status == NeedStatus.OPEN
    told = ReferralEvent.objects.filter(referral=referral).values_list("to_status", "actor_name")
    assert list(told)[1:] == [("reminded", "clock"), ("expired", "clock")]


def test_the_reminder_carries_a_fresh_link(referral, at) -> None:
    first = ReferralLink.objects.get(referral=referral)
    at(add_working_days(MONDAY, 5))
    remind_and_expire(CLOCK)
    remind_and_expire(CLOCK)
    fresh = ReferralLink.objects.exclude(pk=first.pk).get(referral=referral)
    assert list(Letter.objects.values_list("kind", "about")) == [(SENT, first.uid), (REMINDER, fresh.uid)]
    assert write_referral_reminder(fresh.uid).address == "reception@organisme.example"


def test_days_without_a_worker_are_caught_up(referral, at) -> None:
    at(MONDAY + timedelta(days=40))
    remind_and_expire(CLOCK)
    assert state(referral) == "expired"
    assert not Letter.objects.filter(kind=REMINDER).exists(), "no reminder of what has just ended"


def test_a_reminder_has_nothing_to_say_of_an_answered_referral(referral, at) -> None:
    at(add_working_days(MONDAY, 5))
    remind_and_expire(CLOCK)
    link = ReferralLink.objects.first()
    actions.accept_referrals(make.actor(make.Role.TEAM_LEAD), [Answer(referral)])
    assert write_referral_reminder(link.uid) is None


def test_a_reminder_is_not_sent_too_early(referral) -> None:
    with pytest.raises(InvalidInput):
        remind_referrals(CLOCK, [Answer(referral)])


def test_a_region_sets_its_delays_and_what_was_sent_keeps_its_own(referral, at) -> None:
    ReferralDelays.objects.create(region=referral.region, reminder_days=2, expiry_days=3)
    need = make.NeedFactory()
    make.consented(need.file)
    [quick] = actions.send_referrals(
        make.actor(make.Role.INTEGRATION_AGENT), [NewReferral(need, make.ServiceFactory())]
    )
    assert (quick.reminder_due, quick.answer_due) == (add_working_days(MONDAY, 2), add_working_days(MONDAY, 3))
    at(add_working_days(MONDAY, 4))
    remind_and_expire(CLOCK)
    assert (state(quick), state(referral)) == ("expired", "sent")


def test_many_end_together_in_few_queries(at, django_assert_max_num_queries) -> None:
    make.ReferralFactory.create_batch(12, sent=True, sent_on=MONDAY - timedelta(days=60))
    with django_assert_max_num_queries(40):
        remind_and_expire(CLOCK)
    assert Referral.objects.filter(status=ReferralStatus.EXPIRED).count() == 12
