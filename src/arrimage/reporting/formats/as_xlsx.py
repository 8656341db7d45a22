"""The bilan as a workbook: figures as real numbers, definitions, and the text."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.reporting.formats.sheets import CENTS, COUNT, MONEY, PERCENT, add_row, add_sheet, new_workbook, saved
from arrimage.reporting.indicators import Figure, Unit
from arrimage.reporting.report import Report
from arrimage.reporting.texts import WrittenText

UNITS = {Unit.COUNT: "", Unit.MONEY: "$", Unit.PERCENT: "%"}


def to_xlsx(report: Report) -> bytes:
    """Return the workbook. A share is written 93,5 with the sign beside, as in every other format."""
    bilan = report.bilan
    author = _("Direction régionale de l’immigration – %(region)s") % {"region": bilan.region.name}
    book = new_workbook(_("Bilan des réalisations"), author, get_language() or "fr")
    about = add_sheet(book, _("À propos"), (28, 80))
    for name, value in (
        (_("Document"), _("Bilan des réalisations")),
        (_("Région"), bilan.region.name),
        (_("Premier jour"), bilan.period.first),
        (_("Dernier jour"), bilan.period.last),
        (_("Calcul"), bilan.generated),
    ):
        add_row(about, (name, value), ("", "yyyy-mm-dd"))
    figures = add_sheet(
        book,
        _("Chiffres"),
        (34, 48, 18, 8, 14, 14, 18, 34),
        (
            _("Partie"),
            _("Indicateur"),
            _("Chiffre"),
            _("Unité"),
            _("Numérateur"),
            _("Dénominateur"),
            _("Enregistrements"),
            _("Code"),
        ),
    )
    definitions = add_sheet(book, _("Définitions"), (48, 110), (_("Indicateur"), _("Définition")))
    for group, found in bilan.groups():
        for figure in found:
            indicator = figure.indicator
            row = (
                str(group.label),
                str(indicator.label),
                figure.value,
                UNITS[indicator.unit],
                figure.numerator,
                figure.denominator,
                figure.evidence_count,
                indicator.code,
            )
            add_row(figures, row, ("", "", _format(figure), "", COUNT, COUNT, COUNT, ""))
            add_row(definitions, (str(indicator.label), str(indicator.definition)))
    if report.text:
        sheet = add_sheet(book, _("Texte"), (40, 110))
        for name, value in _lines(report.text):
            add_row(sheet, (name, value))
    return saved(book)


def _format(figure: Figure) -> str:
    if figure.indicator.unit == Unit.MONEY:
        return MONEY if figure.value is None or figure.value == int(figure.value) else CENTS
    return PERCENT if figure.indicator.unit == Unit.PERCENT else COUNT


def _lines(text: WrittenText) -> list[tuple[str, str]]:
    lines = [(_("Titre"), text.title)]
    lines += [(section.heading, "\n\n".join(section.paragraphs)) for section in text.sections]
    if text.quotation:
        lines.append((text.quoted, "\n\n".join(text.quotation)))
    if text.has_media_contact:
        contact = ", ".join(filter(None, (text.media_name, text.media_phone, text.media_email)))
        lines.append((_("Renseignements aux médias"), contact))
    return lines + [(link.label, link.address) for link in text.links]
