"""The usual reasons for an organisation's no, which every region has; a region adds its own."""

from typing import Any

from arrimage.casework.models import DeclineReason

# code, in French, in English, whether it asks for words
REASONS = [
    ("no_place", "Plus de place", "No place left", False),
    ("not_eligible", "Personne non admissible", "Person not eligible", False),
    ("not_our_service", "Ne correspond pas à notre service", "Not what our service does", False),
    ("language", "Langue non offerte", "Language not offered", False),
    ("unreachable", "Personne injoignable", "Person cannot be reached", False),
    ("other", "Autre raison", "Another reason", True),
]


def load_reference(**_: Any) -> None:
    """Lay down the common reasons; a repeat changes nothing."""
    for order, (code, label_fr, label_en, needs_words) in enumerate(REASONS, start=1):
        words = {"label_fr": label_fr, "label_en": label_en, "order": order * 10, "needs_words": needs_words}
        DeclineReason.objects.get_or_create(code=code, defaults=words)
