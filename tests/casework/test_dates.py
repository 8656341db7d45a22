"""An organisation proposes dates; the agent or the person accepts one, and the date is fixed."""

from datetime import time, timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.dates import ProposedDate, accept_date, propose_dates, refuse_dates
from arrimage.casework.actions.referral_changes import Answer
from arrimage.casework.actions.referrals import schedule_referrals
from arrimage.casework.enums import ReferralStatus, Settlement
from arrimage.casework.letters import write_dates_proposed, write_dates_refused
from arrimage.casework.models import DateProposal, Referral, ReferralEvent
from arrimage.casework.queries import dates_to_decide
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.territory.working_days import add_working_days
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def referral(agent) -> Referral:
    service = f.ServiceFactory(contact_email="reception@organisme.example")
    return f.ReferralFactory(accepted=True, file=f.FileFactory(agent_id=agent.user_id), service=service)


@pytest.fixture
def worker(referral):
    return f.worker_of(referral.organisation)


@pytest.fixture
def proposed(referral, worker) -> list[DateProposal]:
    first = add_working_days(clock.today(), 2)
    dates = [ProposedDate(first, time(10, 30), "Salle 2"), ProposedDate(first + timedelta(days=1))]
    return propose_dates(worker, referral, dates)


def test_the_agent_accepts_one_and_the_date_is_fixed(referral, agent, proposed) -> None:
    assert todo(agent)[Reason.DATES][0].uid == referral.uid
    accept_date(agent, proposed[0])
    referral.refresh_from_db()
    assert (referral.status, referral.scheduled_for) == (ReferralStatus.SCHEDULED, proposed[0].day)
    event = ReferralEvent.objects.get(referral=referral, to_status="scheduled")
    assert event.note.replace("\u00a0", " ") == "à 10 h 30, Salle 2"
    settled = dict(DateProposal.objects.values_list("pk", "settlement"))
    assert settled == {proposed[0].pk: Settlement.ACCEPTED, proposed[1].pk: Settlement.IGNORED}
    assert Reason.DATES not in todo(agent)
    with pytest.raises(Conflict):
        accept_date(agent, proposed[1])


def test_the_person_accepts_one(referral, proposed) -> None:
    person = f.oneself(referral.file.person)
    accept_date(person, proposed[1])
    referral.refresh_from_db()
    assert referral.scheduled_for == proposed[1].day


def test_nobody_else_decides(referral, worker, proposed) -> None:
    for actor in (worker, f.oneself(f.PersonFactory()), f.actor(Role.TEAM_LEAD, "13")):
        with pytest.raises(NotAllowed):
            accept_date(actor, proposed[0])
        with pytest.raises(NotAllowed):
            refuse_dates(actor, proposed[0])


def test_refused_dates_go_back_to_the_organisation(referral, agent, worker, proposed) -> None:
    refuse_dates(agent, proposed[0])
    assert not dates_to_decide(agent).exists()
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.ACCEPTED
    assert write_dates_refused(proposed[0].uid).address == "reception@organisme.example"
    assert write_dates_proposed(proposed[0].uid) is None


def test_new_dates_take_the_place_of_those_not_decided(referral, worker, agent, proposed) -> None:
    [again] = propose_dates(worker, referral, [ProposedDate(add_working_days(clock.today(), 5))])
    assert list(dates_to_decide(agent)) == [again]


def test_a_date_fixed_by_telephone_ends_the_question(referral, worker, agent, proposed) -> None:
    schedule_referrals(worker, [Answer(referral, scheduled_for=clock.today())])
    assert Reason.DATES not in todo(agent)
    with pytest.raises(Conflict):
        accept_date(agent, proposed[0])


@pytest.mark.parametrize("days", [-1, 400])
def test_a_date_past_or_too_far_is_refused(referral, worker, days) -> None:
    with pytest.raises(InvalidInput):
        propose_dates(worker, referral, [ProposedDate(clock.today() + timedelta(days=days))])


def test_none_or_too_many_or_too_early_is_refused(referral, worker) -> None:
    day = ProposedDate(clock.today())
    for dates in ([], [day] * 4):
        with pytest.raises(InvalidInput):
            propose_dates(worker, referral, dates)
    waiting = f.ReferralFactory(sent=True, service=referral.service)
    with pytest.raises(TransitionNotAllowed):
        propose_dates(worker, waiting, [day])
