"""Places in words, for those who send somebody and those who receive them."""

from django.utils.translation import gettext as _

from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold


def standing(hold: PlaceHold | None, rank: int) -> str:
    """Return what a place asked for has become: held, taken, or its rank (from 1) among those who wait; else empty."""
    if hold is None or hold.status == HoldStatus.GIVEN_BACK:
        return ""
    if hold.status == HoldStatus.HELD:
        return _("Une place est retenue jusqu’à la réponse.")
    if hold.status == HoldStatus.TAKEN:
        return _("Une place est prise.")
    said = _("1re en attente d’une place") if rank == 1 else _("%(rank)de en attente d’une place") % {"rank": rank}
    return _("%(rank)s, en priorité") % {"rank": said} if hold.priority_at else said
