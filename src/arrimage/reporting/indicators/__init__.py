"""Every indicator of the bilan, in its order: defined here and computed from the records, never typed in."""

from django.utils.translation import gettext as _

from arrimage.foundation.errors import DomainError
from arrimage.reporting.indicators import agreements, casework, employers, milestones, presence, reception, sharing
from arrimage.reporting.indicators.base import Figure, Group, Indicator, Unit, record

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for area in (presence, agreements, employers, reception, casework, sharing, milestones)
    for indicator in area.INDICATORS
}


class UnknownIndicator(DomainError):
    """No indicator has this code."""


def indicator_of(code: str) -> Indicator:
    """Return an indicator by its code. Raises `UnknownIndicator`, which names those there are."""
    if code not in INDICATORS:
        raise UnknownIndicator(
            _("L’indicateur « %(code)s » n’existe pas. Indicateurs : %(known)s.")
            % {"code": code, "known": ", ".join(INDICATORS)}
        )
    return INDICATORS[code]


__all__ = ["INDICATORS", "Figure", "Group", "Indicator", "Unit", "UnknownIndicator", "indicator_of", "record"]
