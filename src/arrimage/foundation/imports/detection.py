"""What a file really is, by its content; its extension must say the same."""

import zipfile
from pathlib import PurePath
from typing import BinaryIO, Literal

from django.utils.translation import gettext as _

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.forgiving import shorten

Format = Literal["csv", "xlsx"]

_EXTENSIONS: dict[str, Format] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx"}
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def detect_format(file: BinaryIO, filename: str) -> Format:
    """Return the format of a seekable file, rewound; raise `FileRefused` when it is no table, or not what it says."""
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start.strip():
        raise FileRefused(_("Le fichier est vide."))
    if start.startswith(b"PK"):
        found = _format_of_package(file)
    elif start.startswith(_OLE2):
        raise FileRefused(_what_ole2_is(file))
    else:
        _refuse_other_formats(start)
        found = "csv"
    file.seek(0)
    _check_extension(filename, found)
    return found


def _format_of_package(file: BinaryIO) -> Format:
    """Return "xlsx" for a workbook; a ZIP archive of anything else is refused by its name."""
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            types = b""
            if "[Content_Types].xml" in names:
                with package.open("[Content_Types].xml") as part:
                    types = part.read(1024 * 1024)
            elif "mimetype" in names:
                with package.open("mimetype") as part:
                    types = part.read(200)
    except Exception as error:  # a damaged archive fails in a dozen ways
        raise FileRefused(
            _("Le fichier est endommagé ou incomplet : ouvrez-le dans votre tableur et enregistrez-le de nouveau.")
        ) from error
    if b"spreadsheetml.sheet.main+xml" in types:
        return "xlsx"
    if b"macroEnabled" in types or b"sheet.binary" in types:
        raise FileRefused(
            _("Ce classeur Excel contient des macros ou est au format binaire : enregistrez-le au format .xlsx.")
        )
    if b"opendocument.spreadsheet" in types:
        raise FileRefused(_("Ce fichier est un classeur OpenDocument (.ods) : enregistrez-le au format .xlsx ou .csv."))
    if types:
        raise FileRefused(_("Ce fichier est un document, pas un tableau : fournissez un fichier .xlsx ou .csv."))
    raise FileRefused(
        _("Ce fichier est une archive ZIP : extrayez-en le tableau et fournissez-le au format .xlsx ou .csv.")
    )


def _what_ole2_is(file: BinaryIO) -> str:
    if _ENCRYPTED in file.read():
        return _("Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe, puis recommencez.")
    return _("Ce fichier est un ancien classeur Excel (.xls) : enregistrez-le au format .xlsx, puis recommencez.")


def _refuse_other_formats(start: bytes) -> None:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        raise FileRefused(_("Ce fichier est un PDF : fournissez le tableau au format .xlsx ou .csv."))
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise FileRefused(_("Ce fichier est une image : fournissez le tableau au format .xlsx ou .csv."))
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")):
        raise FileRefused(_("Ce fichier est comprimé : extrayez-en le tableau, puis recommencez."))
    if text.startswith(b"<"):
        raise FileRefused(_("Ce fichier est une page web ou du XML : enregistrez le tableau au format .xlsx ou .csv."))
    if text.startswith((b"{", b"[")):
        raise FileRefused(_("Ce fichier est du JSON : fournissez le tableau au format .xlsx ou .csv."))


def _check_extension(filename: str, found: Format) -> None:
    """Refuse a file whose name says another format than its content; a name without extension says nothing."""
    name = PurePath(filename.replace("\\", "/")).name
    extension = PurePath(name).suffix.lower()
    if not extension or _EXTENSIONS.get(extension) == found:
        return
    values = {"name": shorten(name)}
    if found == "xlsx":
        message = _("Le fichier « %(name)s » est en réalité un classeur Excel : donnez-lui l’extension .xlsx.")
    elif extension == ".xlsx" or extension == ".xls":
        message = _(
            "Le fichier « %(name)s » est en réalité un fichier texte : donnez-lui l’extension .csv, ou enregistrez-le "
            "comme classeur Excel (.xlsx)."
        )
    else:
        message = _("Le fichier « %(name)s » n’a pas l’extension attendue : .csv ou .xlsx.")
    raise FileRefused(message % values)
