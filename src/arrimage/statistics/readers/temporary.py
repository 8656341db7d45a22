"""Permit holders, students and asylum claims, as their mirror gives them: one row a line and year, or month."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from arrimage.foundation.imports import FileRefused, Table
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.imports.table import RefusedCell, SourceRow
from arrimage.statistics.datasets import SEPARATOR, TOTAL, DatasetCode
from arrimage.statistics.readers.shape import Cells, Line, Shape, quebec, shown_or_hidden

_YES = {"true": True, "1": True}
# Two tables of programmes have titles alike: a heading no other has tells that the table is the one it seems.
_KNOWN = {
    DatasetCode.TFWP: ("Live-In Caregivers", "Agricultural Workers", "Other Temporary Foreign Workers with LMIA"),
    DatasetCode.IMP: ("Agreements", "Canadian Interests", "Other IMP Participants"),
}


def _reader(dataset: DatasetCode, levels: tuple[str, ...], *, monthly: bool) -> Callable[[Table], Iterator[SourceRow]]:
    def rows(table: Table) -> Iterator[SourceRow]:
        cells = Cells(table.titles)
        lines: dict[tuple[str, ...], Line] = {}
        known = {forgive(name) for name in _KNOWN.get(dataset, ())}
        recognised = not known
        for source in table.rows:
            cells.at(source)
            path = tuple(cells.text(title) for title in levels)
            recognised = recognised or forgive(path[0]) in known
            province = cells.text("province_territory")
            line = lines.get((province, *path))
            if line is None:
                line = lines[province, *path] = _line(dataset, province, path, len(lines))
            value, hidden = shown_or_hidden(cells["value"])
            if not path[0] and not _YES.get(cells.text("total_flag").lower()):
                # A row that lost its category would pass for the total of all.
                value, hidden = RefusedCell(_("Cette ligne n’a pas de catégorie et n’est pas dite un total.")), False
            yield line.row(source, cells["year"], cells["month"] if monthly else None, value, hidden)
        if not recognised:
            raise FileRefused(
                _("Ce tableau a les titres de « %(table)s », mais aucune de ses catégories.") % {"table": dataset.label}
            )

    return rows


def _line(dataset: DatasetCode, province: str, path: tuple[str, ...], position: int) -> Line:
    named = [name for name in path if name]
    return Line(
        dataset, quebec(province), SEPARATOR.join(named) or TOTAL, named[-1] if named else TOTAL, len(named), position
    )


def _shape(dataset: DatasetCode, *levels: str, monthly: bool = False, without: tuple[str, ...] = ()) -> Shape:
    periods = ("year", "month") if monthly else ("year",)
    titles = ("province_territory", *levels, "total_flag", *periods, "value")
    return Shape(titles, _reader(dataset, levels, monthly=monthly), without if monthly else (*without, "month"))


SHAPES = (
    _shape(DatasetCode.IMP, "category_1", "category_2", "category_3"),
    _shape(DatasetCode.TFWP, "category_1", "category_2", without=("category_3",)),
    _shape(DatasetCode.ASYLUM, "claim_office_type", monthly=True),
    _shape(DatasetCode.STUDY, "study_level", monthly=True),
)
