from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class AppointmentKind(TextChoices):
    FIRST = "first", _("Premier rendez-vous")
    FOLLOW_UP = "follow_up", _("Rendez-vous de suivi")


class AppointmentStatus(TextChoices):
    BOOKED = "booked", _("Fixé")
    KEPT = "kept", _("Tenu")
    NO_SHOW = "no_show", _("Absence")
    CANCELLED = "cancelled", _("Annulé")


APPOINTMENT_TRANSITIONS = Transitions(
    AppointmentStatus,
    {
        AppointmentStatus.BOOKED: frozenset(
            {AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED}
        ),
        # Somebody late enough to be marked absent is still received.
        AppointmentStatus.NO_SHOW: frozenset({AppointmentStatus.KEPT}),
    },
)
TAKES_THE_TIME = (AppointmentStatus.BOOKED, AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW)
