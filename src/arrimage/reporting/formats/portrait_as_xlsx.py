"""The portrait as a workbook: a sheet a table, every year of it, real numbers; what is hidden is said so."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.reporting.formats.sheets import COUNT, Value, add_row, add_sheet, new_workbook, saved
from arrimage.reporting.portrait import Cell, Portrait, grids_of

LABEL, NUMBER = 60, 13


def portrait_to_xlsx(portrait: Portrait) -> bytes:
    """Return the workbook: what each sheet is, with its source, vintage and rules, then one sheet a table."""
    title = _("Portrait de l’immigration – %(region)s") % {"region": portrait.region.name}
    author = _("Direction régionale de l’immigration – %(region)s") % {"region": portrait.region.name}
    book = new_workbook(title, author, get_language() or "fr")
    titles = (_("Feuille"), _("Tableau"), _("Source"), _("Millésime"), _("Règles"))
    about = add_sheet(book, _("À propos"), (10, 60, 60, 12, 90), titles)
    number = 0
    for table in portrait.tables:
        for grid in grids_of(table, years=None):
            number += 1
            name = f"{table.title} – {grid.caption}" if grid.caption else table.title
            add_row(about, (str(number), name, table.source, table.vintage, " ".join(table.notes)))
            widths = (LABEL, *(NUMBER for _head in grid.heads))
            sheet = add_sheet(book, str(number), widths, (grid.corner, *grid.heads))
            for line in grid.lines:
                values, formats = map(_value, line.cells), (COUNT for _head in grid.heads)
                add_row(sheet, (line.label, *values), ("", *formats), indent=line.depth)
    return saved(book)


def _value(cell: Cell) -> Value:
    """Return a number as one, a hidden figure as the word, nothing where the source has no figure."""
    return cell.written if cell.hidden else cell.value
