from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class ArrivalOutcome(TextChoices):
    EXPECTED = "expected", _("Attendue")
    MET = "met", _("Accueillie")
    NO_SHOW = "no_show", _("Non présentée")
    MOVED = "moved", _("Reportée sur un autre vol")
    DENIED_BOARDING = "denied_boarding", _("Embarquement refusé")


_O = ArrivalOutcome
ARRIVAL_TRANSITIONS = Transitions(
    ArrivalOutcome,
    {
        _O.EXPECTED: frozenset({_O.MET, _O.NO_SHOW, _O.MOVED, _O.DENIED_BOARDING}),
        # Until the file is opened, a wrong tap is undone; a person who was not there may still come.
        _O.MET: frozenset({_O.EXPECTED}),
        _O.NO_SHOW: frozenset({_O.EXPECTED, _O.MET, _O.MOVED}),
        _O.MOVED: frozenset({_O.EXPECTED, _O.MET, _O.NO_SHOW}),
        _O.DENIED_BOARDING: frozenset({_O.EXPECTED, _O.MOVED}),
    },
)
