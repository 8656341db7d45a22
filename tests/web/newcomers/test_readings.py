"""A person sees who looked at their file."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return f.PersonFactory()


@pytest.fixture
def newcomer(person):
    return Visitor(f.PersonAccountFactory(person=person))


def test_the_directorate_s_people_by_name_role_and_office(person, newcomer) -> None:
    line = f.ReadingFactory(file__person=person, name="Dominique Gagnon")
    page = newcomer.open("newcomers:readings")
    for text in (
        "Dominique Gagnon", "Agente ou agent d’intégration", line.service_point.name, "A ouvert votre dossier",
        "Cette personne s’occupe de votre dossier.",
    ):  # fmt: skip
        assert text in page


def test_a_partner_s_worker_by_their_organisation_only(person, newcomer) -> None:
    organisation = f.OrganisationFactory(name="Maison Accueil")
    f.ReadingFactory(
        file__person=person, name="Sacha Côté", role=Role.PARTNER_WORKER, organisation=organisation, service_point=None,
        kind="referral", basis="partner",
    )  # fmt: skip
    page = newcomer.open("newcomers:readings")
    assert "Maison Accueil" in page
    assert "A lu ce qui lui a été transmis sur vous" in page
    assert "Sacha Côté" not in page


def test_an_exceptional_access_with_its_reason(person, newcomer) -> None:
    access = f.BreakGlassFactory(file__person=person, user_name="Alix Roy")
    f.ReadingFactory(
        file__person=person,
        file__closed=True,
        name="Alix Roy",
        what="break_glass",
        basis="break_glass",
        break_glass=access,
    )
    page = newcomer.open("newcomers:readings")
    for text in ("Alix Roy", access.reason, "Remplacement d’une personne absente"):
        assert text in page


def test_a_day_of_somebody_is_one_line(person, newcomer) -> None:
    first = f.ReadingFactory(file__person=person, file__closed=True, name="Dominique Gagnon")
    for what in ("opened", "printed"):
        f.ReadingFactory(
            file__person=person, file__closed=True, user=first.user, name=first.name, what=what,
            service_point=first.service_point,
        )  # fmt: skip
    page = newcomer.open("newcomers:readings")
    assert page.count("Dominique Gagnon") == 1
    assert page.count("A ouvert votre dossier") == 1
    assert "A affiché une feuille à imprimer" in page


def test_neither_one_s_own_visits_nor_those_to_others(person, newcomer) -> None:
    f.ReadingFactory(name="Dominique Gagnon")
    newcomer.open("newcomers:home")
    own = Reading.objects.get(person=person)
    assert (own.basis, own.what, own.role) == ("own_record", "opened", "newcomer")
    page = newcomer.open("newcomers:readings")
    assert "Personne d’autre que vous n’a consulté votre dossier." in page
    assert "Dominique Gagnon" not in page


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar"])
def test_in_every_language(person, language: str) -> None:
    f.ReadingFactory(file__person=person)
    access = f.BreakGlassFactory(file__person=person, file__closed=True)
    f.ReadingFactory(file__person=person, file__closed=True, basis="break_glass", break_glass=access)
    account = f.PersonAccountFactory(person=person, user__language=language)
    Visitor(account).open("newcomers:readings")


def test_it_costs_the_same_with_many(person, newcomer) -> None:
    file = f.FileFactory(person=person)
    f.ReadingFactory.create_batch(2, file=file)
    few = newcomer.queries("newcomers:readings")
    f.ReadingFactory.create_batch(30, file=file)
    assert newcomer.queries("newcomers:readings") == few
