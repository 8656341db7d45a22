"""Interpreters come in by table: found again, never doubled, refused row by row."""

from datetime import timedelta
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.scheduling.models import Interpreter
from tests import factories as f
from tests.tables import numbers, run_table, run_template

pytestmark = pytest.mark.django_db
ROW = {"nom": "Pilar Ñúñez", "langues": "espagnol|portugais"}


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


def test_the_template_imports_and_a_repeat_changes_nothing(lead) -> None:
    assert numbers(run_template("interpreters", lead)) == (1, 0, 0)
    assert numbers(run_template("interpreters", lead)) == (0, 0, 1)
    made = Interpreter.objects.get()
    assert (made.languages, made.modes, made.is_active) == (["ar", "ht"], ["on_site", "phone"], True)
    assert [(rate.hourly, str(rate.first_on)) for rate in made.rates.all()] == [(Decimal("62.50"), "2026-04-01")]


def test_a_dry_run_writes_nothing(lead) -> None:
    assert run_table("interpreters", lead, ROW, wet=False).created == 1
    assert not Interpreter.objects.exists()


def test_they_are_found_whatever_the_accents_and_what_the_file_leaves_out_stays(lead) -> None:
    organisation = f.OrganisationFactory()
    known = f.InterpreterFactory(name="Pilar Ñúñez", languages=["es"], cost_code="100", organisation=organisation)
    assert numbers(run_table("interpreters", lead, ROW | {"nom": "PILAR NUNEZ"})) == (0, 1, 0)
    known.refresh_from_db()
    assert (known.name, known.languages, known.cost_code) == ("Pilar Ñúñez", ["es", "pt"], "100")
    assert known.organisation == organisation
    assert numbers(run_table("interpreters", lead, ROW | {"organisme": ""})) == (0, 1, 0)
    known.refresh_from_db()
    assert known.organisation is None


def test_a_rate_of_the_file_begins_on_its_day(lead) -> None:
    known = f.InterpreterFactory(name="Pilar Ñúñez", languages=["es", "pt"])
    f.InterpreterRateFactory(interpreter=known, hourly="60.00")
    assert numbers(run_table("interpreters", lead, ROW | {"tarif": "60"})) == (0, 0, 1)
    assert numbers(run_table("interpreters", lead, ROW | {"tarif": "65,00"})) == (0, 1, 0)
    yesterday = clock.today() - timedelta(days=1)
    rates = known.rates.order_by("first_on").values_list("hourly", "last_on")
    assert list(rates) == [(Decimal("60.00"), yesterday), (Decimal("65.00"), None)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"langues": "klingonais"}, "languages"),
        ({"langues": ""}, "languages"),
        ({"façons d’interpréter": "par pigeon"}, "modes"),
        ({"organisme": "Inconnu"}, "organisation"),
        ({"région": "Laval"}, "region"),
        ({"tarif": "-3"}, "hourly"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_column(lead, row, column) -> None:
    report = run_table("interpreters", lead, ROW | row)
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert not Interpreter.objects.exists()


def test_only_a_lead_brings_them_in() -> None:
    with pytest.raises(NotAllowed):
        run_table("interpreters", f.actor(Role.INTEGRATION_AGENT), ROW)
