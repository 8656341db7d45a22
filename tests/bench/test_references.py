"""What the measures are compared with says the same thing as what is measured."""

import csv
import io

import pytest

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import actor_of, system_actor
from arrimage.bench.lines.bilan import FiguresDiffer, check, count_by_hand, last_whole_year
from arrimage.bench.lines.bilan import measure as measure_bilan
from arrimage.bench.lines.bilan_by_hand import COUNTS
from arrimage.bench.lines.imports import FAULTS, FAULTY_ROWS, manifest, wrong_rows
from arrimage.bench.lines.pages import files_with_a_plan, look_at_todo, open_page, read_by_hand, signed_in
from arrimage.bench.machine import require_web_role
from arrimage.bench.timing import Timing
from arrimage.casework.models import Need, Referral, Step
from arrimage.foundation.imports import importers, run_import
from arrimage.reporting.bilan import bilan_for
from arrimage.reporting.indicators import INDICATORS, Group


def test_the_bilan_by_hand_agrees_with_the_bilan(register):
    director, year = register.world.director, last_whole_year()
    bilan = bilan_for(actor_of(director), None, year.first, year.last)
    counted = count_by_hand(director, year)
    check(bilan, counted)
    # The register holds neither contacts made later nor answers that organisations reviewed.
    held = [code for code, each in INDICATORS.items() if each.group != Group.BECOMING and code != "answers_asked_again"]
    assert sum(1 for value in counted.values() if value) > len(held) * 0.8, "the register has too little in it"
    with pytest.raises(FiguresDiffer, match="files_opened"):
        check(bilan, {**counted, "files_opened": counted["files_opened"] + 1})


def test_the_bilan_is_measured_as_the_owner_too(register, owner, monkeypatch):
    monkeypatch.setattr("arrimage.bench.lines.bilan._first_time", lambda work: work() and 1.0)  # opens a connection
    rows = measure_bilan(register.world.director, owner)
    assert [row.line for row in rows] == [6, 6, 6, 15]
    assert rows[-1].ratio


def test_every_figure_is_counted_by_hand():
    assert INDICATORS.keys() <= COUNTS.keys()


def test_the_rows_of_a_file_by_hand(register):
    [uid] = files_with_a_plan(register.agents()[0], 1)
    found = read_by_hand(actor_of(register.agents()[0]), uid)
    assert len(found[0]) == 1
    for rows, model in ((found[4], Need), (found[6], Step), (found[7], Referral)):
        assert len(rows) == model.objects.filter(file__uid=uid).count()


def test_measured_pages_open_for_an_agent(register, client):
    agent = register.agents()[0]
    [uid] = files_with_a_plan(agent, 1)
    open_page(signed_in(agent), f"/espace/dossiers/{uid}/")
    assert look_at_todo(register.agents(), 1).shown > 0


def test_the_manifest_is_accepted(register):
    actor = system_actor("test", Right.IMPORT_ARRIVALS)
    file = io.BytesIO(manifest(30, "T").encode())
    report = run_import(importers()["arrivals"], file, "manifeste.csv", actor, wet=True)
    assert (report.created, report.errors) == (30, [])


def test_the_faulty_manifest_is_wrong_where_it_says():
    rows = list(csv.DictReader(io.StringIO(manifest(FAULTY_ROWS, "F", faulty=True))))
    wrong = {number for number, row in enumerate(rows, start=2) if row["birth_date"] == "1988-02-31"}
    assert len(rows) == FAULTY_ROWS
    assert wrong == wrong_rows()
    assert len(wrong) == FAULTS


def test_measures_are_made_as_the_web_role(db):
    require_web_role()


def test_percentiles():
    timing = Timing([float(rank) for rank in range(1, 101)])
    assert (timing.median, timing.p95) == (50.5, 95.0)
    assert Timing([3.0]).p95 == 3.0
