"""Admissions of permanent residents, by month: one row a line and month, with the depth of each line.

The file lists parts before their whole (a post-order tree): the heading of a line is the next line less deep than it.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from arrimage.foundation.imports import FileRefused, Table
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.table import Cell, RefusedCell, SourceRow
from arrimage.statistics.datasets import SEPARATOR, TOTAL, DatasetCode
from arrimage.statistics.readers.shape import Cells, Line, Shape, quebec

DEPTH = "profondeur(0=province,1=principale,2=groupe,3=composante)"
_HIDDEN = {"1": True, "0": False}


def rows(table: Table) -> Iterator[SourceRow]:
    """Give each figure with the path of its line; raises `FileRefused` when the lines make no tree."""
    cells = Cells(table.titles)
    read = list(table.rows)
    lines = _lines(read, cells)
    for source in read:
        cells.at(source)
        value, hidden = _figure(cells["admissions"], cells.text("supprime_0_a_5"))
        yield lines[_number(source, cells)].row(source, cells["annee"], cells["mois"], value, hidden)


def _figure(value: Cell, flag: str) -> tuple[Cell, bool]:
    hidden = _HIDDEN.get(flag)
    if hidden is None:
        return RefusedCell(_("Dites par 1 ou 0 si ce chiffre est masqué.")), False
    if hidden and value is not None:
        return RefusedCell(_("Ce chiffre est dit masqué, et pourtant donné.")), False
    return value, hidden


def _number(source: SourceRow, cells: Cells) -> int:
    return _integer(source, cells, "ligne_source")


def _integer(source: SourceRow, cells: Cells, title: str) -> int:
    text = cells.at(source).text(title)
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise FileRefused(
            _("« %(value)s » n’est pas un nombre entier.") % {"value": shorten(text)}, row=source.number, column=title
        )
    return int(text)


def _lines(read: list[SourceRow], cells: Cells) -> dict[int, Line]:
    found: dict[int, tuple[int, str]] = {}
    for source in read:
        number, depth = _number(source, cells), _integer(source, cells, DEPTH)
        said = (depth, cells.at(source).text("categorie"))
        if found.setdefault(number, said) != said:
            raise FileRefused(
                _("La ligne %(line)d du tableau publié porte deux noms ou deux profondeurs.") % {"line": number},
                row=source.number,
                column="categorie",
            )
    lines: dict[int, Line] = {}
    above: list[tuple[int, str]] = []  # the headings of what is read, from the last line of the table to the first
    for number in sorted(found, reverse=True):
        depth, name = found[number]
        while above and above[-1][0] >= depth:
            above.pop()
        if not above and depth:
            raise FileRefused(
                _("La catégorie « %(name)s » n’a pas de total au-dessus d’elle : le fichier est incomplet.")
                % {"name": shorten(name)}
            )
        above.append((depth, name))
        path = SEPARATOR.join(name for depth, name in above if depth)
        province = name.partition(" - ")[0] if not depth else above[0][1].partition(" - ")[0]
        lines[number] = Line(DatasetCode.ADMISSIONS, quebec(province), path or TOTAL, name, depth, number)
    return lines


SHAPE = Shape(("ligne_source", DEPTH, "categorie", "annee", "mois", "admissions", "supprime_0_a_5"), rows)
