"""The bilan as one HTML file that stands alone: to keep, to send, to print."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from arrimage.reporting.bilan_chart import chart_of
from arrimage.reporting.drawing import svg_of
from arrimage.reporting.report import Report


def to_html(report: Report) -> str:
    """Return the page, its style and its chart inside; it calls nothing else."""
    bilan = report.bilan
    chart = chart_of(bilan)
    context = {
        "bilan": bilan,
        "text": report.text,
        "groups": list(bilan.groups()),
        # Drawn by us; the texts in it are escaped by the drawing.
        "chart": mark_safe(svg_of(chart)) if chart else "",
        "chart_title": chart.title if chart else "",
        "language": get_language() or "fr",
    }
    return render_to_string("reporting/bilan.html", context)
