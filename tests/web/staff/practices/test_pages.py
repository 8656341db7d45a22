"""A team lead sets the delays and the reasons of their region."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import DeclineReason, ReferralDelays
from tests import factories as f
from tests.web.signed import partner, staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return staff(Role.TEAM_LEAD)


def test_the_delays_are_shown_then_set(lead) -> None:
    assert reverse("staff:practices") in words(lead.get(reverse("staff:referrals")))
    page = words(lead.get(reverse("staff:practices")))
    assert "un rappel après 5 jours ouvrables" in page
    assert "Plus de place" in page
    refused = words(lead.post(reverse("staff:practice_delays"), {"reminder_days": 6, "expiry_days": 6}))
    assert "Le rappel part avant la fin du délai" in refused
    lead.post(reverse("staff:practice_delays"), {"reminder_days": 3, "expiry_days": 6})
    delays = ReferralDelays.objects.get()
    assert (delays.region.code, delays.reminder_days, delays.expiry_days) == ("06", 3, 6)


def test_a_reason_is_added_offered_reworded_and_retired(lead) -> None:
    lead.post(reverse("staff:reason_add"), {"label_fr": "Aucun transport", "label_en": "No transport"})
    reason = DeclineReason.objects.get(label_fr="Aucun transport")
    referral = f.ReferralFactory(sent=True)
    worker = partner(referral.organisation)
    decline = reverse("partners:decline", args=[referral.uid])
    assert "Aucun transport" in words(worker.get(decline))
    said = {"label_fr": "Aucun transport le soir", "label_en": "No transport at night", "needs_words": "on"}
    lead.post(reverse("staff:reason_reword", args=[reason.uid]), said)
    assert "Aucun transport le soir" in words(worker.get(decline))
    lead.post(reverse("staff:reason_offer", args=[reason.uid]))
    assert "Aucun transport" not in words(worker.get(decline))
    assert "N’est plus proposée" in words(lead.get(reverse("staff:practices")))


def test_common_reasons_and_those_of_others_are_not_found(lead) -> None:
    common = DeclineReason.objects.get(code="no_place")
    for reason in (common, f.own_reason("13")):
        assert lead.get(reverse("staff:reason_reword", args=[reason.uid])).status_code == 404
        assert lead.post(reverse("staff:reason_offer", args=[reason.uid])).status_code == 404
