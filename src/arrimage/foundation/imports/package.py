"""The ZIP package an XLSX is: weighed and searched before anything parses it."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.table import Limits

_CHUNK = 1024 * 1024
_RATIO_FROM = 10 * 1024 * 1024
# One row holds in memory as a tree: a stretch of XML without the end of one must stay small.
_LONGEST_ROW = 8 * 1024 * 1024
_ROW_TAG = re.compile(rb"</?(?:\w+:)?row[\s/>]")
_TEXT_TAG = re.compile(rb"<(?:\w+:)?si[\s/>]")
# No spreadsheet writes these; they are how an XML file grows without end or reads other files.
_DECLARATIONS = tuple(
    text.encode(encoding) for text in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def check_package(file: BinaryIO, limits: Limits) -> None:
    """Raise `FileRefused` for an archive made to exhaust whoever opens it, locked, or declaring XML entities.

    Sizes are those the archive declares: reading never goes past them.
    """
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        if len(parts) > limits.parts:
            raise _refusal()
        if any(part.flag_bits & 1 for part in parts):
            raise FileRefused(
                _("Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe, puis recommencez.")
            )
        unfolded = sum(part.file_size for part in parts)
        folded = file.seek(0, 2)
        if unfolded > limits.unfolded_bytes or (unfolded > _RATIO_FROM and unfolded > limits.ratio * folded):
            raise _refusal()
        for part in parts:
            if part.filename.endswith((".xml", ".rels", ".vml")):
                _check_part(package, part, limits)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    is_sheet = "worksheets/" in part.filename
    is_texts = "sharedstrings" in part.filename.lower()
    texts = since_row = 0
    tail = b""
    with package.open(part) as content:
        while chunk := content.read(_CHUNK):
            window = tail + chunk
            if any(declaration in window for declaration in _DECLARATIONS):
                raise FileRefused(
                    _("Ce classeur contient des déclarations XML qui ne sont pas admises : enregistrez-le de nouveau "
                      "depuis votre tableur.")
                )  # fmt: skip
            if is_sheet:
                last = max((found.end() for found in _ROW_TAG.finditer(window)), default=None)
                since_row = since_row + len(chunk) if last is None else len(window) - last
                if since_row > _LONGEST_ROW:
                    raise _refusal()
            if is_texts:
                texts += len(_TEXT_TAG.findall(chunk))
                if texts > limits.shared_texts:
                    raise _refusal()
            tail = window[-64:]


def _refusal() -> FileRefused:
    return FileRefused(
        _("Ce classeur est démesuré une fois décomprimé : copiez le tableau dans un nouveau classeur, sans mise en "
          "forme, ou partagez-le en plusieurs fichiers.")
    )  # fmt: skip
