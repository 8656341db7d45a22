"""Settings that every installation begins with; what was changed since stays."""

from decimal import Decimal
from typing import Any

from arrimage.casework.enums import CaseFactor
from arrimage.casework.milestones import MONTHS
from arrimage.casework.models import CaseWeight, Milestone

# In files. Assumed: no public rule was found; a lead reads them on the page of the load.
WEIGHTS = {
    CaseFactor.BASE: Decimal("1.0"),
    CaseFactor.FIRST_MONTHS: Decimal("1.0"),
    CaseFactor.URGENT_NEED: Decimal("0.5"),
    CaseFactor.INTERPRETER: Decimal("0.5"),
    CaseFactor.HOUSEHOLD: Decimal("0.5"),
}


def load_reference(**_: Any) -> None:
    """Create the windows of the contacts and the weights; a repeat changes nothing."""
    for months in MONTHS:
        Milestone.objects.get_or_create(months=months)
    for factor, weight in WEIGHTS.items():
        CaseWeight.objects.get_or_create(factor=factor, defaults={"weight": weight})
