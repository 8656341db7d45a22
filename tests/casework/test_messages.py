"""Questions of an organisation, answers of the agent: each waits for the other side; e-mails say nothing of them."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.models import Letter
from arrimage.casework.actions.messages import NewMessage, read_messages, write_messages
from arrimage.casework.letters import ASKED, REPLIED, write_asked, write_replied
from arrimage.casework.models import Referral, ReferralMessage
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db
WORDS = "Amina Haddad lit-elle le français ?"


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


def test_a_question_waits_for_the_agent_and_its_answer_for_the_organisation(referral, agent, worker) -> None:
    [question] = write_messages(worker, [NewMessage(referral, WORDS)])
    [task] = todo(agent)[Reason.QUESTION]
    assert task.uid == referral.uid
    [answer] = write_messages(agent, [NewMessage(referral, "Oui, un peu.")])
    assert Reason.QUESTION not in todo(agent)
    question.refresh_from_db()
    assert question.settled_at is not None
    assert (answer.settled_at, answer.from_partner) == (None, False)
    read_messages(worker, [referral])
    assert not ReferralMessage.objects.filter(settled_at__isnull=True).exists()


def test_letters_say_that_something_waits_and_nothing_else(referral, agent, worker) -> None:
    [question] = write_messages(worker, [NewMessage(referral, WORDS)])
    letter = write_asked(question.uid)
    assert letter.address == referral.file.agent.email
    [answer] = write_messages(agent, [NewMessage(referral, WORDS)])
    replied = write_replied(answer.uid)
    assert replied.address == "reception@organisme.example"
    for written in (letter, replied):
        assert "Haddad" not in str(written)
        assert str(referral.file.person) not in str(written)
    assert write_asked(question.uid) is None, "answered meanwhile: nothing to say"
    assert set(Letter.objects.values_list("kind", flat=True)) == {ASKED, REPLIED}


def test_who_follows_it_is_written_to_rather_than_the_service(referral, agent, worker) -> None:
    follower = f.OrganisationMemberFactory(organisation=referral.organisation).user
    Referral.objects.filter(pk=referral.pk).update(worker=follower)
    [answer] = write_messages(agent, [NewMessage(referral, "Oui.")])
    assert write_replied(answer.uid).address == follower.email


def test_nobody_else_writes(referral) -> None:
    for actor in (
        f.worker_of(f.OrganisationFactory()),
        f.actor(Role.TEAM_LEAD, "13"),
        f.actor(Role.REGIONAL_DIRECTOR),
    ):
        with pytest.raises(NotAllowed):
            write_messages(actor, [NewMessage(referral, WORDS)])


def test_an_empty_message_and_one_after_the_end_are_refused(referral, worker) -> None:
    with pytest.raises(InvalidInput):
        write_messages(worker, [NewMessage(referral, "  ")])
    Referral.objects.filter(pk=referral.pk).update(status="cancelled")
    with pytest.raises(Conflict):
        write_messages(worker, [NewMessage(referral, WORDS)])
