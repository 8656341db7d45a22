"""The portrait as a tagged PDF (PDF/UA-1): each table with its charts, its source and its rules."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.engines import documents as parts
from arrimage.foundation import clock
from arrimage.foundation.writing import NBSP
from arrimage.reporting.drawing import svg_of
from arrimage.reporting.portrait import Grid, Portrait, Table, charts_of, grids_of

MANY_COLUMNS = 5


def portrait_to_pdf(portrait: Portrait) -> bytes:
    """Return the document. Raises `FontsMissing` when the front-end packages are not installed."""
    document = parts.Document(
        title=_("Portrait de l’immigration – %(region)s") % {"region": portrait.region.name},
        language=(get_language() or "fr")[:2],
        author=_("Direction régionale de l’immigration – %(region)s") % {"region": portrait.region.name},
        page_of=_("page %(page)s de %(pages)s"),
        lead=(parts.Paragraph(_lead() if portrait.tables else _nothing()),),
        sections=tuple(
            parts.Section(
                table.title,
                tuple(_source(table)),
                sections=(*_charts(table), *_tables(table)),
            )
            for table in portrait.tables
        ),
    )
    return parts.to_pdf(document, parts.load_fonts(settings.ROOT / "node_modules"), made_at=clock.now())


def _lead() -> str:
    return _("Ce que disent les tableaux publics. Un chiffre masqué par sa source reste masqué : ce n’est pas un zéro.")


def _nothing() -> str:
    return _("Aucun tableau public n’est encore importé.")


def _source(table: Table) -> Iterator[parts.Block]:
    words = _("Source : %(source)s. Millésime : %(vintage)s.") % {"source": table.source, "vintage": table.vintage}
    yield parts.Paragraph(words, quiet=True)
    for note in table.notes:
        yield parts.Paragraph(note, quiet=True)


def _charts(table: Table) -> Iterator[parts.Section]:
    for shown in charts_of(table):
        yield parts.Section(shown.heading, (parts.Figure(svg_of(shown.chart), shown.chart.alternative),))


def _tables(table: Table) -> Iterator[parts.Section]:
    for grid in grids_of(table):
        heading = _("Tableau – %(what)s") % {"what": grid.caption} if grid.caption else _("Tableau")
        yield parts.Section(heading, (_table(grid), *(parts.Paragraph(note, quiet=True) for note in grid.notes)))


def _table(grid: Grid) -> parts.Table:
    return parts.Table(
        (grid.corner, *grid.heads),
        tuple((_indented(line.label, line.depth), *(cell.written for cell in line.cells)) for line in grid.lines),
        numbers=frozenset(range(1, len(grid.heads) + 1)),
        widths=(4 if len(grid.heads) > MANY_COLUMNS else 2, *(1 for _head in grid.heads)),
        small=len(grid.heads) > MANY_COLUMNS,
    )


def _indented(label: str, depth: int) -> str:
    """Return a label set back by its level, with spaces a document keeps."""
    return 2 * NBSP * max(depth - 1, 0) + label
