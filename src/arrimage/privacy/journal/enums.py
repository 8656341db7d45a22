"""What was read, of what kind, on what ground; and why the glass was broken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """What somebody did with a person's record."""

    OPENED = "opened", _("Ouvert")
    FOUND = "found", _("Ouvert depuis la recherche")
    ACTED = "acted", _("Formulaire envoyé")
    PRINTED = "printed", _("Affiché pour l’impression")
    EXPORTED = "exported", _("Exporté")
    ATTACHMENT = "attachment", _("Pièce jointe ouverte")
    REVEALED = "revealed", _("Numéro d’identification dévoilé")
    BREAK_GLASS = "break_glass", _("Accès exceptionnel")


class ObjectKind(TextChoices):
    """The page or the list that showed the record."""

    FILE = "file", _("Dossier")
    ASSESSMENT = "assessment", _("Évaluation des besoins")
    NEED = "need", _("Besoin")
    PLAN = "plan", _("Plan d’action")
    STEP = "step", _("Démarche")
    REFERRAL = "referral", _("Orientation")
    FOLLOW_UP = "follow_up", _("Suivi")
    NOTE = "note", _("Note au dossier")
    APPOINTMENT = "appointment", _("Rendez-vous")
    PARTY = "party", _("Groupe à l’accueil")
    DOCUMENT = "document", _("Document")
    PERSON = "person", _("Renseignements de la personne")
    HOUSEHOLD = "household", _("Ménage")
    READINGS = "readings", _("Journal des consultations")


class Basis(TextChoices):
    """On what ground somebody read a record."""

    MY_FILE = "my_file", _("Dossier attribué à la personne qui l’ouvre")
    MY_POINT = "my_point", _("Dossier de son point de services")
    MY_APPOINTMENT = "my_appointment", _("Rendez-vous avec la personne")
    REPLACEMENT = "replacement", _("Remplacement d’une personne absente")
    MY_REGION = "my_region", _("Dossier de sa région")
    TEAM_LEAD = "team_lead", _("Encadrement de l’équipe")
    RECEPTION = "reception", _("Accueil à l’arrivée")
    PARTNER = "partner", _("Orientation reçue par l’organisme")
    OWN_RECORD = "own_record", _("Son propre dossier")
    BREAK_GLASS = "break_glass", _("Accès exceptionnel")
    REQUEST = "request", _("Demande de la personne")
    PROTECTION = "protection", _("Protection des renseignements personnels")


class Motive(TextChoices):
    """Why somebody opens a file that is not theirs."""

    EMERGENCY = "emergency", _("Urgence")
    REPLACEMENT = "replacement", _("Remplacement d’une personne absente")
    AT_MY_DESK = "at_my_desk", _("La personne est à mon bureau")
    PRIVACY_OFFICER = "privacy_officer", _("Demande de la personne responsable de la protection des renseignements")
    OTHER = "other", _("Autre motif")


class Finding(TextChoices):
    """What the review of an exceptional access concluded."""

    JUSTIFIED = "justified", _("Justifié")
    NOT_JUSTIFIED = "not_justified", _("Non justifié")
