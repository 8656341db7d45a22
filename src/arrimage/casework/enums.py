"""States of what casework keeps, and which may follow which."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class FileStatus(TextChoices):
    ACTIVE = "active", _("Actif")
    CLOSED = "closed", _("Fermé")
    TRANSFERRED = "transferred", _("Transféré")


class AssessmentStatus(TextChoices):
    DRAFT = "draft", _("Brouillon")
    COMPLETED = "completed", _("Terminée")


class NeedStatus(TextChoices):
    OPEN = "open", _("À traiter")
    IN_PROGRESS = "in_progress", _("En cours")
    MET = "met", _("Comblé")
    NOT_MET = "not_met", _("Non comblé")
    WITHDRAWN = "withdrawn", _("Retiré")


class DocumentKind(TextChoices):
    """What a paper of a file is."""

    IDENTITY = "identity", _("Pièce d’identité")
    IMMIGRATION = "immigration", _("Document d’immigration")
    DIPLOMA = "diploma", _("Diplôme ou relevé de notes")
    WORK = "work", _("Travail : contrat, lettre, CV")
    HOUSING = "housing", _("Logement : bail, avis")
    HEALTH = "health", _("Santé")
    LETTER = "letter", _("Lettre ou formulaire")
    OTHER = "other", _("Autre document")


class Priority(IntegerChoices):
    URGENT = 1, _("Urgent")
    SOON = 2, _("Bientôt")
    LATER = 3, _("Plus tard")


class PlanStatus(TextChoices):
    DRAFT = "draft", _("Brouillon")
    AGREED = "agreed", _("Convenu")
    CLOSED = "closed", _("Fermé")


class StepStatus(TextChoices):
    TODO = "todo", _("À faire")
    IN_PROGRESS = "in_progress", _("En cours")
    DONE = "done", _("Faite")
    DROPPED = "dropped", _("Abandonnée")


class StepOwner(TextChoices):
    PERSON = "person", _("La personne")
    AGENT = "agent", _("L’agente ou l’agent")
    PARTNER = "partner", _("L’organisme partenaire")


class ReferralStatus(TextChoices):
    DRAFT = "draft", _("Brouillon")
    SENT = "sent", _("Envoyée")
    REMINDED = "reminded", _("Rappelée")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Refusée")
    EXPIRED = "expired", _("Expirée")
    CANCELLED = "cancelled", _("Annulée")
    SCHEDULED = "scheduled", _("Date fixée")
    ATTENDED = "attended", _("Personne présente")
    NO_SHOW = "no_show", _("Personne absente")
    STARTED = "started", _("Commencée")
    COMPLETED = "completed", _("Terminée")
    STOPPED = "stopped", _("Interrompue")


class Outcome(TextChoices):
    REACHED = "reached", _("Objectif atteint")
    PARTLY = "partly", _("Objectif atteint en partie")
    NOT_REACHED = "not_reached", _("Objectif non atteint")


class LinkStep(TextChoices):
    """What is done with the link by which an organisation answers without an account."""

    CODE_SENT = "code_sent", _("Code envoyé")
    CODE_WRONG = "code_wrong", _("Code refusé")
    OPENED = "opened", _("Code accepté")
    ANSWERED = "answered", _("Réponse donnée")


class Verdict(TextChoices):
    """What an organisation says of an answer that travelled with a referral."""

    CONFIRMED = "confirmed", _("C’est exact")
    AMENDED = "amended", _("À corriger")
    ASKED_AGAIN = "asked_again", _("Redemandé")
    ADDED = "added", _("Question posée en plus")


class Settlement(TextChoices):
    """What became of something proposed."""

    WAITING = "waiting", _("À décider")
    ACCEPTED = "accepted", _("Acceptée")
    IGNORED = "ignored", _("Écartée")


class Channel(TextChoices):
    IN_PERSON = "in_person", _("En personne")
    PHONE = "phone", _("Téléphone")
    VIDEO = "video", _("Visioconférence")
    MESSAGE = "message", _("Message")
    VISIT = "visit", _("Visite")


_R = ReferralStatus
REFERRAL_TRANSITIONS = Transitions(
    ReferralStatus,
    {
        _R.DRAFT: frozenset({_R.SENT, _R.CANCELLED}),
        _R.SENT: frozenset({_R.REMINDED, _R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.CANCELLED}),
        _R.REMINDED: frozenset({_R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.CANCELLED}),
        # A service without appointments starts right after its yes.
        _R.ACCEPTED: frozenset({_R.SCHEDULED, _R.STARTED, _R.STOPPED, _R.CANCELLED}),
        _R.SCHEDULED: frozenset({_R.ATTENDED, _R.NO_SHOW, _R.STOPPED, _R.CANCELLED}),
        _R.NO_SHOW: frozenset({_R.SCHEDULED, _R.STOPPED, _R.CANCELLED}),
        _R.ATTENDED: frozenset({_R.STARTED, _R.COMPLETED, _R.STOPPED}),
        _R.STARTED: frozenset({_R.COMPLETED, _R.STOPPED}),
    },
)
AWAITING_ANSWER = frozenset({_R.SENT, _R.REMINDED})
WITH_PARTNER = AWAITING_ANSWER | {_R.ACCEPTED, _R.SCHEDULED, _R.ATTENDED, _R.NO_SHOW, _R.STARTED}
# With a partner who has not met the person yet: what a consent taken back cancels.
NOT_MET_YET = AWAITING_ANSWER | {_R.ACCEPTED, _R.SCHEDULED, _R.NO_SHOW}
TO_SCHEDULE = frozenset({_R.ACCEPTED, _R.NO_SHOW})  # a date may be fixed
AFTER_ACCEPTANCE = frozenset({_R.ACCEPTED, _R.SCHEDULED, _R.ATTENDED, _R.NO_SHOW, _R.STARTED})

_T = StepStatus
STEP_TRANSITIONS = Transitions(
    StepStatus,
    {
        _T.TODO: frozenset({_T.IN_PROGRESS, _T.DONE, _T.DROPPED}),
        _T.IN_PROGRESS: frozenset({_T.TODO, _T.DONE, _T.DROPPED}),
        # A step closed by mistake is taken up again.
        _T.DONE: frozenset({_T.TODO, _T.IN_PROGRESS}),
        _T.DROPPED: frozenset({_T.TODO}),
    },
)
OPEN_STEPS = frozenset({_T.TODO, _T.IN_PROGRESS})
