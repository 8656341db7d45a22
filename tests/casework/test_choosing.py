"""What became of those sent before, and what is kept of the choice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.casework.actions import send_referrals
from arrimage.casework.actions.referrals import NewReferral
from arrimage.casework.choosing import PAST_DAYS, offers_of, pasts_of, rank_for_needs, wishes_of
from arrimage.casework.models import Referral, ReferralChoice
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


@pytest.fixture
def sent() -> Referral:
    """A referral to the second of two services, with why it was chosen."""
    agent, need = f.actor(Role.INTEGRATION_AGENT), f.NeedFactory()
    f.consented(need.file)
    f.ServiceFactory(name="Le premier", languages=["ar"])
    second = f.ServiceFactory(languages=["fr"])
    (offer,) = offers_of(agent, [(need, second)], wishes_of(need.file))
    (referral,) = send_referrals(agent, [NewReferral(need, second, choice=offer.kept[""])])
    return Referral.objects.get(pk=referral.pk)


def test_what_was_proposed_is_kept_with_the_referral_and_never_altered(sent) -> None:
    assert sent.proposed["rank"] == 2
    assert [each["name"] for each in sent.proposed["alternatives"]] == ["Le premier"]
    for alter in (lambda: ReferralChoice.objects.update(shown={}), lambda: ReferralChoice.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            alter()
    assert f.ReferralFactory().proposed is None


def test_the_organisation_reads_the_referral_and_nothing_of_what_else_was_proposed(sent) -> None:
    partner = f.worker_of(sent.organisation, Role.PARTNER_MANAGER)
    with acting_as(partner), connection.cursor() as cursor:
        cursor.execute("select to_jsonb(r)::text from casework_referral r")
        ((referral,),) = cursor.fetchall()
        assert str(sent.uid) in referral
        assert "Le premier" not in referral
        cursor.execute("select * from casework_referralchoice")
        assert not cursor.fetchall()
        cursor.execute("select changed::text from foundation_change where table_name = 'casework_referralchoice'")
        assert not cursor.fetchall()


def test_a_service_in_no_order_is_judged_all_the_same() -> None:
    need = f.NeedFactory()
    services = [f.ServiceFactory(themes=[f.theme("housing")], delay_days=3) for _ in range(2)]
    offers = offers_of(f.actor(), [(need, service) for service in services], wishes_of(need.file))
    assert [offer.choice.service for offer in offers] == services
    assert offers[0].kept[""]["rank"] is None
