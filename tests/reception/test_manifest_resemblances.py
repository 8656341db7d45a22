"""A manifest says row by row who looks like a person already recorded, and nothing the actor may not see."""

import io
from datetime import date

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.imports import ImportReport, importers, run_import
from arrimage.reception import resemblances
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival
from tests.factories import PersonFactory, ServicePointFactory, actor, region

pytestmark = pytest.mark.django_db

TITLES = "flight_number,date,party,family_name,given_name,birth_date,category,phone"
NADIA = "AC873,2026-11-24,G-1,Haddad,Nadia,1988-04-12,RPCE,"
OMAR = "AC873,2026-11-24,G-1,Haddad,Omar,1985-01-02,RPCE,"


@pytest.fixture(autouse=True)
def airport(db):
    return ServicePointFactory(airport=True)


def run(*rows: str, wet: bool = False) -> ImportReport:
    file = io.BytesIO("\n".join([TITLES, *rows]).encode())
    report = run_import(importers()["arrivals"], file, "m.csv", actor(Role.RECEPTION_AGENT), wet=wet)
    assert not report.errors, report.errors
    return report


def recorded(**said: object):
    return PersonFactory(**{"given_name": "Nadia", "family_name": "Hadad", "birth_date": date(1988, 4, 12), **said})


@pytest.mark.parametrize("wet", [False, True])
def test_the_row_is_named_with_its_reasons(wet):
    recorded()
    [remark] = run(OMAR, NADIA, wet=wet).warnings
    assert remark.startswith("Ligne 3\u00a0:") or remark.startswith("Ligne 3 :")
    assert "Nadia Hadad" in remark
    assert "nom ressemblant, même date de naissance" in remark


def test_somebody_of_another_region_is_not_told():
    recorded(region=region("03"))
    assert run(NADIA).warnings == []


def test_a_birth_alone_or_a_name_alone_says_nothing():
    recorded(given_name="Wilner", family_name="Baptiste")
    recorded(birth_date=date(1950, 6, 7))
    assert run(NADIA).warnings == []


def test_a_telephone_counts_beside_the_name():
    recorded(family_name="Haddad", birth_date=None, phone="+15145550199")
    [remark] = run("AC873,2026-11-24,G-1,Haddad,Nadia,,RPCE,514 555-0199").warnings
    assert "même téléphone" in remark


def test_who_is_recorded_from_this_arrival_is_not_asked_about():
    run(NADIA, wet=True)
    Arrival.objects.update(person=recorded(), outcome=ArrivalOutcome.MET, met_at=clock.now())
    assert not [remark for remark in run(NADIA).warnings if "ressemble" in remark]


def test_many_are_counted(monkeypatch):
    monkeypatch.setattr(resemblances, "TOLD", 1)
    recorded()
    recorded(given_name="Omar", birth_date=date(1985, 1, 2))
    warnings = run(NADIA, OMAR).warnings
    assert len(warnings) == 2
    assert warnings[1].replace("\u00a0", " ") == "1 autre ligne ressemble à une personne déjà enregistrée."


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    recorded()
    with django_assert_max_num_queries(30):
        run(*(f"AC873,2026-11-24,G-1,Haddad,Nadia{letter},1988-04-12,RPCE," for letter in "abcdefghijklmnopqrst"))
