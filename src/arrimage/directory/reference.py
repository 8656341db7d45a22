"""The thirteen themes of need every region has; a region adds its own."""

from typing import Any

from arrimage.directory.models import Theme

THEMES = [
    ("housing", "Logement", "Housing"),
    ("health", "Santé et RAMQ", "Health and RAMQ"),
    ("administrative", "Démarches administratives", "Administrative steps"),
    ("finances", "Finances", "Finances"),
    ("french", "Français", "French"),
    ("childcare_school", "Garde d’enfants et école", "Child care and school"),
    ("employment", "Emploi", "Employment"),
    (
        "recognition",
        "Reconnaissance des acquis et ordres professionnels",
        "Recognition of skills and professional orders",
    ),
    ("food_clothing", "Alimentation et vêtements", "Food and clothing"),
    ("transport", "Transport", "Transport"),
    ("social_network", "Famille et réseau social", "Family and social network"),
    ("rights_civic", "Droits, valeurs et vie citoyenne", "Rights, values and civic life"),
    ("psychosocial", "Soutien psychosocial et sécurité", "Psychosocial support and safety"),
]


def load_reference(**_: Any) -> None:
    """Create the common themes; a repeat changes nothing."""
    for order, (code, label_fr, label_en) in enumerate(THEMES, start=1):
        Theme.objects.get_or_create(
            code=code, region=None, defaults={"label_fr": label_fr, "label_en": label_en, "order": order * 10}
        )
