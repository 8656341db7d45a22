"""Employers on screen, for the staff."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.employers.models import Accompaniment, Employer
from arrimage.foundation import clock
from tests.factories import AccompanimentFactory, EmployerFactory, RoleGrantFactory, region
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


def day(count):
    return clock.today() + timedelta(days=count)


@pytest.fixture
def advisor():
    return visitor()


def test_the_employers_of_the_region_are_listed_with_what_they_wait_for(advisor):
    AccompanimentFactory(employer__name="Aliments Boréal")
    EmployerFactory(name="Ailleurs", region=region("13"))
    page = advisor.open("staff:employers")
    assert "1 employeur" in page
    assert "Aliments Boréal" in page
    assert "Demandé" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=ALIMENTS boreal", "1 employeur"),
        ("?q=1170000001", "1 employeur"),
        ("?sector=alimentaire", "1 employeur"),
        ("?status=requested", "1 employeur"),
        ("?status=done", "0 employeur"),
        ("?mine=on", "0 employeur"),
        ("?sort=-accompaniment", "2 employeurs"),
    ],
)
def test_employers_are_narrowed_and_sorted(advisor, query, count):
    AccompanimentFactory(
        employer__name="Aliments Boréal", employer__neq="1170000001", employer__sector="Transformation alimentaire"
    )
    EmployerFactory(name="Garage")
    assert count in advisor.open("staff:employers", query=query)


def test_requests_without_an_answer_are_found(advisor):
    AccompanimentFactory(requested_on=day(-30), employer__name="Ancienne")
    AccompanimentFactory(requested_on=day(-3), employer__name="Récente")
    page = advisor.open("staff:accompaniments", query="?waiting=21")
    assert "1 accompagnement" in page
    assert "Ancienne" in page


@pytest.mark.parametrize("name", ["staff:employers", "staff:accompaniments"])
@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT, Role.TEAM_LEAD])
def test_those_who_do_not_see_employers_are_refused(name, role):
    visitor(role).open(name, status=403)


def test_lists_take_as_many_queries_with_a_thousand_rows(advisor):
    AccompanimentFactory.create_batch(10)
    names = ("staff:employers", "staff:accompaniments")
    few = [advisor.queries(name) for name in names]
    employers = Employer.objects.bulk_create(
        EmployerFactory.build(region=region(), neq=f"22{n:08}") for n in range(990)
    )
    Accompaniment.objects.bulk_create(AccompanimentFactory.build(employer=one, region=region()) for one in employers)
    assert [advisor.queries(name) for name in names] == few
    assert max(few) <= 20


def test_an_employer_is_registered_asks_is_helped(advisor):
    page = advisor.send("staff:employer_add", neq="117 000 0001", name="Boréal", email="rh@boreal.example")
    assert "NEQ 1170000001" in page
    employer = Employer.objects.get()
    page = advisor.send("staff:accompaniment_add", employer.uid, subject="francization", request="Des cours")
    assert "Prendre en charge" in page
    asked = Accompaniment.objects.get()
    page = advisor.send(
        "staff:accompaniment_take", asked.uid, advisor=advisor.user.pk, in_charge_on=day(0), note="Appelé"
    )
    assert f"Accompagné par {advisor.user.name}" in page
    assert "Appelé" in page
    page = advisor.send("staff:accompaniment_end", asked.uid, ending="done", ended_on=day(0))
    assert "Terminé" in page
    asked.refresh_from_db()
    assert (asked.status, asked.events.count()) == ("done", 3)


@pytest.mark.parametrize("neq", ["", "123", "117000000A"])
def test_a_neq_is_checked(advisor, neq):
    page = advisor.send("staff:employer_add", neq=neq, name="A", email="a@demo.example", status=200)
    assert "error-summary" in page
    assert not Employer.objects.exists()


def test_a_neq_already_registered_is_refused(advisor):
    known = EmployerFactory(region=region("13"))
    page = advisor.send("staff:employer_add", neq=known.neq, name="A", email="a@demo.example", status=200)
    assert "déjà inscrit" in page


def test_only_an_advisor_of_the_region_may_be_chosen(advisor):
    elsewhere = RoleGrantFactory(role=Role.REGIONAL_ADVISOR, region=region("13")).user
    asked = AccompanimentFactory()
    advisor.send("staff:accompaniment_take", asked.uid, advisor=elsewhere.pk, in_charge_on=day(0), status=200)
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_why_an_employer_was_not_helped_is_asked(advisor):
    asked = AccompanimentFactory()
    answers = {"ending": "unreachable", "ended_on": day(0)}
    assert "Dites pourquoi" in advisor.send("staff:accompaniment_end", asked.uid, **answers, status=200)


def test_an_employer_elsewhere_does_not_exist(advisor):
    elsewhere = AccompanimentFactory(employer__region=region("13"))
    advisor.open("staff:employer", elsewhere.employer.uid, status=404)
    advisor.open("staff:accompaniment_take", elsewhere.uid, status=404)
    advisor.open("staff:accompaniment_end", elsewhere.uid, status=404)


def test_the_director_reads_without_changing():
    asked = AccompanimentFactory()
    director = visitor(Role.REGIONAL_DIRECTOR)
    assert "Prendre en charge" not in director.open("staff:employer", asked.employer.uid)
    director.open("staff:employer_add", status=403)
    director.send("staff:accompaniment_take", asked.uid, status=403)
    director.send("staff:accompaniment_end", asked.uid, status=403)


def test_a_fiche_is_corrected(advisor):
    employer = EmployerFactory()
    page = advisor.send(
        "staff:employer_edit", employer.uid, name="Nouveau", email="n@demo.example", phone="514 555-0142", version=1
    )
    assert "514 555-0142" in page
    employer.refresh_from_db()
    assert employer.name == "Nouveau"
