"""The common themes of need in the languages of the public site; a region's own keep the label it gave."""

from django.utils.translation import get_language, gettext_lazy

from arrimage.directory.models import Theme

LABELS = {
    "housing": gettext_lazy("Logement"),
    "health": gettext_lazy("Santé et RAMQ"),
    "administrative": gettext_lazy("Démarches administratives"),
    "finances": gettext_lazy("Finances"),
    "french": gettext_lazy("Français"),
    "childcare_school": gettext_lazy("Garde d’enfants et école"),
    "employment": gettext_lazy("Emploi"),
    "recognition": gettext_lazy("Reconnaissance des acquis et ordres professionnels"),
    "food_clothing": gettext_lazy("Alimentation et vêtements"),
    "transport": gettext_lazy("Transport"),
    "social_network": gettext_lazy("Famille et réseau social"),
    "rights_civic": gettext_lazy("Droits, valeurs et vie citoyenne"),
    "psychosocial": gettext_lazy("Soutien psychosocial et sécurité"),
}


def theme_label(theme: Theme) -> str:
    """Return the label of a theme, in the language in use where it is known."""
    if (get_language() or "fr")[:2] in ("fr", "en") or theme.code not in LABELS:
        return theme.label
    return str(LABELS[theme.code])
