"""Consents that need the agent: taken back, or soon over while a partner counts on them."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation import clock
from arrimage.privacy.consents.actions import NewConsent, give, withdraw
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def agent():
    return actor_of(f.RoleGrantFactory(role=Role.INTEGRATION_AGENT))


@pytest.fixture
def file(agent):
    return f.FileFactory(agent_id=agent.user_id, arrived_on=None)


def lasting(file, days: int, **fields) -> Consent:
    """A consent with so many days left."""
    fields = {"person": file.person, "given_on": clock.today() - 300 * DAY, **fields}
    return f.ConsentFactory(expires_on=clock.today() + days * DAY, **fields)


def ending(agent) -> list[object]:
    return [task.due for task in todo(agent).get(Reason.CONSENT_ENDS, [])]


@pytest.mark.parametrize(("days", "shown"), [(30, True), (0, True), (31, False)])
def test_a_consent_that_ends_within_thirty_days_under_a_live_referral(agent, file, days: int, shown: bool) -> None:
    consent = lasting(file, days)
    f.ReferralFactory(file=file, accepted=True)
    assert ending(agent) == ([consent.expires_on] if shown else [])


def test_one_that_ended_lately_is_late(agent, file) -> None:
    consent = lasting(file, 0)
    f.ReferralFactory(file=file, started=True)
    Consent.objects.filter(pk=consent.pk).update(expires_on=clock.today() - DAY)
    assert ending(agent) == [clock.today() - DAY]


@pytest.mark.parametrize("state", ["declined", "completed", "stopped"])
def test_nothing_depends_on_it_once_the_referral_is_over(agent, file, state: str) -> None:
    lasting(file, 5)
    f.ReferralFactory(file=file, **{state: True})
    assert ending(agent) == []


def test_another_consent_that_lasts_leaves_nothing_to_do(agent, file) -> None:
    lasting(file, 5)
    referral = f.ReferralFactory(file=file, sent=True)
    assert len(ending(agent)) == 1
    f.ConsentFactory(person=file.person, named=True, recipient=referral.organisation)
    assert ending(agent) == []


def test_a_named_consent_concerns_its_organisation_only(agent, file) -> None:
    lasting(file, 5, named=True)
    lasting(file, 200)
    f.ReferralFactory(file=file, sent=True)
    assert ending(agent) == []


def test_it_is_the_agent_of_the_file_who_is_told(file) -> None:
    lasting(file, 5)
    f.ReferralFactory(file=file, sent=True)
    assert ending(actor_of(f.RoleGrantFactory(role=Role.INTEGRATION_AGENT))) == []


def withdrawn(agent) -> list[object]:
    return [task.file_uid for task in todo(agent).get(Reason.CONSENT_WITHDRAWN, [])]


@pytest.mark.parametrize("state", ["sent", "started"])
def test_a_consent_taken_back_comes_to_the_agent(agent, file, state: str) -> None:
    f.ReferralFactory(file=file, **{state: True})
    assert withdrawn(agent) == []
    withdraw(actor_of(f.PersonAccountFactory(person=file.person)), list(Consent.objects.all()))
    assert withdrawn(agent) == [file.uid]


def test_it_leaves_once_the_need_is_sent_elsewhere_or_closed(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    withdraw(agent, list(Consent.objects.all()))
    f.ConsentFactory(person=file.person)
    f.ReferralFactory(file=file, need=referral.need, sent=True)
    assert withdrawn(agent) == []


def test_a_refused_accompaniment_comes_to_the_agent_until_it_is_given_again(agent, file) -> None:
    consent = f.ConsentFactory(person=file.person, purpose=Purpose.ACCOMPANIMENT)
    withdraw(agent, [consent])
    assert withdrawn(agent) == [file.uid]
    give(agent, [NewConsent(file.person, file.region_id, Purpose.ACCOMPANIMENT)])
    assert withdrawn(agent) == []
