"""A newcomer asks for a place in a session, gives it back, takes their attestation away; nobody else's."""

import pytest
from django.urls import reverse

from arrimage.scheduling.enums import EnrolmentStatus
from arrimage.scheduling.models import Enrolment
from tests import factories as f
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return f.PersonFactory()


def test_a_place_is_asked_for_and_given_back(person) -> None:
    session = f.MeetingFactory(session__places=1).session
    client = newcomer(person)
    assert "Il reste 1 place." in words(client.get(reverse("newcomers:sessions")))
    client.post(reverse("newcomers:session_join", args=[session.uid]))
    own = Enrolment.objects.get()
    assert (own.person, own.status) == (person, EnrolmentStatus.ENROLLED)
    assert "Vous avez une place." in words(client.get(reverse("newcomers:sessions")))
    client.post(reverse("newcomers:session_leave", args=[own.uid]))
    own.refresh_from_db()
    assert own.status == EnrolmentStatus.CANCELLED


def test_a_full_session_is_waited_for_and_says_nobody_s_name(person) -> None:
    session = f.MeetingFactory(session__places=1).session
    other = f.EnrolmentFactory(session=session)
    client = newcomer(person)
    page = words(client.get(reverse("newcomers:sessions")))
    assert "C’est complet." in page
    assert other.person.family_name not in page
    client.post(reverse("newcomers:session_join", args=[session.uid]))
    assert Enrolment.objects.get(person=person).status == EnrolmentStatus.WAITING


def test_another_s_attestation_and_place_are_not_found(person) -> None:
    attestation = f.AttestationFactory(enrolment__session=f.MeetingFactory().session)
    client = newcomer(person)
    assert client.get(reverse("newcomers:attestation", args=[attestation.uid])).status_code == 404
    assert client.post(reverse("newcomers:session_leave", args=[attestation.enrolment.uid])).status_code == 404


def test_one_s_own_attestation_is_a_pdf(person) -> None:
    attestation = f.AttestationFactory(enrolment__session=f.MeetingFactory().session, enrolment__person=person)
    client = newcomer(person)
    assert "Mon attestation" in words(client.get(reverse("newcomers:sessions")))
    page = client.get(reverse("newcomers:attestation", args=[attestation.uid]))
    assert page.content.startswith(b"%PDF")
