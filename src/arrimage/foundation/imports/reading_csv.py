"""Read CSV: the encoding and the delimiter found, never guessed over a byte that contradicts them."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from arrimage.foundation.imports.errors import FileRefused
from arrimage.foundation.imports.table import Cell, Limits, Table, build_table, formula_cell, long_cell

_CHUNK = 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ";,\t"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# What UTF-8 or an old Macintosh looks like when it was read as Windows-1252.
_MANGLED = re.compile(r"Ã[\u0080-\u00bf©¨ªÂ´®§¢]|[a-z][Ž‚ƒ„…†‡ˆ‰Š‹Œ][a-z]")
_FORMULA_START = frozenset("=+-@\t\r")
# A sign before a number, a date or a telephone number is no formula: -12,50 · +1 514 555-0199 poste 4 · -1,5E+03
_SIGNED = re.compile(r"[+-][\d\s().,/$%-]*(?:[eE][+-]?\d+|\s*(?:poste|ext\.?|x)\s*\d+)?\Z")


def read_csv(file: BinaryIO, limits: Limits) -> Table:
    """Open a seekable text file as a table. Raises `FileRefused` when it is no text, or its quotes do not close."""
    encoding, mangled = find_encoding(file)
    file.seek(0)
    # The wrapper must outlive this function with the rows, and must not close a file it did not open.
    text = _KeepOpen(file, encoding=encoding, errors="strict", newline="")
    delimiter, skipped = _find_delimiter(text)
    text.seek(0)
    table = build_table(_records(text, delimiter, skipped, limits), limits)
    if mangled:
        table.warnings.append(
            _("Des lettres accentuées semblent mal lues (par exemple « %(text)s ») : vérifiez-les, ou enregistrez le "
              "fichier en UTF-8.")
            % {"text": mangled}
        )  # fmt: skip
    return table


class _KeepOpen(io.TextIOWrapper):
    def __del__(self) -> None:
        try:
            self.detach()
        except ValueError:
            pass


def find_encoding(file: BinaryIO) -> tuple[str, str | None]:
    """Return the encoding of a text file and a sample of mangled letters, if any. The whole file is read.

    UTF-8 first, since no other text passes for it; Windows-1252 next. Raises `FileRefused` on bytes neither knows and
    on control characters, which no table contains.
    """
    file.seek(0)
    start = file.read(4)
    if start in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        raise FileRefused(_("L’encodage UTF-32 n’est pas accepté : enregistrez le fichier en UTF-8."))
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return encoding, _check_text(file, encoding)
        except UnicodeError:
            continue
    raise FileRefused(
        _("Le texte du fichier ne se lit ni en UTF-8 ni en Windows-1252 : enregistrez-le en « CSV UTF-8 ».")
    )


def _check_text(file: BinaryIO, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    mangled = None
    while True:
        chunk = file.read(_CHUNK)
        text = decoder.decode(chunk, final=not chunk)
        if _BINARY.search(text):
            raise FileRefused(_("Ce fichier n’est pas du texte : fournissez un fichier .csv ou .xlsx."))
        if mangled is None and (found := _MANGLED.search(text)):
            mangled = text[max(0, found.start() - 8) : found.end() + 8].split("\n")[0].strip()
        if not chunk:
            return mangled


def _find_delimiter(text: io.TextIOWrapper) -> tuple[str, int]:
    """Return the delimiter and how many lines come before the titles (Excel's « sep=; », which it does not show)."""
    first = text.readline(65_536)
    declared = re.fullmatch(r'"?sep=([,;\t])"?', first.strip("\r\n "))
    if declared:
        return declared[1], 1
    text.seek(0)
    sample = text.read(65_536)
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = [len(record) for _record, record in zip(range(20), reader, strict=False) if _is_written(record)]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        # A comma in a title must not win over the semicolons: the rows below the titles decide.
        agreeing = sum(width == widths[0] for width in widths[1:])
        score = (agreeing, widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best, 0


def _is_written(record: Sequence[str]) -> bool:
    return len(record) > 1 or any(cell.strip() for cell in record)


def _records(
    text: io.TextIOWrapper, delimiter: str, skipped: int, limits: Limits
) -> Iterator[tuple[int, Sequence[Cell]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1 - skipped):
            if number > 0:
                yield number, [_cell(value, number, index, limits) for index, value in enumerate(record)]
    except csv.Error as error:
        raise FileRefused(
            _('La ligne %(row)d ne se lit pas : un guillemet (") n’est pas fermé, ou une cellule est démesurée.')
            % {"row": number + 1},
            row=number + 1,
        ) from error


def _cell(raw: str, row: int, index: int, limits: Limits) -> Cell:
    value = raw.strip()
    if not value:
        return None
    if len(value) > limits.cell_characters:
        return long_cell(row, index, limits.cell_characters)
    if value[0] in _FORMULA_START and is_formula(value):
        return formula_cell(row, index, value)
    return value


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run this text: = + - @ first, a signed number or telephone number apart."""
    text = text.strip()
    return text[:1] in ("=", "@") or (text[:1] in ("+", "-") and not _SIGNED.match(text))
