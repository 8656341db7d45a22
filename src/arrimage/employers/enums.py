from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class AccompanimentStatus(TextChoices):
    REQUESTED = "requested", _("Demandé")
    IN_CHARGE = "in_charge", _("Pris en charge")
    DONE = "done", _("Terminé")
    DONE_WITHOUT_HELP = "done_without_help", _("Terminé sans aide")
    UNREACHABLE = "unreachable", _("Injoignable")
    NOT_FOR_US = "not_for_us", _("Hors mandat")


_S = AccompanimentStatus
_ENDS_WITHOUT_US = frozenset({_S.DONE_WITHOUT_HELP, _S.UNREACHABLE, _S.NOT_FOR_US})
ACCOMPANIMENT_TRANSITIONS = Transitions(
    AccompanimentStatus,
    {_S.REQUESTED: _ENDS_WITHOUT_US | {_S.IN_CHARGE}, _S.IN_CHARGE: _ENDS_WITHOUT_US | {_S.DONE}},
)
ENDED = frozenset({_S.DONE, _S.DONE_WITHOUT_HELP, _S.UNREACHABLE, _S.NOT_FOR_US})


class AccompanimentSubject(TextChoices):
    RECRUITMENT = "recruitment", _("Recrutement international")
    LOCAL_HIRING = "local_hiring", _("Embauche de personnes immigrantes d’ici")
    RETENTION = "retention", _("Accueil et maintien en emploi")
    FRANCIZATION = "francization", _("Francisation du milieu de travail")
    DIVERSITY = "diversity", _("Gestion de la diversité")
