"""Employers and accompaniments come in by table."""

from datetime import date

import pytest

from arrimage.accounts.enums import Role
from arrimage.employers.models import Accompaniment, Employer
from arrimage.foundation.errors import NotAllowed
from tests.factories import EmployerFactory, RoleGrantFactory, actor, region
from tests.tables import numbers, run_table, run_template

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held(settings):
    settings.TODAY = date(2026, 11, 24)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def colleague():
    return RoleGrantFactory(role=Role.REGIONAL_ADVISOR, user__email="conseiller@demo.example").user


def line(**fields):
    values = {
        "neq": "1170000001",
        "subject": "recruitment",
        "status": "",
        "requested_on": "2026-03-02",
        "in_charge_on": "",
        "ended_on": "",
        "advisor": "",
    }
    return values | fields


TAKEN = {"in_charge_on": "2026-03-09", "advisor": "conseiller@demo.example"}


def test_the_templates_import_and_a_repeat_changes_nothing(advisor, colleague):
    for kind in ("employers", "accompaniments"):
        assert numbers(run_template(kind, advisor)) == (1, 0, 0), kind
        assert numbers(run_template(kind, advisor)) == (0, 0, 1), kind
    employer = Employer.objects.get()
    assert (employer.neq, employer.place.name, employer.phone) == ("1170000001", "Lachine", "+15145550187")
    accompaniment = Accompaniment.objects.get()
    assert (accompaniment.status, accompaniment.advisor) == ("in_charge", colleague)
    assert accompaniment.events.count() == 2


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"neq": "117000000"}, "neq"),
        ({"neq": "117000000A"}, "neq"),
        ({"email": ""}, "email"),
        ({"email": "pas-un-courriel"}, "email"),
        ({"name": ""}, "name"),
        ({"employee_count": "beaucoup"}, "employee_count"),
        ({"region": "Laval"}, "region"),
    ],
)
def test_an_employer_is_refused_with_its_column(advisor, fields, column):
    values = {"neq": "1170000002", "name": "A", "email": "a@demo.example", "employee_count": "", "region": ""}
    report = run_table("employers", advisor, values | {"neq": "1170000003"}, values | fields)
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert not Employer.objects.exists()


def test_an_employer_follows_the_file_and_keeps_what_it_does_not_say(advisor):
    employer = EmployerFactory(phone="+15145550142")
    row = {"neq": employer.neq, "name": "Nouveau nom", "email": employer.email}
    assert numbers(run_table("employers", advisor, row)) == (0, 1, 0)
    employer.refresh_from_db()
    assert (employer.name, employer.phone) == ("Nouveau nom", "+15145550142")


def test_an_employer_of_another_region_is_refused(advisor):
    employer = EmployerFactory(region=region("13"))
    report = run_table("employers", advisor, {"neq": employer.neq, "name": "A", "email": "a@demo.example"})
    assert report.errors[0].column == "neq"


def test_an_accompaniment_follows_the_file_from_state_to_state(advisor, colleague):
    EmployerFactory(neq="1170000001")
    assert numbers(run_table("accompaniments", advisor, line())) == (1, 0, 0)
    assert numbers(run_table("accompaniments", advisor, line(**TAKEN))) == (0, 1, 0)
    assert numbers(run_table("accompaniments", advisor, line(**TAKEN, status="done", ended_on="2026-06-01"))) == (
        0,
        1,
        0,
    )
    events = Accompaniment.objects.get().events.values_list("to_status", flat=True)
    assert list(events) == ["requested", "in_charge", "done"]
    again = run_table("accompaniments", advisor, line(**TAKEN, status="in_charge"))
    assert [(error.row, error.column) for error in again.errors] == [(2, None)]
    assert "ne peut pas devenir" in again.errors[0].message


def test_a_request_taken_and_done_since_passes_through_both_states(advisor, colleague):
    EmployerFactory(neq="1170000001")
    run_table("accompaniments", advisor, line())
    assert numbers(run_table("accompaniments", advisor, line(**TAKEN, status="done", ended_on="2026-06-01"))) == (
        0,
        1,
        0,
    )
    accompaniment = Accompaniment.objects.get()
    assert (accompaniment.status, accompaniment.advisor) == ("done", colleague)
    assert [event.happened_at.date() for event in accompaniment.events.all()] == [
        date(2026, 3, 2),
        date(2026, 3, 9),
        date(2026, 6, 1),
    ]


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"neq": "1170000009"}, "neq"),
        ({"subject": "fanfare"}, "subject"),
        ({"advisor": "inconnu@demo.example"}, "advisor"),
        ({"in_charge_on": "2026-03-09"}, "advisor"),
        ({**TAKEN, "in_charge_on": "2026-03-01"}, "in_charge_on"),
        ({"status": "done", "ended_on": "2026-06-01"}, "in_charge_on"),
        ({"status": "unreachable"}, "ended_on"),
        ({"ended_on": "2026-06-01"}, "ended_on"),
        ({"requested_on": "2027-01-01"}, "requested_on"),
    ],
)
def test_an_accompaniment_is_refused_with_its_column(advisor, colleague, fields, column):
    EmployerFactory(neq="1170000001")
    report = run_table("accompaniments", advisor, line(**fields))
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert not Accompaniment.objects.exists()


def test_who_does_not_accompany_employers_imports_none():
    for kind in ("employers", "accompaniments"):
        with pytest.raises(NotAllowed):
            run_table(kind, actor(Role.INTEGRATION_AGENT), line())
