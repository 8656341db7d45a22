"""What the registers and the requests are made of, and which state may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class Register(TextChoices):
    """Which register a number belongs to; the value leads the number."""

    INCIDENT = "INC", _("Registre des incidents de confidentialité")
    COMMUNICATION = "COM", _("Registre des communications sans consentement")
    REQUEST = "DEM", _("Demandes des personnes")


class InformationKind(TextChoices):
    IDENTITY = "identity", _("Identité (nom, date de naissance…)")
    CONTACT = "contact", _("Coordonnées")
    OFFICIAL_NUMBERS = "official_numbers", _("Numéros officiels et pièces d’identité")
    IMMIGRATION = "immigration", _("Statut et parcours d’immigration")
    FAMILY = "family", _("Famille et ménage")
    HEALTH = "health", _("Santé")
    FINANCES = "finances", _("Finances")
    EMPLOYMENT = "employment", _("Emploi et formation")
    NEEDS = "needs", _("Besoins, plan d’action et services reçus")
    ACCOUNT = "account", _("Compte et mot de passe")
    OTHER = "other", _("Autre")


# --- Incidents ------------------------------------------------------------------------------------------------------
class IncidentKind(TextChoices):
    """A-2.1, s. 63.9."""

    ACCESS = "access", _("Consultation non autorisée")
    USE = "use", _("Utilisation non autorisée")
    COMMUNICATION = "communication", _("Communication non autorisée")
    LOSS = "loss", _("Perte ou vol")
    OTHER = "other", _("Autre atteinte à la protection")


class IncidentStatus(TextChoices):
    OPEN = "open", _("À évaluer")
    ASSESSED = "assessed", _("Évalué")
    NOTIFIED = "notified", _("Avis donnés")
    CLOSED = "closed", _("Fermé")


class NoticeTo(TextChoices):
    COMMISSION = "commission", _("Commission d’accès à l’information")
    PERSONS = "persons", _("Personnes concernées")
    OTHER = "other", _("Personne ou organisme qui peut réduire le risque")


class NoticeWay(TextChoices):
    FORM = "form", _("Formulaire de la Commission")
    MAIL = "mail", _("Lettre")
    EMAIL = "email", _("Courriel")
    PHONE = "phone", _("Téléphone")
    IN_PERSON = "in_person", _("En personne")
    PUBLIC = "public", _("Avis public")


_I = IncidentStatus
INCIDENT_TRANSITIONS = Transitions(
    IncidentStatus,
    {
        _I.OPEN: frozenset({_I.ASSESSED}),
        _I.ASSESSED: frozenset({_I.NOTIFIED, _I.CLOSED}),
        # New facts: an incident is assessed again, whatever was done.
        _I.NOTIFIED: frozenset({_I.CLOSED, _I.ASSESSED}),
        _I.CLOSED: frozenset({_I.ASSESSED}),
    },
)


# --- Communications without consent ---------------------------------------------------------------------------------
class Ground(TextChoices):
    """The provision of A-2.1 under which information left without consent, in plain words.

    The register of s. 67.3 holds ss. 66 to 68; ss. 60 and 60.1 ask the same of s. 59 (1) to (4) and of s. 59.1, and
    s. 63.8 of what is told to reduce the risk of an incident. The section is in the value: `s59_1` is s. 59.1.
    """

    S59_PROSECUTION = "s59p1", _("a. 59, 1° : poursuivre une infraction à une loi applicable au Québec")
    S59_COUNSEL = "s59p2", _("a. 59, 2° : au procureur de l’organisme, pour une procédure judiciaire")
    S59_POLICE = "s59p3", _("a. 59, 3° : à un organisme qui prévient, détecte ou réprime le crime")
    S59_EMERGENCY = "s59p4", _("a. 59, 4° : urgence qui met en danger la vie, la santé ou la sécurité")
    S59_1 = "s59_1", _("a. 59.1 : prévenir un acte de violence, dont un suicide")
    S63_8 = "s63_8", _("a. 63.8 : à qui peut réduire le risque causé par un incident")
    S66 = "s66", _("a. 66 : identifier une personne pour recueillir des renseignements déjà colligés ailleurs")
    S67 = "s67", _("a. 67 : nécessaire à l’application d’une loi au Québec")
    S67_1 = "s67_1", _("a. 67.1 : nécessaire à l’application de conditions de travail")
    S67_2 = "s67_2", _("a. 67.2 : nécessaire à un mandat ou à un contrat de service")
    S67_2_1 = "s67_2_1", _("a. 67.2.1 : étude, recherche ou production de statistiques")
    S68_PUBLIC_BODY = "s68p1", _("a. 68, 1° : nécessaire aux fonctions d’un autre organisme public")
    S68_BENEFIT = "s68p1_1", _("a. 68, 1.1° : manifestement au bénéfice de la personne")
    S68_EXCEPTIONAL = "s68p2", _("a. 68, 2° : circonstances exceptionnelles")
    S68_SERVICE = "s68p3", _("a. 68, 3° : nécessaire à un service rendu à la personne par un organisme public")


# What s. 67.2, 67.2.1 and 68 make only in writing.
UNDER_WRITTEN_AGREEMENT = frozenset(
    {
        Ground.S67_2,
        Ground.S67_2_1,
        Ground.S68_PUBLIC_BODY,
        Ground.S68_BENEFIT,
        Ground.S68_EXCEPTIONAL,
        Ground.S68_SERVICE,
    }
)


# --- Requests -------------------------------------------------------------------------------------------------------
class RequestKind(TextChoices):
    ACCESS = "access", _("Accès")
    RECTIFICATION = "rectification", _("Rectification")
    PORTABILITY = "portability", _("Portabilité")


class ReceivedBy(TextChoices):
    PORTAL = "portal", _("Espace de la personne")
    IN_PERSON = "in_person", _("En personne")
    MAIL = "mail", _("Lettre")
    EMAIL = "email", _("Courriel")


class IdentityProof(TextChoices):
    ACCOUNT = "account", _("Session ouverte dans son espace")
    DOCUMENT = "document", _("Pièce d’identité avec photo")
    QUESTIONS = "questions", _("Questions dont seule la personne connaît la réponse")
    REPRESENTATIVE = "representative", _("Qualité de représentant établie")


class RequestStatus(TextChoices):
    RECEIVED = "received", _("Reçue")
    VERIFIED = "verified", _("Identité vérifiée")
    IN_PROGRESS = "in_progress", _("En traitement")
    GRANTED = "granted", _("Acceptée")
    PARTLY_GRANTED = "partly_granted", _("Acceptée en partie")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")


class RefusalGround(TextChoices):
    """Why a request is refused, wholly or in part: the provision, in words the person understands (s. 100)."""

    NOT_HELD = "not_held", _("a. 83 : nous ne détenons pas ces renseignements")
    OTHER_PERSON = "other_person", _("a. 88 : ils révèlent des renseignements sur une autre personne")
    PROTECTED = "protected", _("a. 87 : la loi en protège la divulgation (avis juridique, enquête…)")
    INFERRED = "inferred", _("a. 84 : ils n’ont pas été recueillis auprès de vous ; la portabilité ne les vise pas")
    IDENTITY = "identity", _("a. 94 : votre identité ou votre qualité de représentant n’a pas été établie")
    EXACT = "exact", _("a. 89 : le renseignement est exact, complet et sans équivoque")
    OTHER = "other", _("Autre disposition, précisée ci-dessous")


class RecordKind(TextChoices):
    """Which record a rectification changed."""

    PERSON = "person", _("Identité et coordonnées")
    STATUS = "status", _("Statut d’immigration")
    HOUSEHOLD = "household", _("Ménage")
    FILE = "file", _("Dossier d’accompagnement")
    OTHER = "other", _("Autre")


_R = RequestStatus
ANSWERS = (_R.GRANTED, _R.PARTLY_GRANTED, _R.REFUSED)
REQUEST_TRANSITIONS = Transitions(
    RequestStatus,
    {
        # Without proof of identity, a request is refused and no more (s. 94).
        _R.RECEIVED: frozenset({_R.VERIFIED, _R.REFUSED, _R.WITHDRAWN}),
        _R.VERIFIED: frozenset({_R.IN_PROGRESS, _R.WITHDRAWN}),
        _R.IN_PROGRESS: frozenset({*ANSWERS, _R.WITHDRAWN}),
    },
)
LIVE_REQUESTS = frozenset({_R.RECEIVED, _R.VERIFIED, _R.IN_PROGRESS})
