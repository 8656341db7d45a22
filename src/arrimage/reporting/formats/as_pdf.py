"""The bilan as a tagged PDF (PDF/UA-1): text, blocks, figures, definitions."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.engines import documents as parts
from arrimage.foundation.writing import write_number, write_phone
from arrimage.reporting.bilan import Bilan
from arrimage.reporting.bilan_chart import chart_of
from arrimage.reporting.drawing import svg_of
from arrimage.reporting.indicators import Figure, Group
from arrimage.reporting.report import Report
from arrimage.reporting.texts import WrittenText


def to_pdf(report: Report) -> bytes:
    """Return the document. Raises `FontsMissing` when the front-end packages are not installed."""
    bilan, text = report.bilan, report.text
    document = parts.Document(
        title=text.title if text else str(_("Bilan des réalisations")),
        language=(get_language() or "fr")[:2],
        author=_("Direction régionale de l’immigration – %(region)s") % {"region": bilan.region.name},
        page_of=_("page %(page)s de %(pages)s"),
        lead=(
            parts.Paragraph(f"{bilan.region.name}, {bilan.period}"),
            parts.Paragraph(bilan.generated, quiet=True),
            *(_opening(text) if text else ()),
        ),
        sections=(
            *(_sections(text) if text else ()),
            parts.Section(_("Les chiffres"), sections=tuple(_figures(bilan))),
            parts.Section(_("Définitions"), sections=tuple(_definitions(bilan))),
            *(_blocks(text) if text else ()),
        ),
    )
    return parts.to_pdf(document, parts.load_fonts(settings.ROOT / "node_modules"), made_at=bilan.generated_at)


def _opening(text: WrittenText) -> Iterator[parts.Block]:
    """Yield the first part of a text, when it has no heading of its own."""
    if text.sections and not text.sections[0].heading:
        yield from map(parts.Paragraph, text.sections[0].paragraphs)


def _sections(text: WrittenText) -> Iterator[parts.Section]:
    for section in text.sections:
        if section.heading:
            yield parts.Section(section.heading, tuple(map(parts.Paragraph, section.paragraphs)))
    if text.quotation:
        yield parts.Section(_("Le mot de la direction"), (parts.Quotation(text.quotation, text.quoted),))


def _figures(bilan: Bilan) -> Iterator[parts.Section]:
    chart = chart_of(bilan)
    for group, figures in bilan.groups():
        table = parts.Table(
            (_("Indicateur"), _("Chiffre"), _("Enregistrements")),
            tuple(_row(figure) for figure in figures),
            numbers=frozenset({1, 2}),
            widths=(5, 3, 2),
        )
        drawn = (
            (parts.Figure(svg_of(chart), chart.alternative, chart.title),) if chart and group == Group.PERSONS else ()
        )
        yield parts.Section(str(group.label), (table, *drawn))


def _row(figure: Figure) -> tuple[str, str, str]:
    share = f" ({figure.share})" if figure.share else ""
    return str(figure.indicator.label), figure.written + share, write_number(figure.evidence_count)


def _definitions(bilan: Bilan) -> Iterator[parts.Section]:
    for group, figures in bilan.groups():
        pairs = tuple((str(figure.indicator.label), str(figure.indicator.definition)) for figure in figures)
        yield parts.Section(str(group.label), (parts.Facts(pairs),))


def _blocks(text: WrittenText) -> Iterator[parts.Section]:
    if text.has_media_contact:
        pairs = (
            (_("Nom"), text.media_name),
            (_("Téléphone"), write_phone(text.media_phone)),
            (_("Courriel"), text.media_email),
        )
        yield parts.Section(_("Renseignements aux médias"), (parts.Facts(tuple(pair for pair in pairs if pair[1])),))
    if text.links:
        yield parts.Section(_("Liens connexes"), tuple(parts.Link(link.label, link.address) for link in text.links))
