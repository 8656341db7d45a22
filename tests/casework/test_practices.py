"""A region sets its delays and its own reasons for a refusal."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.practices import ReasonWords, add_reasons, offer_reason, reword_reason, set_delays
from arrimage.casework.actions.referrals import NewReferral, send_referrals
from arrimage.casework.models import DeclineReason
from arrimage.casework.queries import decline_reasons_of, delays_of
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from arrimage.territory.working_days import working_days_between
from tests import factories as f

pytestmark = pytest.mark.django_db
WORDS = ReasonWords("Aucun transport", "No transport")


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


def test_delays_are_the_regions_own_and_kept_by_what_was_sent(lead) -> None:
    montreal, laval = f.region("06"), f.region("13")
    before = f.NeedFactory()
    f.consented(before.file)
    [old] = send_referrals(lead, [NewReferral(before, f.ServiceFactory())])
    set_delays(lead, montreal, reminder_days=2, expiry_days=4)
    set_delays(lead, montreal, reminder_days=3, expiry_days=6)
    need = f.NeedFactory()
    f.consented(need.file)
    [new] = send_referrals(lead, [NewReferral(need, f.ServiceFactory())])
    assert working_days_between(new.sent_on, new.reminder_due) == 3
    assert working_days_between(new.sent_on, new.answer_due) == 6
    old.refresh_from_db()
    assert working_days_between(old.sent_on, old.answer_due) == 10
    assert delays_of([laval.pk])[laval.pk].expiry_days == 10
    assert changes_of(montreal.referral_delays).count() == 2


@pytest.mark.parametrize(("reminder", "expiry"), [(0, 5), (5, 5), (6, 5), (5, 91)])
def test_delays_out_of_order_are_refused(lead, reminder, expiry) -> None:
    with pytest.raises(InvalidInput):
        set_delays(lead, f.region("06"), reminder_days=reminder, expiry_days=expiry)


def test_a_region_adds_rewords_and_retires_its_reasons(lead) -> None:
    montreal, laval = f.region("06"), f.region("13")
    [reason] = add_reasons(lead, montreal, [WORDS])
    assert reason.code == "06-aucun-transport"
    assert reason in decline_reasons_of(montreal.pk)
    assert reason not in decline_reasons_of(laval.pk)
    reword_reason(lead, reason, ReasonWords("Aucun transport le soir", "No transport in the evening", needs_words=True))
    offer_reason(lead, reason, offered=False)
    assert reason not in decline_reasons_of(montreal.pk)
    reason.refresh_from_db()
    assert (reason.label_fr, reason.needs_words, reason.code) == ("Aucun transport le soir", True, "06-aucun-transport")


def test_two_reasons_never_share_their_words_nor_their_code(lead) -> None:
    montreal = f.region("06")
    add_reasons(lead, montreal, [ReasonWords("Pas de place pour les enfants", "No place for children")])
    [other] = add_reasons(lead, montreal, [ReasonWords("Pas de place pour les enfants de 3 ans", "No place for age 3")])
    assert other.code == "06-pas-de-place-pour-les-enf-2"
    with pytest.raises(InvalidInput) as refusal:
        add_reasons(lead, montreal, [ReasonWords("plus de place", "Else")])
    assert refusal.value.field == "label_fr"
    with pytest.raises(InvalidInput):
        add_reasons(lead, montreal, [ReasonWords("Une", " ")])


def test_common_reasons_are_everybodys(lead) -> None:
    common = DeclineReason.objects.get(code="no_place")
    with pytest.raises(NotAllowed):
        reword_reason(lead, common, WORDS)
    with pytest.raises(NotAllowed):
        offer_reason(lead, common, offered=False)


@pytest.mark.parametrize(("role", "code"), [(Role.TEAM_LEAD, "13"), (Role.INTEGRATION_AGENT, "06")])
def test_nobody_else_sets_them(lead, role, code) -> None:
    [reason] = add_reasons(lead, f.region("06"), [WORDS])
    actor = f.actor(role, code)
    with pytest.raises(NotAllowed):
        set_delays(actor, f.region("06"), reminder_days=2, expiry_days=4)
    with pytest.raises(NotAllowed):
        add_reasons(actor, f.region("06"), [ReasonWords("A", "B")])
    with pytest.raises(NotAllowed):
        offer_reason(actor, reason, offered=False)
