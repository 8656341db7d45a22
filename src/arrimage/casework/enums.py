"""States of what casework keeps, and which may follow which."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class FileStatus(TextChoices):
    ACTIVE = "active", _("Actif")
    CLOSED = "closed", _("Fermé")
    TRANSFERRED = "transferred", _("Transféré")


FILE_TRANSITIONS = Transitions(
    FileStatus,
    {
        FileStatus.ACTIVE: frozenset({FileStatus.CLOSED, FileStatus.TRANSFERRED}),
        # A person who comes back finds the same file.
        FileStatus.CLOSED: frozenset({FileStatus.ACTIVE}),
        FileStatus.TRANSFERRED: frozenset({FileStatus.ACTIVE}),
    },
)


class LanguageGround(TextChoices):
    """Why another language may be written beside French after the first six months (Charter, C-11)."""

    HEALTH = "health", _("Santé")
    SAFETY = "safety", _("Sécurité publique")
    JUSTICE = "natural_justice", _("Justice naturelle")
    ELIGIBLE = "eligible", _("Personne admissible, selon son attestation")
    INDIGENOUS = "indigenous", _("Personne autochtone")


class MessageChannel(TextChoices):
    """How somebody is written to."""

    EMAIL = "email", _("Courriel")
    TEXT = "text", _("Message texte")


class MessageReason(TextChoices):
    """Why somebody is written to about an appointment."""

    REMINDER = "reminder", _("Rappel")
    MOVED = "moved", _("Rendez-vous déplacé")
    CANCELLED = "cancelled", _("Rendez-vous annulé")
    OFFER = "offer", _("Rendez-vous proposé")


class ClosingReason(TextChoices):
    """Why an accompaniment ends."""

    GOALS_REACHED = "goals_reached", _("Objectifs atteints")
    MOVED = "moved", _("Départ de la région")
    DECLINED = "person_declines", _("La personne ne souhaite plus être accompagnée")
    UNREACHABLE = "unreachable", _("Personne injoignable malgré plusieurs essais")
    NOT_ELIGIBLE = "not_eligible", _("Personne qui n’est plus admissible")
    DECEASED = "deceased", _("Décès")
    OTHER = "other", _("Autre motif, dit dans le bilan")


class NoteVisibility(TextChoices):
    """Who reads a note, beside its author; each is wider than the one before it, `SENSITIVE` apart."""

    TEAM = "team", _("Équipe du dossier")
    OFFICE = "office", _("Direction régionale")
    PARTNER = "partner", _("Partagée avec un organisme")
    PERSON = "person", _("Partagée avec la personne")
    SENSITIVE = "sensitive", _("Sensible")


READ_WITH_THE_FILE = frozenset({NoteVisibility.OFFICE, NoteVisibility.PARTNER, NoteVisibility.PERSON})


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


class Signing(TextChoices):
    """How a person agreed to their plan."""

    SIGNATURE = "signature", _("Signature à l’écran")
    PAPER = "paper", _("Signature sur papier")
    SPOKEN = "spoken", _("De vive voix")


class AmendmentKind(TextChoices):
    """What changed in a plan since it was agreed."""

    STEP_ADDED = "step_added", _("Démarche ajoutée")
    STEP_CHANGED = "step_changed", _("Démarche modifiée")
    STEP_DROPPED = "step_dropped", _("Démarche abandonnée")
    STEP_TAKEN_UP = "step_taken_up", _("Démarche reprise")
    GOAL_ADDED = "goal_added", _("Souhait ajouté")
    GOAL_REMOVED = "goal_removed", _("Souhait retiré")


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


class PlannedStatus(TextChoices):
    """What became of a contact that was planned."""

    PLANNED = "planned", _("Prévu")
    DONE = "done", _("Fait")
    CANCELLED = "cancelled", _("Annulé")


class MilestoneResult(TextChoices):
    """What came of the contact at 6, 12 or 24 months."""

    NOT_REACHED = "not_reached", _("Pas jointe")
    REACHED = "reached", _("Jointe")
    DECLINED = "declined", _("Jointe, ne souhaite pas répondre")


class Residence(TextChoices):
    """Where somebody lives now, from where the region that follows them stands."""

    SAME_REGION = "same_region", _("Dans la région")
    OTHER_REGION = "other_region", _("Dans une autre région du Québec")
    LEFT_QUEBEC = "left_quebec", _("À l’extérieur du Québec")
    UNKNOWN = "unknown", _("Ne sait pas ou ne dit pas")


class Employment(TextChoices):
    FULL_TIME = "full_time", _("En emploi à temps plein")
    PART_TIME = "part_time", _("En emploi à temps partiel")
    SELF_EMPLOYED = "self_employed", _("À son compte")
    STUDYING = "studying", _("Aux études ou en formation")
    LOOKING = "looking", _("À la recherche d’un emploi")
    OTHER = "other", _("Autre situation")


WORKING = frozenset({Employment.FULL_TIME, Employment.PART_TIME, Employment.SELF_EMPLOYED})


class CaseFactor(TextChoices):
    """What makes a file weigh, in an agent's load."""

    BASE = "base", _("Un dossier actif")
    FIRST_MONTHS = "first_months", _("Arrivée depuis trois mois ou moins")
    URGENT_NEED = "urgent_need", _("Besoin urgent à traiter")
    INTERPRETER = "interpreter", _("Langue que l’agente ou l’agent ne parle pas")
    HOUSEHOLD = "household", _("Ménage de quatre personnes ou plus")


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

_P = PlannedStatus
PLANNED_TRANSITIONS = Transitions(PlannedStatus, {_P.PLANNED: frozenset({_P.DONE, _P.CANCELLED})})
_M = MilestoneResult
MILESTONE_TRANSITIONS = Transitions(MilestoneResult, {_M.NOT_REACHED: frozenset({_M.REACHED, _M.DECLINED})})
