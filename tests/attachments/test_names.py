"""A file's name is safe to keep, to show and to give back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.attachments.enums import MediaType
from arrimage.attachments.names import LONGEST, LONGEST_BYTES, clean_name, shown_name


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("bail 2026.pdf", "bail 2026.pdf"),
        ("BAIL.PDF", "BAIL.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\nadia\\bail.pdf", "bail.pdf"),
        ("facture.pdf.exe", "facture.pdf"),
        ("facture.pdf.pdf", "facture.pdf"),
        ("photo.jpg", "photo.pdf"),
        ("document\u202efdp.exe", "documentfdp.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie- x.pdf"),
        ("\u200b.pdf", "document.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("CON.pdf", "document-CON.pdf"),
        ('<img src=x onerror="alert(1)">.pdf', "img src=x onerror=-alert(1).pdf"),
        ("شهادة الميلاد.pdf", "شهادة الميلاد.pdf"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("lettre du 12.03", "lettre du 12.pdf"),
    ],
)
def test_cleaned(name, cleaned):
    assert clean_name(name, MediaType.PDF) == cleaned


def test_the_two_extensions_of_a_jpeg_are_both_kept():
    assert clean_name("a.jpeg", MediaType.JPEG) == "a.jpeg"
    assert clean_name("a.JPG", MediaType.JPEG) == "a.jpg"
    assert clean_name("a.png", MediaType.JPEG) == "a.jpg"


@given(st.text(max_size=400))
def test_any_name_comes_out_harmless(name):
    cleaned = clean_name(name, MediaType.PDF)
    assert cleaned.endswith(".pdf")
    assert 5 <= len(cleaned) <= LONGEST
    assert len(cleaned.encode()) <= LONGEST_BYTES
    assert not set(cleaned) & set('/\\<>:"|?*\r\n\0\u202e\u2066')
    assert not cleaned.startswith(".")
    assert clean_name(cleaned, MediaType.PDF) == cleaned


@given(st.text(max_size=400))
def test_a_refusal_quotes_a_short_name_on_one_line(name):
    assert len(shown_name(name)) <= 60
    assert not set(shown_name(name)) & set("/\\\r\n\0\u202e")
