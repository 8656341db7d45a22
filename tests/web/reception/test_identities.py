"""Before files open at the airport: somebody alike who is recorded already is shown, and a person says who is who."""

from datetime import date

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.people.models import DuplicateDecision, Person
from arrimage.reception.enums import ArrivalOutcome
from tests import factories as f
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db
BORN = date(1984, 3, 12)


@pytest.fixture
def desk(db):
    return staff(Role.RECEPTION_AGENT)


@pytest.fixture
def office(db):
    point = f.ServicePointFactory(name="Place Dupuis")
    f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point)
    return point


@pytest.fixture
def known(db):
    return f.PersonFactory(given_name="Muhammad", family_name="Alawi", birth_date=BORN)


@pytest.fixture
def arrival(db):
    return f.ArrivalFactory(
        given_name="Mohamed",
        family_name="Alaoui",
        birth_date=BORN,
        outcome=ArrivalOutcome.MET,
        met_at=clock.now(),
        met_by=f.UserFactory(),
    )


def open_files(desk, arrival, office, **answers):
    posted = {"service_point": office.uid}
    posted |= {f"{name}-{arrival.uid}": value for name, value in answers.items()}
    return desk.post(reverse("reception:open_files", args=[arrival.party.uid]), posted)


def test_one_is_asked_first_and_sees_why(desk, known, arrival, office) -> None:
    response = open_files(desk, arrival, office)
    assert response["Location"].startswith(reverse("reception:identities", args=[arrival.party.uid]))
    page = words(desk.get(response["Location"]))
    assert "C’est Muhammad Alawi, déjà inscrite" in page
    assert "même date de naissance" in page
    assert not File.objects.exists()


def test_it_is_that_person(desk, known, arrival, office) -> None:
    open_files(desk, arrival, office, personne=known.uid)
    arrival.refresh_from_db()
    assert arrival.person == known
    assert [file.person for file in File.objects.all()] == [known]
    assert not Person.objects.filter(uid=arrival.uid).exists()


def test_who_has_an_active_file_gets_no_second_one(desk, known, arrival, office) -> None:
    file = f.FileFactory(person=known)
    open_files(desk, arrival, office, personne=known.uid)
    arrival.refresh_from_db()
    assert arrival.person == known
    assert list(File.objects.all()) == [file]


def test_it_is_another_person_and_why_is_kept(desk, known, arrival, office) -> None:
    assert "connues" in open_files(desk, arrival, office, personne="autre")["Location"]  # no reason yet
    open_files(desk, arrival, office, personne="autre", pourquoi="Le passeport porte un autre numéro.")
    arrival.refresh_from_db()
    assert arrival.person not in (None, known)
    [decision] = DuplicateDecision.objects.all()
    assert {decision.person, decision.other} == {known, arrival.person}
    assert decision.reason == "Le passeport porte un autre numéro."


def test_somebody_who_was_not_proposed_is_no_answer(desk, known, arrival, office) -> None:
    stranger = f.PersonFactory(given_name="Rose", family_name="Lavallée")
    assert "connues" in open_files(desk, arrival, office, personne=stranger.uid)["Location"]
    assert not File.objects.exists()


def test_nothing_is_asked_of_persons_of_another_region(arrival, office, known) -> None:
    Person.objects.filter(pk=known.pk).update(region=f.region("03"))
    open_files(staff(Role.RECEPTION_AGENT), arrival, office)
    assert File.objects.count() == 1
