"""The bilan and its evidence as a text to read."""

from textwrap import fill

from django.utils.translation import gettext as _

from arrimage.foundation.writing import write_date
from arrimage.reporting.bilan import Bilan
from arrimage.reporting.evidence import Evidence
from arrimage.reporting.indicators import Figure

WIDTH = 80


def to_text(bilan: Bilan) -> str:
    """Return the bilan: the figures in columns, then their definitions."""
    lines = [
        _("Bilan des réalisations"),
        f"{bilan.region.name}, {bilan.period}",
        bilan.generated,
    ]
    for group, figures in bilan.groups():
        lines += ["", str(group.label).upper(), *map(_line, figures)]
    lines += ["", _("Définitions").upper()]
    for figure in bilan.figures:
        lines += ["", str(figure.indicator.label), _paragraph(str(figure.indicator.definition))]
    return "\n".join(lines) + "\n"


def evidence_to_text(evidence: Evidence) -> str:
    """Return the figure, its definition, and one line a record."""
    figure = evidence.figure
    lines = [
        f"{evidence.indicator.label} : {figure.written}",
        f"{evidence.region.name}, {evidence.period}",
        evidence.counted(),
        "",
        _paragraph(str(evidence.indicator.definition), indent=""),
        "",
    ]
    lines += [f"{write_date(row.shown_on):<14}  {row.shown_label}" for row in evidence.rows.iterator(chunk_size=2000)]
    return "\n".join(lines).rstrip() + "\n"


def _line(figure: Figure) -> str:
    label, value = f"  {figure.indicator.label}", figure.written
    dots = max(WIDTH - len(label) - len(value) - 2, 3)
    return f"{label} {'.' * dots} {value}" + (f" ({figure.share})" if figure.share else "")


def _paragraph(text: str, indent: str = "  ") -> str:
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
