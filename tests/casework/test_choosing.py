"""What became of those sent before, and what is kept of the choice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.casework.actions import send_referrals
from arrimage.casework.actions.referrals import NewReferral
from arrimage.casework.choosing import PAST_DAYS, kept_choices, pasts_of, rank_for_needs, wishes_of
from arrimage.casework.models import Referral
from arrimage.directory.choosing.components import Past
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_all_the_referrals_of_the_region_that_ended_are_counted() -> None:
    service, theme, days = f.ServiceFactory(), f.theme(), {"sent_on": clock.today() - timedelta(days=PAST_DAYS)}
    for trait in ("completed", "stopped", "declined", "expired", "started"):
        f.ReferralFactory(service=service, need__theme=theme, **{trait: True})
    f.ReferralFactory(service=service, completed=True, **days)  # too long ago
    f.ReferralFactory(service=service, completed=True, file__region=f.region("13"))
    stranger = f.actor(Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())
    with acting_as(stranger):
        assert not Referral.objects.exists()
        assert pasts_of(stranger, f.region().pk, [theme.pk]) == {(theme.pk, service.pk): Past(4, 1)}
        assert not Referral.objects.exists()


def test_where_a_need_was_already_sent_is_not_proposed_again_for_it_alone() -> None:
    tried = f.ReferralFactory(declined=True)
    other = f.NeedFactory(file=tried.file, theme=tried.need.theme)
    tried.service.themes.set([other.theme])
    rankings = rank_for_needs(f.actor(), [tried.need, other], wishes_of(tried.file))
    assert rankings[tried.need.pk].rank_of(tried.service_id) is None
    assert rankings[other.pk].rank_of(tried.service_id) == 1


def test_what_was_proposed_is_kept_with_the_referral_and_never_altered() -> None:
    agent, need = f.actor(Role.INTEGRATION_AGENT), f.NeedFactory()
    f.consented(need.file)
    f.ServiceFactory(languages=["ar"])
    second = f.ServiceFactory(languages=["fr"])
    kept = kept_choices(agent, [(need, second)], wishes_of(need.file))[need.pk, second.pk]
    (referral,) = send_referrals(agent, [NewReferral(need, second, choice=kept)])
    referral.refresh_from_db()
    assert referral.choice["rank"] == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.update(choice=None)
