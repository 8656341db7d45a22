"""Agreements, instalments, deliverables and local actions come in by table."""

from datetime import date
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from tests.factories import (
    AgreementFactory,
    DeliverableFactory,
    InstalmentFactory,
    LocalActionFactory,
    OrganisationFactory,
    ServiceFactory,
    actor,
    region,
)
from tests.tables import numbers, run_table, run_template

pytestmark = pytest.mark.django_db
PARTNER = "Maison d’accueil de la Petite-Patrie"


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def held(settings):
    settings.TODAY = date(2026, 11, 24)


def line(**fields):
    values = {
        "number": "MTL-1",
        "organisation": PARTNER,
        "programme": "PASI",
        "stream": "2",
        "title": "Jumelage",
        "status": "",
        "signed_on": "2026-04-01",
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
        "committed": "120 000,00",
        "matched": "",
    }
    return values | fields


def test_the_templates_import_and_a_repeat_changes_nothing(advisor, held):
    for kind in ("organisations", "services", "agreements", "instalments", "deliverables", "local_actions"):
        assert numbers(run_template(kind, advisor)) == (1, 0, 0), kind
        assert numbers(run_template(kind, advisor)) == (0, 0, 1), kind
    agreement = Agreement.objects.get()
    assert (agreement.committed, agreement.matched, agreement.stream.code) == (120_000, 20_000, "2-participation")
    assert Instalment.objects.get().agreement == Deliverable.objects.get().agreement == agreement
    assert LocalAction.objects.get().partners.get().name == PARTNER


@pytest.mark.parametrize(
    ("programme", "stream", "code"),
    [
        ("Mobilisation-Diversité", "", "mobilisation"),
        ("pac", "Volet 1", "1-municipalites"),
        ("Programme d’appui aux collectivités", "2-organismes", "2-organismes"),
        ("PASI", "soutien à l’innovation", "5-innovation"),
    ],
)
def test_programmes_and_streams_are_found_as_people_write_them(advisor, held, programme, stream, code):
    OrganisationFactory(name=PARTNER)
    assert numbers(run_table("agreements", advisor, line(programme=programme, stream=stream))) == (1, 0, 0)
    assert Agreement.objects.get().stream.code == code


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"organisation": "Inconnu"}, "organisation"),
        ({"programme": "Fonds perdu"}, "programme"),
        ({"stream": ""}, "stream"),
        ({"stream": "9"}, "stream"),
        ({"committed": "beaucoup"}, "committed"),
        ({"committed": "-1"}, "committed"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"signed_on": "2027-01-01"}, "signed_on"),
        ({"signed_on": "", "status": "Signée"}, "signed_on"),
        ({"number": ""}, "number"),
    ],
)
def test_a_row_is_refused_with_its_number_and_column(advisor, held, fields, column):
    OrganisationFactory(name=PARTNER)
    report = run_table("agreements", advisor, line(number="Bon"), line(**fields))
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert not Agreement.objects.exists()


def test_the_state_of_a_known_agreement_changes_only_as_the_rules_allow(advisor, held):
    OrganisationFactory(name=PARTNER)
    run_table("agreements", advisor, line(signed_on=""))
    assert Agreement.objects.get().status == "draft"
    assert numbers(run_table("agreements", advisor, line())) == (0, 1, 0)
    assert Agreement.objects.get().status == "signed"
    report = run_table("agreements", advisor, line(status="draft", signed_on=""))
    assert [(error.row, error.column) for error in report.errors] == [(2, "status")]
    assert numbers(run_table("agreements", advisor, line(status="closed"))) == (0, 1, 0)
    assert numbers(run_table("agreements", advisor, line())) == (0, 0, 1)
    assert run_table("agreements", advisor, line(status="signed")).errors[0].column == "status"


def test_an_amount_that_changed_follows_the_file(advisor, held):
    OrganisationFactory(name=PARTNER)
    run_table("agreements", advisor, line())
    assert numbers(run_table("agreements", advisor, line(committed="130000"))) == (0, 1, 0)
    assert Agreement.objects.get().committed == Decimal("130000.00")


def test_the_number_of_another_region_is_refused(advisor, held):
    OrganisationFactory(name=PARTNER)
    AgreementFactory(number="LAV-1", region=region("13"))
    assert run_table("agreements", advisor, line(number="LAV-1")).errors[0].column == "number"


def test_who_does_not_manage_agreements_imports_none():
    for kind in ("agreements", "instalments", "deliverables", "local_actions"):
        with pytest.raises(NotAllowed):
            run_table(kind, actor(Role.REGIONAL_DIRECTOR), {"number": "1"})


# --- Parts ----------------------------------------------------------------------------------------------------------
def part(agreement, sequence, amount, **fields):
    return {"agreement": agreement.number, "sequence": sequence, "amount": amount, "due_on": "2026-06-30"} | fields


def test_instalments_are_judged_by_agreement_on_all_their_rows(advisor):
    agreement = AgreementFactory(committed=Decimal(100))
    good = AgreementFactory(committed=Decimal(100))
    rows = [part(agreement, 1, 60), part(good, 1, 100), part(agreement, 2, 41)]
    report = run_table("instalments", advisor, *rows)
    assert len(report.errors) == 1
    assert "dépasseraient" in report.errors[0].message
    assert numbers(run_table("instalments", advisor, *rows[:2], part(agreement, 2, 40))) == (3, 0, 0)


def test_an_instalment_is_released_by_a_date(advisor):
    instalment = InstalmentFactory(sequence=1, amount=Decimal(10), due_on=date(2026, 6, 30))
    row = part(instalment.agreement, 1, 10, released_on=clock.today().isoformat())
    assert numbers(run_table("instalments", advisor, row)) == (0, 1, 0)
    instalment.refresh_from_db()
    assert instalment.status == "released"
    assert numbers(run_table("instalments", advisor, row)) == (0, 0, 1)
    back = run_table("instalments", advisor, row | {"status": "planned", "released_on": ""})
    assert back.errors[0].column == "status"


def test_parts_of_agreements_elsewhere_are_refused(advisor):
    elsewhere = AgreementFactory(region=region("13"))
    assert run_table("instalments", advisor, part(elsewhere, 1, 10)).errors[0].column == "agreement"


def test_a_deliverable_counts_a_service_of_the_organisation(advisor):
    agreement = AgreementFactory()
    service = ServiceFactory(organisation=agreement.organisation, name="Cours")
    row = {"agreement": agreement.number, "service": "cours", "label": "A", "measure": "persons_served", "target": 5}
    assert numbers(run_table("deliverables", advisor, row)) == (1, 0, 0)
    assert numbers(run_table("deliverables", advisor, row | {"target": 6})) == (0, 1, 0)
    assert Deliverable.objects.get().service == service
    other = ServiceFactory(name="Ailleurs")
    assert run_table("deliverables", advisor, row | {"service": other.name}).errors[0].column == "service"
    DeliverableFactory()


# --- Local actions --------------------------------------------------------------------------------------------------
def test_a_local_action_follows_the_file(advisor):
    one, two = OrganisationFactory(name="Un"), OrganisationFactory(name="Deux")
    row = {"title": "Fête", "date": "2026-03-21", "partners": "un|DEUX", "status": "", "participants": ""}
    assert numbers(run_table("local_actions", advisor, row)) == (1, 0, 0)
    action = LocalAction.objects.get()
    assert set(action.partners.all()) == {one, two}
    assert numbers(run_table("local_actions", advisor, row | {"partners": "Un", "participants": 40})) == (0, 1, 0)
    assert list(action.partners.all()) == [one]


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"partners": "Inconnu"}, "partners"),
        ({"agreement": "X"}, "agreement"),
        ({"status": "carried_out", "date": "2999-01-01"}, "status"),
        ({"participants": "-3"}, "participants"),
    ],
)
def test_a_local_action_is_refused_with_its_column(advisor, fields, column):
    values = {"title": "Fête", "date": "2026-03-21", "partners": "", "agreement": "", "status": "", "participants": ""}
    report = run_table("local_actions", advisor, values | fields)
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]


def test_a_cancelled_action_is_not_carried_out_by_a_file(advisor):
    action = LocalActionFactory(cancelled=True, partners=[])
    row = {"title": action.title, "date": action.happens_on.isoformat(), "partners": "", "status": "carried_out"}
    assert run_table("local_actions", advisor, row).errors[0].column == "status"
