"""An employer's people see their own employer, and ask for help."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import EMPLOYER_ROLES, Role
from arrimage.employers.models import Accompaniment
from arrimage.foundation import clock
from tests.factories import AccompanimentFactory, EmployerMemberFactory
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return EmployerMemberFactory(employer__name="Aliments Boréal")


@pytest.mark.parametrize("role", sorted(EMPLOYER_ROLES))
def test_each_role_of_an_employer_sees_its_own(role):
    member = EmployerMemberFactory(role=role)
    AccompanimentFactory(employer__name="Une autre")
    page = Visitor(member).open("employers:home")
    assert member.employer.name in page
    assert "Une autre" not in page


def test_states_are_told_without_the_notes_of_the_staff(member):
    own = AccompanimentFactory(employer=member.employer, requested_on=clock.today() - timedelta(days=2))
    own.events.create(to_status="requested", actor_name="Claire", note="Difficile à joindre")
    page = Visitor(member).open("employers:home")
    assert "Demandé" in page
    assert "vous appelle d’ici le" in page
    assert "Difficile à joindre" not in page


def test_an_accompaniment_is_asked(member):
    page = Visitor(member).send("employers:ask", subject="retention", request="Accueillir trois soudeuses")
    assert "Votre demande est envoyée" in page
    asked = Accompaniment.objects.get()
    assert (asked.employer, asked.region, asked.status) == (member.employer, member.employer.region, "requested")
    assert asked.events.get().actor == member.user


def test_the_same_request_twice_the_same_day_is_refused_in_words(member):
    visiting = Visitor(member)
    visiting.send("employers:ask", subject="retention")
    assert "déjà été enregistrée" in visiting.send("employers:ask", subject="retention", status=200)


def test_somebody_whose_role_ended_is_refused():
    ended = EmployerMemberFactory(ends_on=clock.today() - timedelta(days=1))
    Visitor(ended).open("employers:home", status=403)


@pytest.mark.parametrize("role", [Role.REGIONAL_ADVISOR, Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR])
def test_the_staff_has_its_own_pages(role):
    visitor(role).open("employers:home", status=403)


def test_an_employer_s_people_do_not_enter_the_staff_s_pages(member):
    for name in ("staff:employers", "staff:agreements", "staff:services", "staff:imports"):
        Visitor(member).open(name, status=403)
