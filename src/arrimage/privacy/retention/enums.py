"""What becomes of a record at the end of its time, and the life of a destruction."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class Ending(TextChoices):
    """How a record ends. Either way nothing of it is left that tells of anybody."""

    DESTROY = "destroy", _("Détruire")
    ANONYMISE = "anonymise", _("Détruire, en gardant des statistiques anonymes")


class RunStatus(TextChoices):
    PREPARED = "prepared", _("À approuver")
    APPROVED = "approved", _("Approuvée")
    EXECUTING = "executing", _("En cours d’exécution")
    EXECUTED = "executed", _("Exécutée")
    CANCELLED = "cancelled", _("Abandonnée")


_R = RunStatus
RUN_TRANSITIONS = Transitions(
    RunStatus,
    {
        _R.PREPARED: frozenset({_R.APPROVED, _R.CANCELLED}),
        _R.APPROVED: frozenset({_R.EXECUTING, _R.CANCELLED}),
        # Interrupted, it is taken up again where it stopped.
        _R.EXECUTING: frozenset({_R.EXECUTED}),
    },
)


class ItemState(TextChoices):
    DUE = "due", _("À détruire")
    DESTROYED = "destroyed", _("Détruit")
    LEFT = "left", _("Laissé")


class LeftBecause(TextChoices):
    """Why a record of the list was not destroyed after all."""

    CHANGED = "changed", _("modifié depuis : il n’est plus à détruire")
    HELD = "held", _("retenu : un registre ou une demande cite encore la personne")
