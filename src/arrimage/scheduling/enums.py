from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class AppointmentKind(TextChoices):
    FIRST = "first", _("Premier rendez-vous")
    FOLLOW_UP = "follow_up", _("Rendez-vous de suivi")


class Mode(TextChoices):
    """How people meet, and how an interpreter is there."""

    ON_SITE = "on_site", _("Sur place")
    PHONE = "phone", _("Par téléphone")
    VIDEO = "video", _("En visioconférence")


class AppointmentStatus(TextChoices):
    OFFERED = "offered", _("Proposé")  # a freed time kept for somebody of the waiting list until they answer
    BOOKED = "booked", _("Fixé")
    KEPT = "kept", _("Tenu")
    NO_SHOW = "no_show", _("Absence")
    CANCELLED = "cancelled", _("Annulé")


class CancelReason(TextChoices):
    """Why a time is given back."""

    PERSON = "person", _("La personne ne peut pas venir")
    AGENT = "agent", _("L’agente ou l’agent est absent")
    OFFICE = "office", _("Le point de services est fermé")
    LAPSED = "lapsed", _("La proposition est restée sans réponse")
    REFUSED = "refused", _("La personne a refusé cette heure")
    NO_LONGER_NEEDED = "not_needed", _("Le rendez-vous n’est plus utile")
    OTHER = "other", _("Autre raison")


class WaitingStatus(TextChoices):
    """Where somebody stands who waits for a time."""

    WAITING = "waiting", _("En attente")
    OFFERED = "offered", _("Heure proposée")
    PLACED = "placed", _("Rendez-vous fixé")
    LEFT = "left", _("Hors de la liste")


class SessionStatus(TextChoices):
    PLANNED = "planned", _("Prévue")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class EnrolmentStatus(TextChoices):
    WAITING = "waiting", _("En attente d’une place")
    ENROLLED = "enrolled", _("Inscription confirmée")
    COMPLETED = "completed", _("Terminée")
    NOT_COMPLETED = "incomplete", _("Non terminée")
    CANCELLED = "cancelled", _("Annulée")


class Unfit(TextChoices):
    """What keeps somebody from a session as they are, said to them."""

    FOLLOWED = "followed", _("Vous avez déjà suivi ce programme.")
    SEATED = "seated", _("Vous avez déjà une place dans une autre séance de ce programme.")
    LANGUAGE = "language", _("Elle n’est pas dans une langue que vous avez dit bien comprendre.")
    BUSY = "busy", _("Vous avez un rendez-vous ou une séance à ces heures.")
    FULL = "full", _("C’est complet. Vous pouvez attendre une place.")


class Presence(TextChoices):
    PRESENT = "present", _("Présence")
    ABSENT = "absent", _("Absence")
    EXCUSED = "excused", _("Absence motivée")


class InterpretationStatus(TextChoices):
    REQUESTED = "requested", _("À confirmer")
    CONFIRMED = "confirmed", _("Confirmée")
    DONE = "done", _("Faite")
    DECLINED = "declined", _("Refusée")
    CANCELLED = "cancelled", _("Annulée")


_A, _S, _E, _I = AppointmentStatus, SessionStatus, EnrolmentStatus, InterpretationStatus
_W = WaitingStatus

APPOINTMENT_TRANSITIONS = Transitions(
    AppointmentStatus,
    {
        _A.OFFERED: frozenset({_A.BOOKED, _A.CANCELLED}),
        _A.BOOKED: frozenset({_A.KEPT, _A.NO_SHOW, _A.CANCELLED}),
        # Somebody late enough to be marked absent is still received.
        _A.NO_SHOW: frozenset({_A.KEPT}),
        # Marked by mistake.
        _A.KEPT: frozenset({_A.NO_SHOW}),
    },
)
WAITING_TRANSITIONS = Transitions(
    WaitingStatus,
    {
        _W.WAITING: frozenset({_W.OFFERED, _W.PLACED, _W.LEFT}),
        _W.OFFERED: frozenset({_W.WAITING, _W.PLACED, _W.LEFT}),
    },
)
SESSION_TRANSITIONS = Transitions(SessionStatus, {_S.PLANNED: frozenset({_S.HELD, _S.CANCELLED})})
ENROLMENT_TRANSITIONS = Transitions(
    EnrolmentStatus,
    {
        _E.WAITING: frozenset({_E.ENROLLED, _E.CANCELLED}),
        _E.ENROLLED: frozenset({_E.COMPLETED, _E.NOT_COMPLETED, _E.CANCELLED}),
        # A day's attendance put right afterwards changes what the whole came to.
        _E.COMPLETED: frozenset({_E.NOT_COMPLETED}),
        _E.NOT_COMPLETED: frozenset({_E.COMPLETED}),
    },
)
INTERPRETATION_TRANSITIONS = Transitions(
    InterpretationStatus,
    {
        _I.REQUESTED: frozenset({_I.CONFIRMED, _I.DECLINED, _I.CANCELLED}),
        _I.CONFIRMED: frozenset({_I.DONE, _I.DECLINED, _I.CANCELLED}),
    },
)

# What takes somebody's or something's time: the functions of the database say the same (migration 0002).
TAKES_THE_TIME = (_A.OFFERED, _A.BOOKED, _A.KEPT, _A.NO_SHOW)
SEATED = (_E.ENROLLED, _E.COMPLETED, _E.NOT_COMPLETED)
INTERPRETS = (_I.REQUESTED, _I.CONFIRMED, _I.DONE)
STILL_WAITING = (_W.WAITING, _W.OFFERED)
