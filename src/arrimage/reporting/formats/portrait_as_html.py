"""The portrait as one HTML file that stands alone."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from arrimage.reporting.drawing import svg_of
from arrimage.reporting.portrait import Portrait, charts_of, grids_of


def portrait_to_html(portrait: Portrait) -> str:
    """Return the page, its style and charts inside; it calls nothing else."""
    tables = [
        {
            "table": table,
            "grids": grids_of(table),
            "charts": [
                # Drawn by us; the texts in it are escaped by the drawing.
                (shown.heading, mark_safe(svg_of(shown.chart)))
                for shown in charts_of(table)
            ],
        }
        for table in portrait.tables
    ]
    context = {"portrait": portrait, "tables": tables, "language": get_language() or "fr"}
    return render_to_string("reporting/portrait.html", context)
