"""What is taken and what is refused, by its content; each refusal names the file and says why."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf.generic import TextStringObject

from arrimage.attachments.content import clean
from arrimage.attachments.enums import AttachmentKind, MediaType
from arrimage.attachments.errors import UploadRefused
from tests.attachments import uploads as u

CASE, OFFICE = AttachmentKind.CASE_DOCUMENT, AttachmentKind.OFFICE


@pytest.mark.parametrize(
    ("content", "name", "kind", "media_type"),
    [
        (u.pdf(), "bail.pdf", CASE, MediaType.PDF),
        (u.pdf(u.opens_at_a_page), "bail.pdf", CASE, MediaType.PDF),
        (u.pdf(pages=30), "bail.pdf", AttachmentKind.CONSENT, MediaType.PDF),
        (u.image(), "photo.jpg", CASE, MediaType.JPEG),
        (u.image("PNG", mode="RGBA"), "capture.png", CASE, MediaType.PNG),
        (u.image("PNG", mode="1"), "capture.png", CASE, MediaType.PNG),
        (u.image("PNG", mode="P"), "capture.png", CASE, MediaType.PNG),
        (u.image(mode="CMYK"), "photo.jpg", CASE, MediaType.JPEG),
        (u.docx(), "note.docx", OFFICE, MediaType.DOCX),
        (u.odt(), "note.odt", OFFICE, MediaType.ODT),
    ],
)
def test_honest_files_are_taken(content, name, kind, media_type):
    kept = clean(u.given(content, name), kind)
    assert (kept.media_type, kept.name) == (media_type, name)


def test_a_pdf_and_a_text_are_kept_to_the_byte():
    for content, name in ((u.pdf(), "a.pdf"), (u.docx(), "a.docx")):
        assert clean(u.given(content, name), OFFICE).content == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (bytes(20 * 1024 * 1024), "trop volumineux"),
        (b"MZ" + bytes(100), "n’est pas accepté"),
        (u.gif_with_script(), "n’est pas accepté"),
        (u.svg_with_script(), "dessin SVG"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "page Web"),
        (b" \n<html><body>%PDF-1.7</body></html>", "page Web"),
        (b"<script>x</script>" + u.pdf(), "page Web"),
        (bytes(4) + b"ftypheic" + bytes(40), "photo HEIC"),
        (u.docx(), "n’est pas accepté"),
        (u.archive({"a.txt": b"a"}), "n’est pas accepté"),
        (u.pdf()[:-200], "est abîmé"),
        (b"%PDF-1.7\n%%EOF\n", "est abîmé"),
        (u.pdf() + u.archive({"a.html": b"<script>"}), "est abîmé"),
        (u.pdf() + b"<script>alert(1)</script>", "est abîmé"),
        (u.pdf(password="secret"), "chiffré"),
        (u.pdf(pages=0), "aucune page"),
        (u.pdf(u.script), "action automatique"),
        (u.pdf(u.action("/JavaScript", JS=TextStringObject("app.alert(1)"))), "action automatique"),
        (u.pdf(u.action("/Launch", F=TextStringObject("calc.exe"))), "action automatique"),
        (u.pdf(u.action("/URI", URI=TextStringObject("https://ailleurs.example"))), "action automatique"),
        (u.pdf(u.hidden_launch), "action automatique"),
        (u.pdf(u.hidden_launch).replace(b"/Launch", b"/L#61unch"), "action automatique"),
        (u.pdf(u.carried_file), "d’autres fichiers"),
        (u.png_bomb(), "trop grande"),
        (u.png_bomb(8_000, 7_000), "trop grande"),
        (u.image("PNG")[:60], "est abîmé"),
        (b"\xff\xd8\xff" + bytes(200), "est abîmé"),
        (u.image("PNG").replace(b"IDAT", b"IDAX"), "est abîmé"),
    ],
)
def test_hostile_and_broken_files_are_refused(content, said):
    with pytest.raises(UploadRefused) as refused:
        clean(u.given(content, "papier.pdf", "application/pdf"), CASE)
    assert "« papier.pdf »" in str(refused.value).replace("\u00a0", " ")
    assert said in str(refused.value)
    assert refused.value.field == "upload"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (u.docx_bomb(), "démesuré"),
        (u.docx(**{f"word/{n}.xml": b"" for n in range(2_001)}), "démesuré"),
        (u.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (u.docx(**{"word/embeddings/oleObject1.bin": b"x"}), "macro"),
        (u.docx(**{"../../etc/passwd": b"x"}), "abîmé"),
        (u.docx(**{"[Content_Types].xml": u.DOCX_TYPES.replace(b".document.main", b".macroEnabled.main")}), "abîmé"),
        (
            u.docx(
                **{
                    "word/_rels/settings.xml.rels": b'<Relationship Type="x/relationships/attachedTemplate" '
                    b'Target="https://ailleurs.example/t.dotm" TargetMode="External"/>'
                }
            ),
            "macro",
        ),
        (u.docx()[:-10], "n’est pas accepté"),
        (u.docx() + b"<script>", "abîmé"),
        (u.odt(**{"Basic/Standard/Module1.xml": b"x"}), "macro"),
        (u.odt(**{"content.xml": b'<e href="vnd.sun.star.script:a"/>'}), "macro"),
    ],
)
def test_archives_that_harm_are_refused(content, said):
    with pytest.raises(UploadRefused, match=said):
        clean(u.given(content, "note.docx"), OFFICE)


def test_an_entry_that_lies_about_its_size_is_stopped():
    """The directory says ten bytes; the entry unpacks to a hundred million."""
    bomb = u.docx_bomb()
    lying = bomb.replace((100_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    with pytest.raises(UploadRefused):
        clean(u.given(lying, "note.docx"), OFFICE)


def test_a_picture_is_written_anew_upright_and_bare(tmp_path):
    kept = clean(u.given(u.photo_of_a_place(), "photo.jpg"), CASE)
    for secret in (b"Marque-Secrete", b"commentaire-secret", b"Exif"):
        assert secret not in kept.content
    written = tmp_path / "photo.jpg"
    written.write_bytes(kept.content)
    with Image.open(written) as picture:
        assert picture.size == (20, 60)
        assert not picture.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_is_hidden_behind_a_picture_is_left_out(kind):
    content = u.image(kind) + b"<script>alert(1)</script>" + u.archive({"a.exe": b"MZ"})
    kept = clean(u.given(content, "photo"), CASE)
    assert b"script" not in kept.content
    assert b"PK\x03\x04" not in kept.content


def test_a_large_picture_is_made_smaller(tmp_path):
    written = tmp_path / "photo.jpg"
    written.write_bytes(clean(u.given(u.image(size=(6000, 1500)), "photo.jpg"), CASE).content)
    with Image.open(written) as picture:
        assert picture.size == (4000, 1000)


def test_a_grey_scan_of_sixteen_bits_keeps_its_greys(tmp_path):
    scan = BytesIO()
    Image.new("I;16", (10, 10), 0x8000).save(scan, "PNG")
    written = tmp_path / "scan.png"
    written.write_bytes(clean(u.given(scan.getvalue(), "scan.png"), CASE).content)
    with Image.open(written) as picture:
        assert picture.mode == "L"
        assert picture.getpixel((0, 0)) == 128


def test_the_limit_of_size_is_a_setting(settings):
    settings.ATTACHMENT_MAX_BYTES = 100
    with pytest.raises(UploadRefused, match="trop volumineux"):
        clean(u.given(u.pdf(), "a.pdf"), CASE)
