"""The journal, as the privacy officer reads it; reading it is written in it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.visitor import visitor, words

pytestmark = pytest.mark.django_db
URL = reverse("staff:readings")


@pytest.fixture
def officer():
    return visitor(Role.PRIVACY_OFFICER, None)


def test_who_read_what_on_what_ground(officer) -> None:
    reading = f.ReadingFactory(name="Camille Tremblay")
    page = officer.open("staff:readings")
    for text in ("Camille Tremblay", reading.service_point.name, str(reading.person), "Ouvert"):
        assert text in page
    assert "Dossier attribué à la personne qui l’ouvre" in page


def test_by_person_by_reader_and_by_period(officer) -> None:
    f.ReadingFactory(name="Alix Roy", file__person__family_name="Zubrowka")
    f.ReadingFactory(name="Sacha Côté", happened_at=clock.now() - timedelta(days=200))
    old = (clock.today() - timedelta(days=201)).isoformat(), (clock.today() - timedelta(days=199)).isoformat()
    assert "Sacha Côté" not in officer.open("staff:readings"), "a month, unless told"
    assert "Alix Roy" in officer.open("staff:readings", query="?q=zubrowka")
    assert "Sacha Côté" not in officer.open("staff:readings", query="?q=zubrowka")
    assert "Alix Roy" not in officer.open("staff:readings", query="?name=sacha")
    assert "Sacha Côté" in officer.open("staff:readings", query="?name=sacha")
    assert "Sacha Côté" in officer.open("staff:readings", query=f"?between_min={old[0]}&between_max={old[1]}")
    assert "Alix Roy" not in officer.open("staff:readings", query="?what=printed")


def test_reading_the_journal_of_a_person_is_written(officer) -> None:
    reading = f.ReadingFactory()
    page = officer.open("staff:readings", query=f"?person={reading.person.uid}")
    assert str(reading.person) in page
    line = Reading.objects.exclude(pk=reading.pk).get()
    assert (line.person, line.kind, line.basis, line.user) == (
        reading.person, "readings", "protection", officer.user,
    )  # fmt: skip
    for wrong in ("x", f.UserFactory().uid):
        officer.open("staff:readings", query=f"?person={wrong}", status=404)


def test_its_export_is_written_once_a_person(officer) -> None:
    first = f.ReadingFactory()
    f.ReadingFactory(file__person=first.person, file__closed=True)
    response = officer.client.get(URL, {"export": "csv"})
    assert first.name in words(response)
    lines = Reading.objects.filter(what="exported")
    assert [(line.person, line.kind) for line in lines] == [(first.person, "readings")]


def test_it_costs_the_same_with_many(officer) -> None:
    f.ReadingFactory.create_batch(3)
    few = officer.queries("staff:readings")
    f.ReadingFactory.create_batch(20)
    assert officer.queries("staff:readings") == few


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.REGIONAL_DIRECTOR, Role.INTEGRATION_AGENT])
def test_it_is_nobody_else_s(role: Role) -> None:
    visitor(role).open("staff:readings", status=403)
