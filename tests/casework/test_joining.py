"""Two services of the directory are joined: who was sent to the one that goes is sent to the other, in their turn."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.joining import two_live_referrals
from arrimage.directory.models import ServiceAtLocation
from arrimage.directory.upkeep.joining import join_services
from arrimage.foundation.errors import InvalidInput
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return f.actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def pair():
    kept = f.ServiceFactory()
    return kept, f.ServiceFactory(organisation=kept.organisation)


def send(agent, service, need=None):
    need = need or f.NeedFactory()
    f.consented(need.file)
    return actions.send_referrals(agent, [NewReferral(need, service)])[0]


def join(advisor, kept, gone):
    versions = kept.version, gone.version
    return join_services(advisor, kept, gone, versions=versions, taken=set(), reason="La même adresse.")


def test_referrals_and_steps_follow_and_are_written_down(advisor, agent, pair) -> None:
    kept, gone = pair
    sent, step = send(agent, gone), f.StepFactory(service=gone)
    joining = join(advisor, kept, gone)
    sent.refresh_from_db()
    step.refresh_from_db()
    assert (sent.service, step.service) == (kept, kept)
    assert joining.moved == {"casework.Referral": [sent.pk], "casework.Step": [step.pk]}


def test_who_holds_a_place_takes_it_where_it_went(advisor, agent, pair) -> None:
    kept, gone = pair
    theirs = f.ServicePlacesFactory(service_at_location__service=gone, capacity=1)
    here = ServiceAtLocation.objects.create(service=kept, location=theirs.service_at_location.location)
    ours = f.ServicePlacesFactory(service_at_location=here, capacity=3)
    first, waiting = send(agent, gone), send(agent, gone)
    join(advisor, kept, gone)
    actions.accept_referrals(agent, [Answer(first), Answer(waiting)])
    ours.refresh_from_db()
    assert (ours.taken_by_referrals, ours.held, ours.free) == (2, 0, 1)


def test_refused_while_one_need_is_referred_to_both(advisor, agent, pair) -> None:
    kept, gone = pair
    need = f.NeedFactory()
    sent = [send(agent, service, need) for service in pair]
    with pytest.raises(InvalidInput, match="même besoin"):
        join(advisor, kept, gone)
    actions.cancel_referrals(agent, [Answer(sent[0], note="Deux fois la même.")])
    assert two_live_referrals(kept, gone) == ""
    join(advisor, kept, gone)
