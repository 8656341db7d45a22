"""Read a CSV or an XLSX file as a table, row by row."""

import io
from typing import BinaryIO

from django.utils.translation import gettext as _

from arrimage.foundation.imports.detection import detect_format
from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.reading_csv import read_csv
from arrimage.foundation.imports.reading_xlsx import read_xlsx
from arrimage.foundation.imports.table import Limits, Table

DEFAULT_LIMITS = Limits()


def read_table(file: BinaryIO, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Table:
    """Open a file as a table, its rows still to be read; the file must stay open until they are.

    CSV: UTF-8, UTF-16 (with its mark) or Windows-1252; comma, semicolon or tab. XLSX: the first visible sheet.
    Raises `FileRefused` with a sentence saying what the file is and what to do, at once or while rows are read.
    """
    file = within_limits(file, limits)
    if detect_format(file, filename) == "xlsx":
        return read_xlsx(file, limits)
    return read_csv(file, limits)


def within_limits(file: BinaryIO, limits: Limits) -> BinaryIO:
    """Return the file, seekable; refuse one that weighs too much."""
    if file.seekable():
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
    else:
        file = io.BytesIO(file.read(limits.file_bytes + 1))
        size = len(file.getvalue())
    if size > limits.file_bytes:
        raise FileRefused(
            _("Le fichier dépasse %(limit)d Mo : partagez-le en plusieurs fichiers.")
            % {"limit": limits.file_bytes // (1024 * 1024)}
        )
    return file
