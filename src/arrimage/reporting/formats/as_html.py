"""The bilan as one HTML file that stands alone: to keep, to send, to print."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from arrimage.reporting.bilan import Bilan


def to_html(bilan: Bilan) -> str:
    """Return the page, its style inside; it calls nothing else."""
    context = {"bilan": bilan, "groups": list(bilan.groups()), "language": get_language() or "fr"}
    return render_to_string("reporting/bilan.html", context)
