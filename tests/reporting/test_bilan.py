"""The bilan as a whole: rights, cost, and the shapes that others read."""

import json
from datetime import date
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.reporting.bilan import KEY_FIGURES, bilan_for, compute, key_figures
from arrimage.reporting.evidence import evidence_for
from arrimage.reporting.formats import evidence_to_json, evidence_to_text, to_html, to_json, to_text
from arrimage.reporting.formats.as_json import number
from arrimage.reporting.indicators import INDICATORS, UnknownIndicator
from arrimage.reporting.period import Period, year_of
from arrimage.reporting.report import Report
from tests import factories as make
from tests.reporting.world import DAY, FIRST, LAST, YEAR

REQUIRED = {
    "service_points",
    "airport_reception_services",
    "regional_advisors",
    "integration_agents",
    "reception_agents",
    "partner_organisations",
    "agreements_signed",
    "agreements_signed_value",
    "city_agreement_value",
    "agreements_in_progress",
    "local_actions",
    "employers_accompanied",
}


def test_every_code_of_the_bilan_is_there():
    assert INDICATORS.keys() >= REQUIRED


def test_definitions_are_written_out():
    for indicator in INDICATORS.values():
        assert len(str(indicator.definition)) > 150
        assert str(indicator.definition).endswith(".")


# --- Rights ---------------------------------------------------------------------------------------------------------
SEES_BILAN = {Role.REGIONAL_DIRECTOR, Role.REGIONAL_ADVISOR, Role.TEAM_LEAD}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role in make.RoleGrantFactory._meta.model.roles])
def test_who_sees_the_bilan_and_its_evidence(role):
    actor = make.actor(role)
    if role in SEES_BILAN or role == Role.MINISTRY_ANALYST:
        assert bilan_for(actor, None, FIRST, LAST).region.code == "06"
    else:
        with pytest.raises(NotAllowed):
            bilan_for(actor, None, FIRST, LAST)
    if role in {Role.REGIONAL_DIRECTOR, Role.REGIONAL_ADVISOR}:
        assert evidence_for(actor, "service_points", None, FIRST, LAST).records() == []
    else:
        with pytest.raises(NotAllowed):
            evidence_for(actor, "service_points", None, FIRST, LAST)


@pytest.mark.django_db
def test_a_region_is_one_s_own_unless_one_acts_for_the_whole_of_quebec():
    director, analyst = make.actor(), make.actor(Role.MINISTRY_ANALYST, None)
    with pytest.raises(NotAllowed):
        bilan_for(director, "13", FIRST, LAST)
    with pytest.raises(NotAllowed):
        evidence_for(director, "service_points", "13", FIRST, LAST)
    assert bilan_for(analyst, "13", FIRST, LAST).region.code == "13"
    with pytest.raises(InvalidInput, match="Indiquez la région"):
        bilan_for(analyst, None, FIRST, LAST)


@pytest.mark.django_db
def test_what_does_not_exist_is_said_in_words():
    actor = make.actor(Role.MINISTRY_ANALYST, None)
    with pytest.raises(InvalidInput, match=r"«\s99\s» n’existe pas"):
        bilan_for(actor, "99", FIRST, LAST)
    with pytest.raises(InvalidInput, match="finit le"):
        bilan_for(actor, "06", LAST, FIRST)
    with pytest.raises(UnknownIndicator, match="employers_accompanied"):
        evidence_for(make.actor(), "employeurs", "06", FIRST, LAST)


# --- Cost -----------------------------------------------------------------------------------------------------------
SHARES = sum(1 for indicator in INDICATORS.values() if indicator.denominator)


def test_the_cost_is_constant(world, django_assert_num_queries):
    region = make.region()
    with django_assert_num_queries(len(INDICATORS) + SHARES):
        compute(region, YEAR)
    for _ in range(5):
        make.AccompanimentFactory(in_charge=True, requested_on=DAY)
    with django_assert_num_queries(len(INDICATORS) + SHARES):
        compute(region, YEAR)
    with django_assert_num_queries(1):
        evidence_for_all = INDICATORS["employers_accompanied"].evidence(region, YEAR)
        assert len([(row.shown_label, row.shown_on) for row in evidence_for_all]) == 6


def test_key_figures_are_those_of_the_current_year_to_date(world, django_assert_num_queries):
    actor = make.actor()
    with django_assert_num_queries(1 + len(KEY_FIGURES) + 1 + 4):  # who asks, and back
        bilan = key_figures(actor)
    assert bilan.period == Period(year_of(clock.today()).first, clock.today())
    assert bilan.figure("employers_accompanied").value == 1  # still in charge
    assert bilan.figure("persons_with_result").value == 0


# --- Shapes ---------------------------------------------------------------------------------------------------------
def test_the_json_of_the_bilan(world):
    make.AgreementFactory(signed_on=DAY, organisation=world.partner, committed=Decimal("86000000.10"))
    data = json.loads(to_json(compute(make.region(), YEAR)))

    assert list(data) == ["region", "from", "to", "generated_at", "indicators"]
    assert (data["region"], data["from"], data["to"]) == ("06", "2020-07-01", "2021-06-30")
    found = {indicator["code"]: indicator for indicator in data["indicators"]}
    assert list(found) == list(INDICATORS)
    for indicator in data["indicators"]:
        assert list(indicator) == [
            "code",
            "label",
            "definition",
            "value",
            "unit",
            "numerator",
            "denominator",
            "evidence_count",
        ]
    assert found["city_agreement_value"]["value"] == 12_000_000
    assert isinstance(found["city_agreement_value"]["value"], int)
    assert '"value": 86100000.1,' in to_json(compute(make.region(), YEAR))
    assert found["agreements_signed_value"]["unit"] == "CAD"
    assert found["agreements_signed_value"]["evidence_count"] == 2
    share = found["first_appointments_in_time"]
    assert (share["value"], share["unit"], share["numerator"], share["denominator"]) == (100, "%", 1, 1)
    assert found["service_points"]["numerator"] is None


def test_the_json_of_the_evidence(world):
    evidence = evidence_for(make.actor(), "employers_accompanied", "06", FIRST, LAST)
    assert json.loads(evidence_to_json(evidence)) == {
        "code": "employers_accompanied",
        "value": 1,
        "records": [
            {
                "kind": "employer",
                "uid": str(world.employer.uid),
                "label": world.employer.name,
                "date": "2020-10-15",
            }
        ],
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (265, "265"),
        (Decimal("12000000.00"), "12000000"),
        (Decimal("86012345.67"), "86012345.67"),
        (Decimal("9999999999999.99"), "9999999999999.99"),
        (Decimal("33.3"), "33.3"),
    ],
)
def test_numbers_are_exact(value, written):
    assert json.dumps(number(value)) == written


def test_the_text_is_written_as_in_quebec(world):
    text = to_text(compute(make.region(), YEAR)).replace("\u00a0", " ")
    assert "Montréal, du 1er juillet 2020 au 30 juin 2021" in text
    assert "12 000 000 $" in text
    assert "100 % (1 sur 1)" in text
    evidence = evidence_for(make.actor(), "employers_accompanied", "06", FIRST, LAST)
    assert f"15 oct. 2020    {world.employer.name}" in evidence_to_text(evidence).replace("\u00a0", " ")


def test_the_html_stands_alone(world):
    html = to_html(Report(compute(make.region(), YEAR)))
    assert html.startswith("<!DOCTYPE html>")
    assert "<caption>Ententes</caption>" in html
    assert str(INDICATORS["employers_accompanied"].definition) in html
    assert "href" not in html
    assert "src=" not in html


# --- Periods --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2020, 7, 1), "2020-2021"), (date(2021, 6, 30), "2020-2021"), (date(2021, 7, 1), "2021-2022")],
)
def test_the_year_runs_from_july_to_june(day, label):
    assert year_of(day).year_label == label


def test_another_period_has_no_year():
    assert Period(date(2020, 7, 1), date(2020, 12, 31)).year_label == ""
