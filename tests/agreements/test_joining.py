"""Two services of the directory are joined: what agreements promise follows, unless one promises it of both."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.upkeep.joining import join_services
from arrimage.foundation.errors import InvalidInput
from tests import factories as f

pytestmark = pytest.mark.django_db


def join(kept, gone):
    versions = kept.version, gone.version
    advisor = f.actor(Role.REGIONAL_ADVISOR)
    return join_services(advisor, kept, gone, versions=versions, taken=set(), reason="La même adresse.")


def test_promises_follow() -> None:
    promised = f.DeliverableFactory()
    kept = f.ServiceFactory(organisation=promised.service.organisation)
    join(kept, promised.service)
    promised.refresh_from_db()
    assert promised.service == kept


def test_refused_when_one_agreement_promises_the_same_of_both() -> None:
    promised = f.DeliverableFactory()
    kept = f.ServiceFactory(organisation=promised.service.organisation)
    f.DeliverableFactory(agreement=promised.agreement, service=kept)
    with pytest.raises(InvalidInput, match=promised.agreement.number):
        join(kept, promised.service)
