"""A manifest comes in once, whole, and never over what the airport already did."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor, system_actor
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import ImportReport, importers, run_import, template_csv
from arrimage.reception.actions import record_outcomes
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Manifest, Party
from tests.factories import ArrivalFactory, PersonFactory, ServicePointFactory, actor, region

pytestmark = pytest.mark.django_db

TITLES = (
    "flight_number,date,time,origin,party,family_name,given_name,birth_date,gender,language,category,relation,"
    "special_needs"
)
FAMILY = (
    "AC 873,2026-11-24,14:30,Francfort,G-1,Haddad,Nadia,1988-04-12,F,ar,RPCE,principal,Fauteuil roulant",
    "AC873,2026-11-24,14:30,,G-1,Haddad,Omar,1985-01-02,M,arabe,RPCE,conjoint,",
    "AC873,2026-11-24,,,G-1,Haddad,Lina,2019-09-09,f,ar,RPCE,fille,Lit d’enfant",
)


@pytest.fixture
def airport(db):
    return ServicePointFactory(airport=True)


@pytest.fixture
def agent(airport) -> Actor:
    return actor(Role.RECEPTION_AGENT)


def manifest(*rows: str, titles: str = TITLES) -> io.BytesIO:
    return io.BytesIO("\n".join([titles, *rows]).encode())


def run(agent: Actor, *rows: str, wet: bool = True, titles: str = TITLES, name: str = "m.csv") -> ImportReport:
    return run_import(importers()["arrivals"], manifest(*rows, titles=titles), name, agent, wet=wet)


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert not report.errors, report.errors
    return report.created, report.updated, report.unchanged


def test_a_family_comes_in(agent, airport):
    assert counts(run(agent, *FAMILY)) == (3, 0, 0)
    flight = Flight.objects.get()
    assert (flight.number, flight.service_point, str(flight.lands_at)) == ("AC873", airport, "14:30:00")
    assert flight.origin == "Francfort"
    party = Party.objects.get()
    assert party.special_needs == "Fauteuil roulant\nLit d’enfant"
    assert list(party.arrivals.order_by("pk").values_list("relation", flat=True)) == ["principal", "spouse", "child"]
    assert set(party.arrivals.values_list("language", flat=True)) == {"ar"}
    recorded = Manifest.objects.get()
    assert (recorded.row_count, recorded.created_count, recorded.imported_by_id) == (3, 3, agent.user_id)
    assert recorded.filename == "m.csv"


def test_a_dry_run_writes_nothing(agent):
    report = run(agent, *FAMILY, wet=False)
    assert counts(report) == (3, 0, 0)
    assert not any(model.objects.exists() for model in (Arrival, Flight, Party, Manifest))


def test_a_repeat_changes_nothing(agent):
    run(agent, *FAMILY)
    before = list(Arrival.objects.order_by("pk").values())
    assert counts(run(agent, *FAMILY)) == (0, 0, 3)
    assert list(Arrival.objects.order_by("pk").values()) == before
    assert Manifest.objects.count() == 1


def test_names_are_the_same_with_or_without_accents(agent):
    run(agent, "AC873,2026-11-24,,,G-1,Benoît,Zoé,1990-01-01,F,fr,family,principal,")
    report = run(agent, "AC873,2026-11-24,,,G-1,BENOIT,Zoe,1990-01-01,F,fr,family,principal,")
    assert counts(report) == (0, 1, 0)
    assert Arrival.objects.get().family_name == "BENOIT"


def test_an_identifier_finds_the_person_whatever_their_name(agent):
    uid = "01990000-0000-7000-8000-000000000001"
    titles = "uid," + TITLES
    run(agent, f"{uid},{FAMILY[0]}", titles=titles)
    changed = FAMILY[0].replace("Nadia", "Nadya")
    assert counts(run(agent, f"{uid},{changed}", titles=titles)) == (0, 1, 0)
    assert [(str(a.uid), a.given_name) for a in Arrival.objects.all()] == [(uid, "Nadya")]


def test_somebody_elses_identifier_is_refused_without_saying_whose(agent):
    elsewhere = ArrivalFactory(region=region("03"))
    person = PersonFactory()
    for uid in (elsewhere.uid, person.uid):
        report = run(agent, f"{uid},{FAMILY[0]}", titles="uid," + TITLES)
        assert [(e.row, e.column) for e in report.errors] == [(2, "uid")]
        assert elsewhere.family_name not in report.errors[0].message
    assert not Manifest.objects.exists()


def test_an_empty_cell_erases_nothing(agent):
    run(agent, *FAMILY)
    assert counts(run(agent, "AC873,2026-11-24,,,G-1,Haddad,Nadia,1988-04-12,,,RPCE,,")) == (0, 0, 1)
    nadia = Arrival.objects.get(given_name="Nadia")
    assert (nadia.gender, nadia.language, nadia.relation) == ("woman", "ar", "principal")


def test_a_new_time_changes_the_flight_and_a_new_need_is_added(agent):
    run(agent, *FAMILY)
    later = "AC873,2026-11-24,15:10,,G-1,Haddad,Nadia,1988-04-12,F,ar,RPCE,principal,Insuline"
    assert counts(run(agent, later)) == (0, 1, 0)
    assert str(Flight.objects.get().lands_at) == "15:10:00"
    assert Party.objects.get().special_needs == "Fauteuil roulant\nLit d’enfant\nInsuline"


def test_a_person_announced_on_another_flight_stays_one_person(agent):
    run(agent, *FAMILY)
    record_outcomes(agent, list(Arrival.objects.filter(given_name="Omar")), ArrivalOutcome.MOVED)
    assert counts(run(agent, FAMILY[1].replace("AC873,2026-11-24", "LH478,2026-11-25"))) == (0, 1, 0)
    omar = Arrival.objects.get(given_name="Omar")
    assert (omar.flight.number, omar.outcome, omar.party.reference) == ("LH478", "expected", "G-1")
    assert Arrival.objects.count() == 3


def test_who_was_met_is_not_rewritten(agent):
    run(agent, *FAMILY)
    record_outcomes(agent, list(Arrival.objects.filter(given_name="Nadia")), ArrivalOutcome.MET)
    report = run(agent, FAMILY[0].replace("1988-04-12,F,ar", "1988-04-12,F,es"), FAMILY[1].replace("arabe", "fr"))
    assert counts(report) == (0, 1, 1)
    assert Arrival.objects.get(given_name="Nadia").language == "ar"
    assert Arrival.objects.get(given_name="Omar").language == "fr"
    assert "Ligne 2" in report.warnings[0]


def test_a_repeat_about_people_already_met_says_nothing(agent):
    run(agent, *FAMILY)
    record_outcomes(agent, list(Arrival.objects.all()), ArrivalOutcome.MET)
    report = run(agent, *FAMILY)
    assert (counts(report), report.warnings) == ((0, 0, 3), [])


def test_without_a_relation_the_first_of_a_party_is_the_principal_person(agent):
    titles = "flight_number,date,party,family_name,given_name,category"
    rows = ["AC1,2026-11-24,G-9,Diallo,Awa,family", "AC1,2026-11-24,G-9,Diallo,Issa,family"]
    run(agent, *rows, titles=titles)
    assert list(Arrival.objects.order_by("pk").values_list("relation", flat=True)) == ["principal", "other"]
    assert counts(run(agent, *rows, titles=titles)) == (0, 0, 2)


def test_french_titles_are_understood(agent):
    titles = "Vol;Date;Groupe;Nom;Prénom;Catégorie;Langue"
    assert counts(run(agent, "AC1;2026-11-24;G-9;Diallo;Awa;famille;français", titles=titles)) == (1, 0, 0)


def test_the_template_comes_in_as_it_is(agent):
    file = io.BytesIO(template_csv(importers()["arrivals"]).encode())
    assert counts(run_import(importers()["arrivals"], file, "modele.csv", agent, wet=True)) == (1, 0, 0)


def test_a_workbook_comes_in(agent):
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["flight_number", "date", "time", "party", "family_name", "given_name", "birth_date", "category"])
    sheet.append(["AC873", date(2026, 11, 24), "14:30", "G-1", "Haddad", "Nadia", date(1988, 4, 12), "family"])
    file = io.BytesIO()
    workbook.save(file)
    assert counts(run_import(importers()["arrivals"], file, "m.xlsx", agent, wet=True)) == (1, 0, 0)


# --- What is refused: nothing is half written -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "column"),
    [
        (FAMILY[0].replace("2026-11-24", "2026-02-30"), "date"),
        (FAMILY[0].replace("2026-11-24", "24/11/2026"), "date"),
        (FAMILY[0].replace("2026-11-24", "2206-11-24"), "date"),
        (FAMILY[0].replace("1988-04-12", "2088-04-12"), "birth_date"),
        (FAMILY[0].replace("14:30", "25:30"), "time"),
        (FAMILY[0].replace("AC 873", "vol de demain"), "flight_number"),
        (FAMILY[0].replace("AC 873", ""), "flight_number"),
        (FAMILY[0].replace("Haddad", "=HYPERLINK(1)"), "family_name"),
        (FAMILY[0].replace("Haddad", ""), "family_name"),
        (FAMILY[0].replace("RPCE", "touriste"), "category"),
        (FAMILY[0].replace(",ar,", ",klingonnais,"), "language"),
        (FAMILY[0].replace("Nadia", "N" * 200), "given_name"),
    ],
)
def test_a_bad_cell_refuses_the_file_and_names_its_place(agent, row, column):
    report = run(agent, row, FAMILY[1])
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert (report.created, Arrival.objects.count(), Flight.objects.count(), Party.objects.count()) == (0, 0, 0, 0)


def test_missing_columns_are_named(agent):
    report = run(agent, "AC873,2026-11-24", titles="flight_number,date")
    assert [error.column for error in report.errors] == ["party", "family_name", "category"]


def test_a_person_twice_in_the_file_is_refused(agent):
    other_flight = FAMILY[0].replace("AC 873", "LH478")
    report = run(agent, FAMILY[0], other_flight)
    assert [(error.row, error.column) for error in report.errors] == [(3, "family_name")]
    report = run(agent, FAMILY[0], FAMILY[0].replace("RPCE", "family"))
    assert [error.row for error in report.errors] == [3]
    assert not Arrival.objects.exists()


def test_the_same_row_twice_counts_once(agent):
    assert counts(run(agent, FAMILY[0], FAMILY[0])) == (1, 0, 1)


def test_two_times_for_one_flight_are_refused(agent):
    report = run(agent, FAMILY[0], FAMILY[1].replace("14:30", "16:00"))
    assert [(error.row, error.column) for error in report.errors] == [(3, "time")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "m.csv"),
        (b"PK\x03\x04not a workbook", "m.xlsx"),
        (b"%PDF-1.7", "m.csv"),
        ("\n".join([TITLES, *FAMILY]).encode(), "m.xlsx"),
        (b"\xff\xfe\x00\x00" + "x".encode("utf-32-le"), "m.csv"),
        ((TITLES + "\n" + FAMILY[0]).encode() + b"\x81\x8d", "m.csv"),
        (TITLES.encode(), "m.csv"),
        ((TITLES + '\n"AC873,2026').encode(), "m.csv"),
    ],
    ids=["empty", "damaged", "pdf", "renamed", "utf-32", "bytes", "no-row", "open-quote"],
)
def test_a_file_that_is_no_table_is_refused(agent, content, name):
    report = run_import(importers()["arrivals"], io.BytesIO(content), name, agent, wet=True)
    assert report.refused
    assert not Manifest.objects.exists()


def test_a_file_of_the_old_windows_comes_in_with_its_accents(agent):
    content = "\n".join([TITLES, FAMILY[0].replace("Haddad", "Bélanger")]).encode("cp1252")
    report = run_import(importers()["arrivals"], io.BytesIO(content), "m.csv", agent, wet=True)
    assert counts(report) == (1, 0, 0)
    assert Arrival.objects.get().family_name == "Bélanger"


def test_html_in_a_name_is_kept_as_text(agent):
    run(agent, FAMILY[0].replace("Haddad", "<script>alert(1)</script>"))
    assert Arrival.objects.get().family_name == "<script>alert(1)</script>"


# --- Where, and by whom ---------------------------------------------------------------------------------------------
def test_without_an_airport_the_file_is_refused():
    report = run(actor(Role.RECEPTION_AGENT), FAMILY[0])
    assert "aéroport" in report.errors[0].message
    assert not Flight.objects.exists()


def test_a_closed_airport_does_not_count():
    ServicePointFactory(airport=True, closed_on=clock.today() - timedelta(days=1))
    assert run(actor(Role.RECEPTION_AGENT), FAMILY[0]).refused


def test_the_system_needs_no_region_where_one_airport_exists(airport):
    report = run(system_actor("import", Right.IMPORT_ARRIVALS), FAMILY[0])
    assert counts(report) == (1, 0, 0)
    assert Arrival.objects.get().region == airport.region
    ServicePointFactory(airport=True, region=region("03"))
    assert "--region" in run(system_actor("import", Right.IMPORT_ARRIVALS), FAMILY[0]).errors[0].message


def test_only_who_may_import_does(airport):
    for role in (Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR):
        with pytest.raises(NotAllowed):
            run(actor(role), FAMILY[0])


def test_the_same_party_in_two_regions_is_two_parties(agent):
    ServicePointFactory(airport=True, region=region("03"))
    run(agent, FAMILY[0])
    run(actor(Role.RECEPTION_AGENT, "03"), FAMILY[0])
    assert Party.objects.count() == 2


def test_the_number_of_queries_does_not_grow_with_the_rows(agent, django_assert_max_num_queries):
    def rows(first: int, count: int) -> list[str]:
        return [
            f"AC{n % 7},2026-11-24,,,P-{n // 4},Nom{n},Prénom,1990-01-01,F,ar,RPCE,principal,"
            for n in range(first, first + count)
        ]

    with django_assert_max_num_queries(40):
        assert counts(run(agent, *rows(0, 900))) == (900, 0, 0)
    with django_assert_max_num_queries(40):
        assert counts(run(agent, *rows(0, 900))) == (0, 0, 900)
