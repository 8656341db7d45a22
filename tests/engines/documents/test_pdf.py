"""Documents: tagged, in their language, in every script a name may have; what is said is never read as markup."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from arrimage.engines.documents import Document, Facts, Paragraph, Section, Table, load_fonts, to_pdf
from arrimage.engines.documents.fonts import FAMILIES, FontsMissing, unpack_woff

PACKAGES = Path(__file__).resolve().parents[3] / "node_modules"
MADE_AT = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(document, load_fonts(PACKAGES), made_at=MADE_AT)))


def text_of(document: Document) -> str:
    return "\n".join(page.extract_text() for page in read(document).pages)


def fonts_of(reader: PdfReader) -> set[str]:
    names = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


def test_it_is_tagged_titled_and_says_its_language() -> None:
    reader = read(Document("Plan d’action", "fr", author="Direction", sections=(Section("Démarches"),)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Plan d’action", "Direction")


def test_headings_make_the_outline_in_their_levels() -> None:
    document = Document("Titre", "fr", sections=(Section("Un", sections=(Section("Un un"),)), Section("Deux")))
    outline = read(document).outline
    assert [item.title for item in outline if not isinstance(item, list)] == ["Un", "Deux"]
    assert [item.title for item in outline[1]] == ["Un un"]  # type: ignore[union-attr,index]


def test_the_fonts_are_those_of_the_locked_packages() -> None:
    written = fonts_of(read(Document("Œuvre de Łódź", "fr", lead=(Paragraph("نادية حداد"),))))
    assert all(name.startswith(("AtkinsonHyperlegible", "NotoNaskhArabic")) for name in written), written
    assert any(name.startswith("NotoNaskhArabic") for name in written)


def test_other_scripts_are_written_or_transliterated_never_dropped() -> None:
    text = text_of(Document("Noms", "fr", lead=(Paragraph("Привет Ελλάδα 你好 😀"),)))
    assert "Привет" in text
    assert "[Ni Hao]" in text
    assert "□" in text


def test_what_is_said_is_never_markup() -> None:
    hostile = '#let x = 1 *gras* _i_ = Titre $a$ @ref <label> \\ `code` #eval("1") [bloc] // fin'
    text = text_of(Document(hostile, "fr", lead=(Facts(((hostile, hostile),)),), sections=(Section(hostile),)))
    assert text.replace("\n", " ").count('#eval("1")') >= 4


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_can_be_written(text: str) -> None:
    assert read(Document("Titre", "fr", lead=(Paragraph(text), Facts(((text, text),))))).pages


def test_a_table_has_its_headers_and_whole_rows() -> None:
    text = text_of(Document("T", "fr", lead=(Table(("Quoi", "Quand"), (("Rendez-vous", "27 nov."),)),)))
    assert "Quoi" in text
    assert "27 nov." in text
    with pytest.raises(ValueError, match="cells"):
        Table(("Quoi", "Quand"), (("Rendez-vous",),))


def test_pages_are_numbered() -> None:
    document = Document("Long", "fr", page_of="page %(page)s de %(pages)s", lead=(Paragraph("mot " * 3000),))
    reader = read(document)
    assert len(reader.pages) > 1
    assert f"page 2 de {len(reader.pages)}" in reader.pages[1].extract_text()


def test_every_character_the_fonts_are_said_to_write_is_written() -> None:
    fonts = load_fonts(PACKAGES)
    written = [chr(code) for code in sorted(fonts.characters) if code >= 32 and chr(code).isprintable()]
    assert len(written) > 1000
    to_pdf(Document("Tout", "fr", lead=(Paragraph(" ".join(written)),)), fonts, made_at=MADE_AT)


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="atkinson"):
        load_fonts(tmp_path)
    with pytest.raises(ValueError, match="WOFF"):
        unpack_woff(b"not a font")
    assert FAMILIES[0].startswith("Atkinson")
