"""One reader a shape of published file; which one reads a file, its titles and its words say, never its name.

A reader gives the rows of the one form everything is imported from (`TITLES`), each with its row number in the file.
A census row that holds eight figures gives eight rows.
"""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from arrimage.foundation.imports import FileRefused, Table
from arrimage.foundation.imports.table import SourceRow
from arrimage.statistics.readers import admissions, birthplace, temporary
from arrimage.statistics.readers.shape import TITLES, Shape

__all__ = ["TITLES", "read"]

_SHAPES: tuple[Shape, ...] = (admissions.SHAPE, *temporary.SHAPES, birthplace.SHAPE)


def read(table: Table, limit: int) -> Table:
    """Return the table in the one form, its rows still to be read, at most `limit` figures.

    Raises `FileRefused` for a table of no known shape.
    """
    shape = next((shape for shape in _SHAPES if shape.fits(table.titles)), None)
    if shape is None:
        if not Shape.own().fits(table.titles):
            raise FileRefused(
                _("Ce tableau n’est d’aucune forme connue : fournissez-le comme sa source le publie, ou suivez le "
                  "modèle. Formes connues : %(shapes)s.")
                % {"shapes": " ; ".join(", ".join(shape.titles) for shape in _SHAPES)},
                row=table.title_row,
            )  # fmt: skip
        return table
    return Table(TITLES, table.title_row, _no_more_than(limit, shape.rows(table)), table.sheet, table.warnings)


def _no_more_than(limit: int, rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
    yield from islice(rows, limit)
    if next(rows, None) is not None:
        raise FileRefused(
            _("Le fichier dépasse %(limit)d chiffres : partagez-le en plusieurs fichiers.") % {"limit": limit}
        )
