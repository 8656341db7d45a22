"""What every installation begins with: reasons for a no, windows of later contacts, weights; what was changed stays."""

from decimal import Decimal
from typing import Any

from arrimage.casework.enums import CaseFactor
from arrimage.casework.milestones import MONTHS
from arrimage.casework.models import CaseWeight, DeclineReason, Milestone

# code, in French, in English, whether it asks for words; a region adds its own
REASONS = [
    ("no_place", "Plus de place", "No place left", False),
    ("not_eligible", "Personne non admissible", "Person not eligible", False),
    ("not_our_service", "Ne correspond pas à notre service", "Not what our service does", False),
    ("language", "Langue non offerte", "Language not offered", False),
    ("unreachable", "Personne injoignable", "Person cannot be reached", False),
    ("other", "Autre raison", "Another reason", True),
]
# In files. Assumed: no public rule was found; a lead reads them on the page of the load.
WEIGHTS = {
    CaseFactor.BASE: Decimal("1.0"),
    CaseFactor.FIRST_MONTHS: Decimal("1.0"),
    CaseFactor.URGENT_NEED: Decimal("0.5"),
    CaseFactor.INTERPRETER: Decimal("0.5"),
    CaseFactor.HOUSEHOLD: Decimal("0.5"),
}


def load_reference(**_: Any) -> None:
    """Lay them down; a repeat changes nothing."""
    for order, (code, label_fr, label_en, needs_words) in enumerate(REASONS, start=1):
        words = {"label_fr": label_fr, "label_en": label_en, "order": order * 10, "needs_words": needs_words}
        DeclineReason.objects.get_or_create(code=code, defaults=words)
    for months in MONTHS:
        Milestone.objects.get_or_create(months=months)
    for factor, weight in WEIGHTS.items():
        CaseWeight.objects.get_or_create(factor=factor, defaults={"weight": weight})
