"""The demonstration gives the table of the product's design, and has people in every stage of the chain."""

import csv
import io

import pytest

from tests.demonstration.installation import Installation

PERIOD = ("--region", "06", "--from", "2020-07-01", "--to", "2021-06-30")
EARLIER = ("--region", "06", "--from", "2019-07-01", "--to", "2020-06-30")
EXACT = {
    "service_points": 6,
    "airport_reception_services": 1,
    "regional_advisors": 12,
    "integration_agents": 20,
    "reception_agents": 30,
    "partner_organisations": 26,
    "agreements_signed": 82,
    "city_agreement_value": 12_000_000,
    "local_actions": 100,
    "employers_accompanied": 265,
}


def figures(demonstration: Installation, *period: str) -> dict[str, dict]:
    report = demonstration.json("bilan", *(period or PERIOD), "--format", "json")
    assert report.keys() == {"region", "from", "to", "generated_at", "indicators"}
    return {indicator["code"]: indicator for indicator in report["indicators"]}


@pytest.fixture(scope="module")
def found(demonstration: Installation) -> dict[str, dict]:
    """The figures as they came out of the loading."""
    return figures(demonstration)


@pytest.mark.parametrize(("code", "value"), EXACT.items())
def test_the_table_comes_out_exactly(found: dict[str, dict], code: str, value: int) -> None:
    assert found[code]["value"] == value


def test_amounts_and_agreements_in_force_are_in_their_range(found: dict[str, dict]) -> None:
    assert 86_000_000 <= found["agreements_signed_value"]["value"] < 87_000_000
    assert found["agreements_in_progress"]["value"] > 50


@pytest.mark.parametrize("code", [*EXACT, "agreements_signed_value", "agreements_in_progress"])
def test_evidence_explains_each_figure(demonstration: Installation, found: dict[str, dict], code: str) -> None:
    evidence = demonstration.json("evidence", code, *PERIOD, "--format", "json")
    indicator = found[code]
    assert evidence["value"] == indicator["value"]
    assert len(evidence["records"]) == indicator["evidence_count"] > 0
    assert len({(record["kind"], record["uid"]) for record in evidence["records"]}) == len(evidence["records"])
    if indicator["unit"] == "count":
        assert len(evidence["records"]) == indicator["value"]


def test_the_decoys_are_there(demonstration: Installation) -> None:
    """Without them the figures above would prove little."""
    [counts] = demonstration.rows(
        """select (select count(*) from agreements_agreement),
                  (select count(*) from agreements_agreement where status = 'annulled'),
                  (select count(*) from agreements_agreement a join directory_organisation o on o.id = organisation_id
                    where o.kind = 'municipality'),
                  (select count(*) from agreements_localaction where status <> 'carried_out'),
                  (select count(*) from employers_accompaniment where in_charge_on is null),
                  (select count(*) from accounts_rolegrant where ends_on is not null),
                  (select count(*) from territory_servicepoint)"""
    )
    assert counts > (82, 0, 1, 1, 5, 4, 7)
    assert min(counts) >= 1


STAGES = {
    "expected": "select count(*) from reception_arrival where outcome = 'expected'",
    "met": "select count(*) from reception_arrival where outcome = 'met' and person_id is null",
    "file opened": """select count(*) from casework_file f where not exists
        (select from scheduling_attendance a where a.person_id = f.person_id)""",
    "appointment booked": """select count(*) from scheduling_attendance t join scheduling_appointment a
        on a.id = t.appointment_id where a.status = 'booked' and a.kind = 'first'""",
    "assessed": """select count(*) from casework_assessment a where status = 'completed' and not exists
        (select from casework_plan p where p.file_id = a.file_id)""",
    "plan drafted": "select count(*) from casework_plan where status = 'draft'",
    "plan agreed": """select count(*) from casework_plan p where status = 'agreed' and not exists
        (select from casework_referral r where r.file_id = p.file_id)""",
    "referred": "select count(distinct file_id) from casework_referral where status in ('sent', 'reminded')",
    "accepted": "select count(distinct file_id) from casework_referral where status = 'accepted'",
    "started": "select count(distinct file_id) from casework_referral where status = 'started'",
    "result recorded": """select count(distinct r.file_id) from casework_referral r join casework_step s
        on s.id = r.step_id where r.status = 'completed' and s.status <> 'done'""",
    "followed up and closed": """select count(distinct f.file_id) from casework_followup f join casework_step s
        on s.id = f.step_id where s.status = 'done'""",
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_of_the_chain_has_300_persons(demonstration: Installation, stage: str) -> None:
    [[count]] = demonstration.rows(STAGES[stage])
    assert count >= 300


def test_one_more_employer_makes_266_and_moves_nothing_else(demonstration: Installation, tmp_path) -> None:
    employers = write(tmp_path / "employeurs.csv", {"neq": "9988776655", "name": "Un de plus inc.", "region": "06",
                                                    "email": "un.de.plus@demo.example"})  # fmt: skip
    accompaniments = write(tmp_path / "accompagnements.csv", {
        "neq": "9988776655", "subject": "retention", "status": "in_charge", "requested_on": "2021-06-01",
        "in_charge_on": "2021-06-30", "advisor": "conseiller@demo.example", "region": "06",
    })  # fmt: skip
    with demonstration.copied() as copy:
        before, year_before = figures(copy), figures(copy, *EARLIER)
        dry = copy.json("import", "employers", employers)
        assert (dry["created"], dry["errors"]) == (1, [])
        assert figures(copy) == before, "a dry run wrote something"
        copy.json("import", "employers", employers, "--wet-run")
        again = copy.json("import", "employers", employers, "--wet-run")
        assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
        assert figures(copy) == before, "an employer nobody accompanies must not count"
        copy.json("import", "accompaniments", accompaniments, "--wet-run")
        after = figures(copy)
        assert after["employers_accompanied"]["value"] == 266
        assert {code for code in after if after[code] != before[code]} == {"employers_accompanied"}
        assert figures(copy, *EARLIER) == year_before


def write(path, row: dict[str, str]) -> str:
    """Write a table of one row, and give its path."""
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow(row)
    path.write_text(text.getvalue())
    return str(path)


def test_loading_again_changes_nothing(demonstration: Installation, found: dict[str, dict]) -> None:
    done = demonstration.run("demo", "--no-serve", "--today", "2026-10-20")
    assert "déjà chargée" in done.stdout
    assert figures(demonstration) == found


def test_the_planner_knows_every_table(demonstration: Installation) -> None:
    unknown = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    assert demonstration.rows(unknown)
    assert demonstration.rows(f"{unknown} and reltuples < 0") == []


def test_production_refuses_the_demonstration(demonstration: Installation) -> None:
    production = Installation({**demonstration.environment, "ARRIMAGE_ENV": "production"})
    done = production.run("demo", "--no-serve", check=False)
    assert done.returncode == 1
    assert "refusée" in done.stderr
