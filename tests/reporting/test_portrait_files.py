"""The portrait to read and as files: the same figures in each; hidden ones stay hidden, partial years are said so."""

import json

import duckdb
import pytest
from django.core.cache import cache

from arrimage.engines.charts import Bars, Columns, Lines, Width
from arrimage.foundation.writing import write_number
from arrimage.reporting import drawing
from arrimage.reporting.formats import (
    portrait_to_html,
    portrait_to_json,
    portrait_to_parquet,
    portrait_to_pdf,
    portrait_to_xlsx,
)
from arrimage.reporting.portrait import Portrait, charts_of, grids_of, portrait_of, table_of
from tests.factories import region
from tests.reporting.documents import Pdf, plain, sheets_of
from tests.statistics import extracts
from tests.statistics.extracts import admissions, run

pytestmark = pytest.mark.django_db
ADMISSIONS = "admissions_by_year_category"


@pytest.fixture
def portrait() -> Portrait:
    run(admissions(hidden={(11, 5)}) + admissions(year=2021, months=7).partition("\n")[2])
    run(extracts.TFWP)
    run(extracts.BIRTHPLACE)
    return portrait_of(region())


def grid(portrait: Portrait, code: str = ADMISSIONS):
    return grids_of(next(table for table in portrait.tables if table.code == code))[0]


def test_a_table_reads_from_the_whole_to_its_parts(portrait):
    lines = grid(portrait).lines
    assert [(line.label, line.depth) for line in lines] == [
        ("Total", 0),
        ("Immigration économique", 1),
        ("Candidats des provinces", 2),
        ("Aides familiales et familiaux", 3),
        ("Candidats des provinces", 3),
        ("Regroupement familial", 1),
        ("Aides familiales et familiaux", 3),
    ]


def test_hidden_figures_and_partial_years_are_said(portrait):
    found = grid(portrait)
    assert [head.replace("\u00a0", " ") for head in found.heads] == ["2020", "2021 (7 mois)"]
    hidden = next(line for line in found.lines if "Provincial Nominee Program > Caregiver" in line.name)
    assert [cell.written for cell in hidden.cells] == ["masqué", "70"]
    assert [cell.partial for cell in hidden.cells] == [False, True]


def test_only_the_last_years_are_columns_and_the_rest_is_said_to_be_elsewhere():
    years = "".join(
        f"Quebec,Agricultural Workers,,True,{year},100\nQuebec,,,True,{year},100\n" for year in range(2000, 2024)
    )
    run(extracts.TFWP.splitlines()[0] + "\n" + years)
    table = table_of(region(), "tfwp_permit_holders_by_year_category")
    (shown,) = grids_of(table)
    assert (shown.heads[0], shown.heads[-1], len(shown.heads)) == ("2013", "2023", 11)
    assert "2000 à 2012" in shown.notes[0]
    assert len(grids_of(table, years=None)[0].heads) == 24
    assert len(sheets_of(portrait_to_xlsx(portrait_of(region())))["1"][0]) == 25


def test_charts_are_made_of_the_same_cells(portrait):
    charts = {shown.code: shown.chart for table in portrait.tables for shown in charts_of(table)}
    columns = charts[f"{ADMISSIONS}-1"]
    assert isinstance(columns, Columns)
    assert [(point.label, point.value, point.note.replace("\u00a0", " ")) for point in columns.points] == [
        ("2020", 120, ""),
        ("2021", 70, "7 mois"),
    ]
    assert "de 120 en 2020" in plain(columns.alternative)
    assert "2021 (7 mois) : 70" in plain(columns.alternative)
    lines = charts[f"{ADMISSIONS}-2"]
    assert isinstance(lines, Lines)
    assert {line.name for line in lines.lines} == {"Immigration économique", "Regroupement familial"}
    (places,) = charts_of(table_of(region("03"), "immigrants_by_birthplace"))
    assert isinstance(places.chart, Bars)
    assert [(point.label, point.value) for point in places.chart.points] == [("Mexique", 100)]
    assert "Québec" in places.chart.title


def test_every_code_of_a_chart_is_its_own(portrait):
    codes = [shown.code for table in portrait_of(region("03")).tables for shown in charts_of(table)]
    assert len(codes) == len(set(codes)) > 4


def test_a_hidden_figure_is_a_gap_in_its_chart():
    run(admissions(hidden={(17, 5)}))
    (columns, _lines) = charts_of(table_of(region(), ADMISSIONS))
    assert columns.chart.points[0].value is None
    assert "masqué : 2020" in plain(columns.chart.alternative)


def test_figures_are_the_same_in_every_format(portrait):
    of_json = {table["code"]: table for table in json.loads(portrait_to_json(portrait))["tables"]}
    html, pdf = plain(portrait_to_html(portrait)), Pdf(portrait_to_pdf(portrait)).words
    sheets = sheets_of(portrait_to_xlsx(portrait))
    assert sheets["À propos"][1][1] == of_json[ADMISSIONS]["title"]
    found = {(row[0], row[1]): row[2] for row in of_json[ADMISSIONS]["rows"]}
    for line in grid(portrait).lines:
        values = [found.get((year, line.name)) for year in (2020, 2021)]
        written = ["masqué" if value is None else plain(write_number(value)) for value in values]
        assert f"{line.label} {written[0]} {written[1]}" in pdf
        assert f"{line.label}</th>" in html
        cells = ["masqué" if value is None else value for value in values]
        assert (line.label, *cells) in [row[:3] for row in sheets["1"]]
    assert html.count(">masqué</td>") == sum(
        cell.hidden for table in portrait.tables for each in grids_of(table) for row in each.lines for cell in row.cells
    )


def test_the_parquet_file_holds_every_figure_in_long_form(portrait, tmp_path):
    path = tmp_path / "portrait.parquet"
    path.write_bytes(portrait_to_parquet(portrait))
    with duckdb.connect() as database:
        ask = database.execute
        (count, hidden) = ask(f"select count(*), count(*) filter (hidden) from '{path}'").fetchone()
        figures = [row for table in portrait.tables for row in table.rows]
        assert count == len(figures)
        assert hidden > 0
        assert ask(f"select count(*) from '{path}' where hidden <> (value is null)").fetchone() == (0,)
        assert ask(
            f"select year, value, months, partial, area_code, source from '{path}' "
            f"where title = '{portrait.tables[0].title}' and series = 'total' order by year"
        ).fetchall() == [
            (2020, 120, 12, False, "24", portrait.tables[0].source),
            (2021, 70, 7, True, "24", portrait.tables[0].source),
        ]
        assert ask(f"select value from '{path}' where area_code = '462' and series is not null").fetchall() == [(800,)]


def test_the_pdf_is_tagged_titled_and_says_its_language(portrait):
    pdf = Pdf(portrait_to_pdf(portrait))
    assert pdf.root["/Lang"] == "fr-CA"
    assert pdf.reader.metadata.title.replace("\u00a0", " ") == "Portrait de l’immigration – Montréal"
    assert b"<pdfuaid:part>1" in pdf.root["/Metadata"].get_data()
    tags = pdf.tags()
    charts = [shown.chart for table in portrait.tables for shown in charts_of(table)]
    assert tags.count("/Figure") == len(charts)
    assert {"/H1", "/H2", "/Table", "/TH"} <= set(tags)
    assert [plain(each) for each in pdf.alternatives()] == [plain(chart.alternative) for chart in charts]


def test_nothing_imported_is_a_document_that_says_so():
    empty = portrait_of(region())
    assert "Aucun tableau public" in portrait_to_html(empty)
    assert "Aucun tableau public" in Pdf(portrait_to_pdf(empty)).words
    assert list(sheets_of(portrait_to_xlsx(empty))) == ["À propos"]
    assert portrait_to_parquet(empty).startswith(b"PAR1")


def test_a_chart_is_drawn_once_and_again_when_its_figure_is_corrected(portrait, monkeypatch):
    cache.clear()
    drawn = []
    monkeypatch.setattr(drawing, "to_svg", lambda chart, fonts, width: drawn.append((chart, width)) or "<svg/>")
    for _ in range(2):
        for shown in charts_of(table_of(region(), ADMISSIONS)):
            drawing.svg_of(shown.chart)
    assert len(drawn) == 2
    drawing.svg_of(shown.chart, Width.NARROW)
    assert len(drawn) == 3
    assert run(admissions().replace("17,0,Quebec - Total,2020,1,10,0", "17,0,Quebec - Total,2020,1,15,0"))
    run(admissions(year=2021, months=7).replace("17,0,Quebec - Total,2021,1,10,0", "17,0,Quebec - Total,2021,1,15,0"))
    drawing.svg_of(charts_of(table_of(region(), ADMISSIONS))[0].chart)
    assert len(drawn) == 4


def test_the_cost_of_a_portrait_does_not_grow(portrait, django_assert_num_queries):
    montreal = region()
    with django_assert_num_queries(3 + 3 + 2 + 2 + 3):  # two tables by year, two of the census, three never imported
        portrait_of(montreal)
    run(admissions(year=2022).partition("\n")[0] + "\n" + admissions(year=2021).partition("\n")[2])
    with django_assert_num_queries(3 + 3 + 2 + 2 + 3):
        portrait_of(montreal)
