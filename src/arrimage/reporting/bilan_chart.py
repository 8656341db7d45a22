"""The one chart of the bilan: how many persons, files and referrals at each stage."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.engines.charts import Bars, Point
from arrimage.reporting.bilan import Bilan
from arrimage.reporting.indicators import Group, Unit


def chart_of(bilan: Bilan) -> Bars | None:
    """Return the counts of the accompaniment of persons, in the order of the bilan; None when it holds none."""
    points = tuple(
        Point(str(figure.indicator.label), int(figure.value), figure.written)
        for figure in bilan.figures
        if figure.indicator.group == Group.PERSONS and figure.indicator.unit == Unit.COUNT and figure.value is not None
    )
    if not points:
        return None
    return Bars(
        title=_("De l’accueil au résultat"),
        alternative=" ; ".join(f"{point.label} : {point.written}" for point in points),
        hidden_word=_("masqué"),
        language=(get_language() or "fr")[:2],
        points=points,
    )
