"""Files to give, honest and hostile, made here."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

DOCX_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def given(content: bytes, name: str = "lettre.pdf", claimed: str = "application/octet-stream") -> SimpleUploadedFile:
    """Return `content` as a browser sends it, under a name and a type that may lie."""
    return SimpleUploadedFile(name, content, claimed)


def pdf(change=None, *, password: str = "", pages: int = 1) -> bytes:
    """Return a PDF; `change(writer)` adds to it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def script(writer: PdfWriter) -> None:
    code = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('bonjour')")}
    )
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), writer._add_object(code)])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def carried_file(writer: PdfWriter) -> None:
    writer.add_attachment("programme.exe", b"MZ")


def action(kind: str, **more):
    """Return a change that gives the file an action to do when it opens."""

    def change(writer: PdfWriter) -> None:
        written = {NameObject("/S"): NameObject(kind)} | {NameObject(f"/{key}"): value for key, value in more.items()}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(written)

    return change


def hidden_launch(writer: PdfWriter) -> None:
    """An action that no page leads to."""
    writer._add_object(
        DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    )


def opens_at_a_page(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([NumberObject(0), NameObject("/Fit")])


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    content = BytesIO()
    Image.new(mode, size, "white" if mode != "1" else 1).save(content, kind, **options)
    return content.getvalue()


def photo_of_a_place() -> bytes:
    """Return a JPEG lying on its side, with where and with what it was taken, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter to the right
    exif[0x010F] = "Marque-Secrete"
    exif.get_ifd(0x8825)[2] = (45.0, 30.0, 0.0)
    return image(size=(60, 20), exif=exif, comment=b"commentaire-secret")


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few bytes that says it has 900 million points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def archive(parts: dict[str, bytes], *, stored: str = "") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as written:
        for path, part in parts.items():
            written.writestr(path, part, ZIP_STORED if path == stored else ZIP_DEFLATED)
    return content.getvalue()


def docx(**more: bytes) -> bytes:
    """Return a DOCX; `more` are parts, by path."""
    return archive({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": b"<w:document/>", **more})


def odt(**more: bytes) -> bytes:
    return archive({"mimetype": ODT_TYPE, "content.xml": b"<office:document-content/>", **more}, stored="mimetype")


def docx_bomb() -> bytes:
    """Return a DOCX of some hundred kilobytes that unpacks to a hundred million bytes."""
    return docx(**{"word/media/image1.bmp": bytes(100_000_000)})


def gif_with_script() -> bytes:
    """Return a file that is a GIF to one reader and a script to another."""
    return b"GIF89a/*" + bytes(20) + b"*/=1;alert(document.cookie);//" + bytes(10) + b";"


def svg_with_script() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
