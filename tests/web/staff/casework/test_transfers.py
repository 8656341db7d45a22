"""Pages of a transfer: asked from a file, answered elsewhere."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import File, Transfer
from arrimage.privacy.consents.enums import Purpose
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def test_from_one_region_to_the_other(agent, file) -> None:
    f.ConsentFactory(person=file.person, purpose=Purpose.ACCOMPANIMENT)
    there = f.ServicePointFactory(region=f.region("13"))
    asked = {"to": there.pk, "reason": "Logement trouvé", "ground": "agreed"}
    agent.client.post(url("file_transfer", file.uid), asked)
    transfer = Transfer.objects.get()
    lead = sign_in(Role.TEAM_LEAD, "13", service_point=there)
    page = lead.client.get(url("transfer", transfer.uid)).content.decode()
    assert file.number in page
    assert file.person.family_name not in page
    response = lead.client.post(url("transfer_accept", transfer.uid))
    new = File.objects.get(person=file.person, region=there.region)
    assert response["Location"] == url("file_assign", new.uid)


def test_what_is_to_be_settled_is_shown(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    page = agent.client.get(url("file_transfer", file.uid)).content.decode()
    assert url("referral", referral.uid) in page


def test_inside_the_region_a_lead_sends_it_at_once(file, point) -> None:
    lead = sign_in(Role.TEAM_LEAD, service_point=point)
    there = f.ServicePointFactory()
    lead.client.post(url("file_transfer", file.uid), {"to": there.pk, "reason": "Plus près", "ground": "agreed"})
    file.refresh_from_db()
    assert (file.service_point, file.agent) == (there, None)
