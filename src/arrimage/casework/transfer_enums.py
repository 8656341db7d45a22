from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class TransferStatus(TextChoices):
    PROPOSED = "proposed", _("Proposé")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")


class TransferGround(TextChoices):
    """On what ground another region of the ministry learns of a person (A-2.1, section 62: who needs it to work)."""

    AGREED = "agreed", _("La personne est d’accord, et le sait")
    MOVED = "moved", _("La personne a déménagé et s’est présentée là-bas")


_X = TransferStatus
TRANSFER_TRANSITIONS = Transitions(TransferStatus, {_X.PROPOSED: frozenset({_X.ACCEPTED, _X.REFUSED, _X.WITHDRAWN})})
