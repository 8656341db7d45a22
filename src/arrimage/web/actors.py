"""Who did something, in words: somebody's name, an organisation that came by a link, or what no person did."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.casework.links import BY_LINK
from arrimage.foundation.writing import french_spaces

_SYSTEM = {
    "import": gettext_lazy("Importation"),
    "clock": gettext_lazy("Horloge du système"),
    "migration": gettext_lazy("Mise à jour du système"),
    "installation": gettext_lazy("Installation"),
    "attachments": gettext_lazy("Gardien des pièces jointes"),
}


def actor_in_words(actor_id: int | None, name: str) -> str:
    """Return who made a change, from what the history or an event kept of them."""
    if actor_id is not None or name.endswith(BY_LINK):
        return name
    known = _SYSTEM.get(name)
    return str(known) if known else french_spaces(_("Système : %(name)s") % {"name": name})
