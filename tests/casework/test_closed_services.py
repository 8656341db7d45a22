"""A service closed for a time receives nobody more; who was sent before goes on."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.referrals import Answer, NewReferral, accept_referrals, send_referrals
from arrimage.casework.enums import ReferralStatus
from arrimage.directory.upkeep.closures import close_service
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from tests.factories import NeedFactory, ReferralFactory, ServiceFactory, actor, worker_of

pytestmark = pytest.mark.django_db


def test_what_was_sent_before_goes_on_and_nothing_more_is_sent() -> None:
    service = ServiceFactory()
    sent = ReferralFactory(service=service, sent=True)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=5)}
    close_service(actor(Role.REGIONAL_ADVISOR), service, **days, reason="Travaux", advice="Appelez le 211.")
    service.refresh_from_db()
    with pytest.raises(InvalidInput) as refused:
        send_referrals(actor(Role.INTEGRATION_AGENT), [NewReferral(NeedFactory(), service)])
    assert refused.value.field == "service"
    [accepted] = accept_referrals(worker_of(service.organisation), [Answer(sent)])
    assert (accepted.status, accepted.answer_due) == (ReferralStatus.ACCEPTED, sent.answer_due)
    assert service.closures.get().advice == "Appelez le 211."
