"""The bilan as files: the same figures in each, an accessible PDF, a workbook of real numbers."""

import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from arrimage.foundation.writing import write_number
from arrimage.reporting.actions import write_texts
from arrimage.reporting.formats import FORMATS, to_html, to_json, to_pdf, to_xlsx
from arrimage.reporting.indicators import INDICATORS
from arrimage.reporting.report import Report, report_for
from tests import factories as make
from tests.reporting.documents import Pdf, plain, sheets_of
from tests.reporting.test_texts import text
from tests.reporting.world import DAY, FIRST, LAST


@pytest.fixture
def report(world) -> Report:
    """A bilan whose figures are told apart, with its text."""
    make.AgreementFactory(signed_on=DAY, organisation=world.partner, committed=Decimal("86000000.10"))
    make.FileFactory(service_point=world.office, opened_on=DAY)
    director = make.actor()
    write_texts(
        director,
        [
            text(
                title="Une année d’accueil",
                quotation="Merci à toutes et à tous.",
                quoted_name="Claude Exemple",
                quoted_title="directrice",
                media_name="Camille Exemple",
                media_phone="514 555-0100",
                media_email="medias@demo.example",
                links=[{"label": "Notre page", "address": "https://demo.example/bilan"}],
            )
        ],
    )
    return report_for(director, None, FIRST, LAST)


def test_every_figure_is_the_same_in_every_format(report):
    html, pdf = plain(to_html(report)), Pdf(to_pdf(report)).words
    rows = {row[7]: row for row in sheets_of(to_xlsx(report))["Chiffres"][1:]}
    of_json = {each["code"]: each for each in json.loads(to_json(report.bilan))["indicators"]}
    assert rows.keys() == of_json.keys() == INDICATORS.keys()
    for figure in report.bilan.figures:
        code, written = figure.indicator.code, plain(figure.written)
        assert float(rows[code][2]) == pytest.approx(of_json[code]["value"])
        assert rows[code][4:7] == (figure.numerator, figure.denominator, of_json[code]["evidence_count"])
        label = plain(str(figure.indicator.label))
        share = f" ({plain(figure.share)})" if figure.share else ""
        assert f"{label} {written}{share} {write_number(figure.evidence_count)}" in pdf, code
        small = f" <small>{plain(figure.share)}</small>" if figure.share else ""
        assert f'<td class="number">{written}{small}</td>' in html, code
        assert plain(figure.counted) in html
    assert of_json["first_appointments_in_time"]["value"] == 50
    assert of_json["agreements_signed_value"]["value"] == 86_100_000.1


def test_definitions_are_in_the_documents(report):
    pdf, html = Pdf(to_pdf(report)).words, plain(to_html(report))
    definitions = dict(sheets_of(to_xlsx(report))["Définitions"][1:])
    for indicator in INDICATORS.values():
        definition = str(indicator.definition)
        assert plain(definition)[:80] in pdf
        assert plain(definition) in html.replace("&#x27;", "'")
        assert definitions[str(indicator.label)] == definition


def test_the_pdf_is_tagged_titled_and_says_its_language(report):
    pdf = Pdf(to_pdf(report))
    assert pdf.root["/Lang"] == "fr-CA"
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata.title == "Une année d’accueil"
    assert b"<pdfuaid:part>1" in pdf.root["/Metadata"].get_data()
    tags = pdf.tags()
    for tag in ("/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link", "/P"):
        assert tag in tags, tag
    (alternative,) = pdf.alternatives()
    assert "Dossiers ouverts : 2" in plain(alternative)


def test_the_text_and_its_blocks_are_in_the_documents(report):
    pdf, html = Pdf(to_pdf(report)), plain(to_html(report))
    for words in (
        "La direction a accompagné 1 employeur accompagné.",
        "Merci à toutes et à tous.",
        "Claude Exemple, directrice",
        "514 555-0100",
        "medias@demo.example",
        "Notre page",
    ):
        assert words in pdf.words, words
        assert words in html, words
    assert 'href="https://demo.example/bilan"' in html
    links = [note.get_object()["/A"]["/URI"] for page in pdf.reader.pages for note in page.get("/Annots", [])]
    assert "https://demo.example/bilan" in links
    sheet = dict(sheets_of(to_xlsx(report))["Texte"])
    assert sheet["Accueillir"] == "Un.\n\nDeux."


def test_without_a_text_the_document_has_its_figures(world):
    report = report_for(make.actor(), None, FIRST, LAST)
    assert report.text is None
    assert Pdf(to_pdf(report)).reader.metadata.title == "Bilan des réalisations"
    assert "Texte" not in sheets_of(to_xlsx(report))


def test_the_workbook_holds_numbers_with_their_formats_and_runs_nothing(report):
    sheet = load_workbook(io.BytesIO(to_xlsx(report)))["Chiffres"]
    formats = {row[7].value: (row[2].value, row[2].number_format) for row in sheet.iter_rows(min_row=2)}
    assert formats["agreements_signed_value"] == (pytest.approx(86_100_000.1), '#,##0.00 "$"')
    assert formats["city_agreement_value"][1] == '#,##0 "$"'
    assert formats["first_appointments_in_time"] == (50, '0.0 "%"')
    assert formats["files_opened"] == (2, "#,##0")
    director = make.actor()
    write_texts(director, [text(first_on=DAY, sections=[{"heading": "=1+1", "text": "=HYPERLINK(1)"}])])
    cells = dict(sheets_of(to_xlsx(report_for(director, None, DAY, LAST)))["Texte"])
    assert not any(str(value).startswith("=") for pair in cells.items() for value in pair)


def test_what_people_type_is_never_markup(world):
    director = make.actor()
    hostile = "<script>alert(1)</script> #eval(1) *gras*"
    write_texts(director, [text(title=hostile, sections=[{"heading": hostile, "text": hostile}])])
    report = report_for(director, None, FIRST, LAST)
    assert "<script>" not in to_html(report)
    assert "#eval(1) *gras*" in Pdf(to_pdf(report)).words


def test_a_report_costs_one_query_more_than_its_figures(report, django_assert_num_queries):
    director = make.actor()
    shares = sum(1 for indicator in INDICATORS.values() if indicator.denominator)
    with django_assert_num_queries(len(INDICATORS) + shares + 1 + 1 + 4):  # the region, the text, who asks, and back
        report_for(director, None, FIRST, LAST)
    with django_assert_num_queries(0):
        for name in ("json", "text", "xlsx"):
            FORMATS[name].write(report)
