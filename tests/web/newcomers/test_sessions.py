"""A newcomer asks for a place in a session, gives it back, takes their attestation away; nobody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from arrimage.foundation import clock
from arrimage.scheduling.enums import EnrolmentStatus
from arrimage.scheduling.models import Enrolment
from tests import factories as f
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


def in_days(count: int) -> date:
    return clock.today() + timedelta(days=count)


@pytest.fixture
def person():
    return f.PersonFactory(preferred_language="fr")


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
    assert "C’est complet." not in words(client.get(reverse("newcomers:sessions")))
    page = words(client.get(reverse("newcomers:sessions"), {"autres": 1}))
    assert "C’est complet." in page
    assert other.person.family_name not in page
    client.post(reverse("newcomers:session_join", args=[session.uid]))
    assert Enrolment.objects.get(person=person).status == EnrolmentStatus.WAITING


def test_what_one_may_attend_comes_first_and_the_rest_on_demand_with_why(person) -> None:
    f.MeetingFactory(session__programme__name="Vivre ici")
    f.MeetingFactory(session__programme__name="Living here", session__language="en", on=in_days(10))
    client = newcomer(person)
    page = words(client.get(reverse("newcomers:sessions")))
    assert "Vivre ici" in page
    assert "Living here" not in page
    assert "Voir aussi l’autre séance" in page
    page = words(client.get(reverse("newcomers:sessions"), {"autres": 1}))
    assert page.index("Vivre ici") < page.index("Les autres séances") < page.index("Living here")
    assert "dans une langue que vous avez dit bien comprendre" in page


def test_where_nothing_suits_it_is_said_and_the_rest_is_one_click_away(person) -> None:
    f.MeetingFactory(session__language="en")
    page = words(newcomer(person).get(reverse("newcomers:sessions")))
    assert "Aucune séance à venir n’a de place pour vous" in page
    assert "Voir aussi l’autre séance" in page


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
